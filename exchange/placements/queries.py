"""Reads of placements: the pipeline, what waits for whom, and what certificates ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import Select, UnaryExpression, func, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.core.database import db, today
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.partners.models import HostOrganisation, Post
from exchange.placements import policy
from exchange.placements.effective import occupies
from exchange.placements.models import RELATIONS, Placement, PlacementCheck, PlacementStatus
from exchange.programmes.models import SchoolClass
from exchange.students.models import Student

CANCELLED = PlacementStatus.TERMINATED
DECIDED = (PlacementStatus.PREPARING, PlacementStatus.ACTIVE, PlacementStatus.ENDED)
ASKED = (PlacementStatus.PREPARING, PlacementStatus.ACTIVE)  # whom the nightly re-check asks
SHOWN_GROUPS = 5
LONGEST_MENU = 60


class WaitingRow(NamedTuple):
    """One piece of work on somebody's home page."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class InternshipResult:
    """What a paper may say of a finished internship."""

    placement_id: int
    student_id: int
    host_name: str
    post_name: str
    starts_on: date
    ends_on: date
    mentor_name: str

    @property
    def days(self) -> int:
        """Calendar days, first and last included."""
        return (self.ends_on - self.starts_on).days + 1


def with_people() -> tuple[ORMOption, ...]:
    """Load student, class, programme, post and host along: a page asks for all of them."""
    return (
        joinedload(Placement.student).joinedload(Student.school_class).joinedload(SchoolClass.programme),
        joinedload(Placement.post).joinedload(Post.host_organisation),
    )


def with_records() -> tuple[ORMOption, ...]:
    """Load all records along, those of the hosts too, one statement per kind however many placements there are."""
    return (
        *(selectinload(getattr(Placement, relation)) for relation in RELATIONS.values()),
        joinedload(Placement.post).joinedload(Post.host_organisation).selectinload(HostOrganisation.records),
    )


def pipeline(
    scope: Select[Placement],
    *,
    q: str = "",
    status: str = "",
    school_class_id: int | None = None,
    host_id: int | None = None,
    only_new: bool = False,
    sort: str = "",
) -> Select[Placement]:
    """The placements of the scope, filtered; the next first day comes first. ``only_new``: with a new problem."""
    rows = scope.join(Placement.student).join(Placement.post)
    if wanted := q.strip():
        rows = rows.where(
            or_(
                Student.name.icontains(wanted, autoescape=True),
                Student.pinyin.istartswith(wanted, autoescape=True),
                Student.initials.istartswith(wanted, autoescape=True),
                Student.student_no.istartswith(wanted, autoescape=True),
            )
        )
    if status in set(PlacementStatus):
        rows = rows.where(Placement.status == PlacementStatus(status))
    if school_class_id:
        rows = rows.where(Student.school_class_id == school_class_id)
    if only_new:
        rows = rows.where(Placement.check.has(PlacementCheck.has_new), Placement.status.in_(ASKED))
    if host_id:
        rows = rows.where(Post.host_organisation_id == host_id)
    orders: dict[str, UnaryExpression[Any]] = {
        "name": Student.pinyin.asc(),
        "-name": Student.pinyin.desc(),
        "starts_on": Placement.starts_on.asc(),
        "-starts_on": Placement.starts_on.desc(),
    }
    rows = rows.order_by(orders.get(sort, Placement.starts_on.desc()), Placement.id)
    return rows.options(*with_people(), *with_records(), joinedload(Placement.check))


def placements_of(student: Student) -> list[Placement]:
    """All placements of one student, the newest first."""
    rows = select(Placement).where(Placement.student_id == student.id).options(*with_people(), *with_records())
    return list(db.session.scalars(rows.order_by(Placement.starts_on.desc(), Placement.id.desc())))


def own_placement(user: User) -> Placement | None:
    """What the page of a student or a guardian shows: the running placement, else the next one, else the last."""
    own = policy.own(user).where(Placement.status.in_(DECIDED))
    people = (*with_people(), joinedload(Placement.instructor))
    rows = own.options(*people, *with_records()).order_by(Placement.starts_on)
    placements = list(db.session.scalars(rows).unique())
    for status in DECIDED[1], DECIDED[0]:
        for placement in placements:
            if placement.status is status:
                return placement
    return placements[-1] if placements else None


def statuses_of(student_ids: Sequence[int]) -> dict[int, PlacementStatus]:
    """Where the latest placement of each of these students stands; who has none but cancelled ones is left out."""
    latest = (
        select(Placement.student_id, Placement.status)
        .where(Placement.student_id.in_(student_ids), Placement.status != CANCELLED)
        .order_by(Placement.starts_on, Placement.id)
    )
    return dict(db.session.execute(latest).all())


def has_overlap(student_id: int, starts_on: date, ends_on: date, *, beside: int | None = None) -> bool:
    """Whether the student has another placement in these days."""
    overlapping = select(Placement.id).where(
        Placement.student_id == student_id,
        occupies(starts_on, ends_on),
        Placement.id != (beside or 0),
    )
    return bool(db.session.scalar(select(overlapping.exists())))


def companions(placement: Placement) -> list[Placement]:
    """Who goes to the same post on the same days: what is recorded for one often holds for all."""
    rows = select(Placement).where(
        Placement.post_id == placement.post_id,
        Placement.starts_on == placement.starts_on,
        Placement.ends_on == placement.ends_on,
        Placement.status == placement.status,
        Placement.id != placement.id,
    )
    return list(db.session.scalars(rows.options(joinedload(Placement.student)).order_by(Placement.id).limit(60)))


