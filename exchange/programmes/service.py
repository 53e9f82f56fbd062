"""How terms, programmes of study, courses and classes come into being."""

from datetime import date
from decimal import Decimal

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.partners.models import CooperationProject
from exchange.programmes import queries
from exchange.programmes.events import ProgrammeEvent
from exchange.programmes.models import Course, CourseKind, Programme, SchoolClass, Term


class AlreadyThere(DomainError):
    """Another record carries the name or number."""


class OutOfRange(DomainError):
    """A number or date that cannot be meant."""


def create_term(*, school_year: int, number: int, starts_on: date, ends_on: date, by: User | None) -> Term:
    """Set up half a school year. Raises ``OutOfRange`` and ``AlreadyThere``."""
    if number not in (1, 2):
        raise OutOfRange(_("学期只有第一和第二学期。"))
    if ends_on <= starts_on:
        raise OutOfRange(_("学期的最后一天要在第一天之后。"))
    term = Term(school_year=school_year, number=number, starts_on=starts_on, ends_on=ends_on)
    if queries.find_term(school_year, number) is not None:
        raise AlreadyThere(_("%(term)s已经设立。", term=term.label))
    db.session.add(term)
    record(ProgrammeEvent.TERM_CREATED, term, by=by, school_year=school_year, number=number)
    return term


def create_programme(*, major: str, name: str, intake_year: int, length_years: int = 3, by: User | None) -> Programme:
    """The programme of study of a major for one intake. Raises ``AlreadyThere``."""
    if queries.find_programme(major, intake_year) is not None:
        raise AlreadyThere(_("%(year)s级已有专业代码 %(major)s 的专业。", year=intake_year, major=major))
    programme = Programme(major=major, name=name, intake_year=intake_year, length_years=length_years)
    db.session.add(programme)
    record(ProgrammeEvent.PROGRAMME_CREATED, programme, by=by, major=major, intake_year=intake_year)
    return programme


def create_course(
    *,
    programme: Programme,
    code: str,
    name: str,
    kind: CourseKind,
    hours: int,
    credits: Decimal | int,
    term_of_study: int,
    pass_score: int = 60,
    by: User | None,
) -> Course:
    """One course of a programme. Raises ``OutOfRange`` and ``AlreadyThere``."""
    if not 1 <= term_of_study <= 2 * programme.length_years:
        raise OutOfRange(_("开课学期要在 1 到 %(last)s 之间。", last=2 * programme.length_years))
    if hours <= 0 or credits < 0 or not 0 <= pass_score <= 100:
        raise OutOfRange(_("学时要大于 0，学分不能是负数，及格分要在 0 到 100 之间。"))
    if queries.find_course(programme, code) is not None:
        raise AlreadyThere(_("课程代码 %(code)s 在这个专业里已经用了。", code=code))
    course = Course(
        programme=programme,
        code=code,
        name=name,
        kind=kind,
        hours=hours,
        credits=Decimal(credits),
        term_of_study=term_of_study,
        pass_score=pass_score,
    )
    db.session.add(course)
    record(ProgrammeEvent.COURSE_CREATED, course, by=by, code=code, name=name)
    return course


def create_class(
    *,
    name: str,
    programme: Programme,
    number: int | None = None,
    project: CooperationProject | None = None,
    homeroom_teacher: User | None = None,
    by: User | None,
) -> SchoolClass:
    """A class of the programme's intake; without a number it takes the next one. Raises ``AlreadyThere``."""
    if queries.find_class(name) is not None:
        raise AlreadyThere(_("班级“%(name)s”已经有了。", name=name))
    school_class = SchoolClass(
        name=name,
        programme=programme,
        intake_year=programme.intake_year,
        number=number or queries.next_class_number(programme.intake_year),
        project=project,
        homeroom_teacher=homeroom_teacher,
    )
    db.session.add(school_class)
    record(ProgrammeEvent.CLASS_CREATED, school_class, by=by, name=name)
    return school_class
