"""What enrolment asks of a person today."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import ColumnElement, case, func, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission as May
from exchange.core.counting import in_figures, naming_few, up_to_most
from exchange.core.database import db, today
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.enrolment import policy
from exchange.enrolment.limits import term_registration_ends
from exchange.enrolment.models import Applicant, ApplicantStatus, ArrivalGroup
from exchange.enrolment.queries.arrivals import is_late
from exchange.enrolment.queries.terms import unregistered
from exchange.programmes.queries import current_term
from exchange.students import policy as student_policy
from exchange.students.models import Student


class WaitingRow(NamedTuple):
    """One piece of work on somebody's home page."""

    title: str
    detail: str
    url: str


def waiting_for(user: User) -> list[WaitingRow]:
    """What waits for the registrar, the principal and the homeroom teacher; late arrivals come first."""
    rows: list[WaitingRow] = []
    if user.may(May.ENROLMENT_ADMIT) or user.may(May.ENROLMENT_RECEIVE):
        rows += _applicants(user, today())
    if user.may(May.ENROLMENT_TERM):
        rows += _term(user)
    return rows


def _applicants(user: User, day: date) -> Iterator[WaitingRow]:
    numbers = _numbers(user, day)
    receives, arrivals = user.may(May.ENROLMENT_RECEIVE), url_for("enrolment.arrivals")
    if receives and (count := numbers["late"]):
        detail = naming_few(numbers["first_late"], count, _("打电话问清楚"))
        yield WaitingRow(_("%(count)s 名新生过了日子还没有到", count=count), detail, arrivals)
    if receives and (count := numbers["expected"]):
        here = _("已到 %(count)s 人", count=numbers["here"])
        yield WaitingRow(_("今天有 %(count)s 名新生到校", count=count), here, arrivals)
    if receives and (count := numbers["silent"]):
        url = url_for("enrolment.arrivals", day=numbers["silent_since"])
        detail = naming_few(numbers["first_silent"], count, _("人已经到了"))
        yield WaitingRow(_("给 %(count)s 名新生的家长报平安", count=count), detail, url)
    if user.may(May.ENROLMENT_ADMIT) and (count := numbers["undecided"]):
        yield WaitingRow(_("决定 %(count)s 名报名者是否录取", count=count), _("按各县名额"), url_for("enrolment.index"))
    if user.may(May.ENROLMENT_MANAGE) and (count := numbers["unregistered"]):
        url = url_for("enrolment.registration")
        yield WaitingRow(_("给 %(count)s 名已报到的新生注册", count=count), _("查验证件"), url)


def _numbers(user: User, day: date) -> dict[str, Any]:
    """All numbers in one statement, with one of the people, and the day of the board of the longest silence."""
    is_here = Applicant.arrived_at.is_not(None)
    is_silent = is_here & Applicant.parents_told_at.is_(None)
    is_today = ArrivalGroup.arrives_on == day
    counted = {
        "undecided": Applicant.status == ApplicantStatus.APPLIED,
        "late": is_late(day),
        "expected": is_today & Applicant.status.in_((ApplicantStatus.ADMITTED, ApplicantStatus.ARRIVED)),
        "here": is_today & (Applicant.status == ApplicantStatus.ARRIVED),
        "silent": is_silent,
        "unregistered": Applicant.status == ApplicantStatus.ARRIVED,
    }
    sums = [func.coalesce(func.sum(_one_if(condition)), 0) for condition in counted.values()]
    others = {
        "silent_since": func.min(case((is_silent, ArrivalGroup.arrives_on))),
        "first_late": func.min(case((counted["late"], Applicant.name))),
        "first_silent": func.min(case((is_silent, Applicant.name))),
    }
    rows = policy.visible_to(user).outerjoin(Applicant.arrival_group)
    found = db.session.execute(rows.with_only_columns(*sums, *others.values())).one()
    return dict(zip([*counted, *others], found, strict=True))


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _term(user: User) -> Iterator[WaitingRow]:
    term = current_term()
    if term is None or term.ends_on < today():
        return
    waiting = unregistered(student_policy.in_charge_of(user), term)
    one = waiting.with_only_columns(Student.name).order_by(Student.id).limit(1).scalar_subquery()
    count, first = db.session.execute(select(up_to_most(waiting), one)).one()
    if count:
        last = term_registration_ends(term.starts_on)
        words = _("%(day)s前办完", day=format_short_date(last)) if last >= today() else _("第一个月已经过了")
        title = _("%(count)s 名学生这学期还没有注册", count=in_figures(count))
        yield WaitingRow(title, naming_few(first, count, words), url_for("enrolment.terms"))