def hosts_in_use() -> list[tuple[int, str]]:
    """Host organisations with placements, for the filter."""
    used = select(Post.host_organisation_id).join(Placement, Placement.post_id == Post.id)
    rows = select(HostOrganisation.id, HostOrganisation.name).where(HostOrganisation.id.in_(used))
    return [
        (host_id, name)
        for host_id, name in db.session.execute(rows.order_by(HostOrganisation.name).limit(LONGEST_MENU)).all()
    ]


def classes(*, q: str = "") -> list[tuple[int, str]]:
    """Classes by name, the newest intake first; a menu never holds every class of a big school."""
    rows = select(SchoolClass.id, SchoolClass.name).where(SchoolClass.name.icontains(q.strip(), autoescape=True))
    return _menu(rows)


def classes_in_use() -> list[tuple[int, str]]:
    """Classes with placements, for the filter."""
    used = select(Student.school_class_id).join(Placement, Placement.student_id == Student.id)
    return _menu(select(SchoolClass.id, SchoolClass.name).where(SchoolClass.id.in_(used)))


def _menu(classes: Select[int, str]) -> list[tuple[int, str]]:
    newest = classes.order_by(SchoolClass.intake_year.desc(), SchoolClass.number, SchoolClass.id).limit(LONGEST_MENU)
    return [(class_id, name) for class_id, name in db.session.execute(newest).all()]


def internships_ended(student: Student) -> list[InternshipResult]:
    """Every internship of the student that has ended, the earliest first."""
    rows = (
        select(Placement)
        .where(Placement.student_id == student.id, Placement.status == PlacementStatus.ENDED)
        .options(joinedload(Placement.post).joinedload(Post.host_organisation))
        .order_by(Placement.starts_on, Placement.id)
    )
    return [_result(placement) for placement in db.session.scalars(rows)]


def internship_results(student_ids: list[int]) -> dict[int, InternshipResult]:
    """Per student the last internship that has ended; who has none is not in it."""
    rows = (
        select(Placement)
        .where(Placement.student_id.in_(student_ids), Placement.status == PlacementStatus.ENDED)
        .options(joinedload(Placement.post).joinedload(Post.host_organisation))
        .order_by(Placement.ends_on, Placement.id)
    )
    return {placement.student_id: _result(placement) for placement in db.session.scalars(rows)}


def internship_result(student: Student) -> InternshipResult | None:
    """The student's last internship that has ended."""
    return internship_results([student.id]).get(student.id)


def waiting_for(user: User) -> list[WaitingRow]:
    """What placements ask of this person today."""
    statuses = []
    if user.may(Permission.PLACEMENT_APPROVE):
        statuses.append(PlacementStatus.DRAFT)
    if user.may(Permission.PLACEMENT_PLAN) or user.has(Role.HOMEROOM_TEACHER):
        statuses.append(PlacementStatus.PREPARING)
    if user.may(Permission.PLACEMENT_PLAN):
        return _waiting_groups(user, [*statuses, PlacementStatus.ACTIVE]) + _new_problems(user)
    return _waiting_groups(user, statuses)


def _new_problems(user: User) -> list[WaitingRow]:
    """One row for everything that the re-check has found broken."""
    with_new = policy.visible_to(user).where(Placement.check.has(PlacementCheck.has_new), Placement.status.in_(ASKED))
    count = db.session.scalar(select(func.count()).select_from(with_new.subquery()))
    if not count:
        return []
    title = _("%(count)s 项实习有新问题", count=count)
    return [WaitingRow(title, str(_("原来符合、现在不符合规定")), url_for("placements.index", new=1))]


def _waiting_groups(user: User, statuses: Sequence[PlacementStatus]) -> list[WaitingRow]:
    """One row for the students who go to the same host on the same day, status by status, in one statement."""
    if not statuses:
        return []
    groups = union_all(*(select(_groups(user, status).subquery()) for status in statuses))
    found = db.session.execute(groups).all()
    found = sorted(found, key=lambda group: (statuses.index(group.status), group.starts_on, group.id))
    return [_waiting_row(*group) for group in found]


def _groups(user: User, status: PlacementStatus) -> Select[PlacementStatus, int, str, date, int]:
    """The first of them in this status; running ones wait for somebody only once their time is over."""
    columns = Placement.status, HostOrganisation.id, HostOrganisation.name, Placement.starts_on
    scope = policy.visible_to(user).join(Placement.post).join(Post.host_organisation).where(Placement.status == status)
    if status is PlacementStatus.ACTIVE:
        scope = scope.where(Placement.ends_on < today())
    groups = scope.with_only_columns(*columns, func.count().label("count")).group_by(*columns)
    return groups.order_by(Placement.starts_on, HostOrganisation.id).limit(SHOWN_GROUPS)


def _waiting_row(status: PlacementStatus, host_id: int, host: str, starts_on: date, count: int) -> WaitingRow:
    words = {
        PlacementStatus.DRAFT: _("批准 %(count)s 名学生到%(host)s实习", count=count, host=host),
        PlacementStatus.PREPARING: _("办齐 %(count)s 名学生到%(host)s实习的手续", count=count, host=host),
        PlacementStatus.ACTIVE: _("%(count)s 名学生在%(host)s的实习已到期，办理结束", count=count, host=host),
    }
    detail = _("%(day)s开始", day=format_short_date(starts_on))
    return WaitingRow(words[status], detail, url_for("placements.index", status=status.value, host=host_id))


def _result(placement: Placement) -> InternshipResult:
    return InternshipResult(
        placement_id=placement.id,
        student_id=placement.student_id,
        host_name=placement.host.name,
        post_name=placement.post.name,
        starts_on=placement.starts_on,
        ends_on=placement.last_day,
        mentor_name=placement.mentor_name,
    )
