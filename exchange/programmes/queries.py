"""Look-ups of terms, programmes, versions, courses, classes and their homeroom teachers."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from exchange.accounts.models import User
from exchange.core.database import columns_referring_to, db, today
from exchange.programmes.models import (
    Course,
    CourseValues,
    HomeroomPeriod,
    PlannedCourse,
    Programme,
    ProgrammeVersion,
    SchoolClass,
    Term,
    VersionStatus,
)

COURSE_VALUES = tuple(CourseValues.__annotations__)
"""The names of what a version says of a course."""


def terms() -> list[Term]:
    """All terms, the newest first."""
    return list(db.session.scalars(select(Term).order_by(Term.school_year.desc(), Term.number.desc())))


def find_term(school_year: int, number: int) -> Term | None:
    """The first or second term of a school year."""
    return db.session.scalar(select(Term).where(Term.school_year == school_year, Term.number == number))


def current_term(on: date | None = None) -> Term | None:
    """The term of the day; between two terms the one that ended last."""
    begun = select(Term).where(Term.starts_on <= (on or today())).order_by(Term.starts_on.desc())
    return db.session.scalars(begun.limit(1)).first()


def terms_of(school_year: int, *, by: date) -> list[Term]:
    """The terms of a school year that had begun by the day, the first first."""
    begun = select(Term).where(Term.school_year == school_year, Term.starts_on <= by)
    return list(db.session.scalars(begun.order_by(Term.number)))


def find_programme(major: str, intake_year: int) -> Programme | None:
    """The programme of study of a major for an intake."""
    found = select(Programme).where(Programme.major == major, Programme.intake_year == intake_year)
    return db.session.scalar(found)


def programmes(*, q: str = "", intake_year: int | None = None) -> Select[Programme]:
    """Programmes whose name or code of the major contains the text, of one intake or all, the youngest first."""
    found = select(Programme).order_by(Programme.intake_year.desc(), Programme.major, Programme.id)
    if wanted := q.strip():
        by_name = Programme.name.icontains(wanted, autoescape=True)
        found = found.where(or_(by_name, Programme.major.startswith(wanted, autoescape=True)))
    return found.where(Programme.intake_year == intake_year) if intake_year else found


def programme_ids_of(intake_year: int) -> list[int]:
    """The programmes of one intake."""
    return list(db.session.scalars(select(Programme.id).where(Programme.intake_year == intake_year)))


def numbers_of_classes(programme_ids: Collection[int]) -> dict[int, int]:
    """Programme → how many classes follow it."""
    return _numbers_by(SchoolClass.programme_id, programme_ids)


def intake_years() -> list[int]:
    """The years of intake for which there are programmes, the youngest first."""
    return list(db.session.scalars(select(Programme.intake_year).distinct().order_by(Programme.intake_year.desc())))


def courses_of(programme_id: int) -> list[Course]:
    """The courses of a programme that are taught, in their order: those of the version in force."""
    courses = select(Course).where(Course.programme_id == programme_id, Course.removed_in.is_(None))
    return list(db.session.scalars(courses.order_by(Course.term_of_study, Course.code)))


def courses_by_code(programme_id: int) -> dict[str, Course]:
    """Every course that the programme has or had, by its code."""
    courses = select(Course).where(Course.programme_id == programme_id)
    return {course.code: course for course in db.session.scalars(courses)}


def courses_in_use(course_ids: Collection[int]) -> set[int]:
    """Those of the courses at which records of other features point: mark sheets, attempts."""
    columns = columns_referring_to(Course)
    pointing = (select(column).where(column.in_(course_ids)).distinct() for column in columns)
    return {course for found in pointing for course in db.session.scalars(found)}


def versions_of(programme_id: int) -> list[ProgrammeVersion]:
    """The versions of a programme, the newest first."""
    versions = select(ProgrammeVersion).where(ProgrammeVersion.programme_id == programme_id)
    return list(db.session.scalars(versions.order_by(ProgrammeVersion.number.desc())))


def version_in_force(programme_id: int) -> ProgrammeVersion | None:
    """The version by which the programme is taught; none before the first one is approved."""
    versions = select(ProgrammeVersion).where(ProgrammeVersion.programme_id == programme_id)
    return db.session.scalar(versions.where(ProgrammeVersion.status == VersionStatus.IN_FORCE))


def shown_versions(programme_ids: Collection[int]) -> dict[int, ProgrammeVersion]:
    """Programme → the version in force, or else its draft."""
    current = {VersionStatus.IN_FORCE, VersionStatus.DRAFT}
    versions = select(ProgrammeVersion).where(
        ProgrammeVersion.programme_id.in_(programme_ids), ProgrammeVersion.status.in_(current)
    )
    loaded = versions.options(joinedload(ProgrammeVersion.programme)).order_by(ProgrammeVersion.number.desc())
    return {version.programme_id: version for version in db.session.scalars(loaded)}  # the lower one, in force, wins


def planned_courses(version: ProgrammeVersion) -> list[PlannedCourse]:
    """The courses of a version in the order in which they are taught."""
    return courses_by_version([version.id])[version.id]


def courses_by_version(version_ids: Collection[int]) -> dict[int, list[PlannedCourse]]:
    """Version → its courses in the order in which they are taught."""
    found: dict[int, list[PlannedCourse]] = {version_id: [] for version_id in version_ids}
    planned = select(PlannedCourse).where(PlannedCourse.version_id.in_(version_ids))
    for each in db.session.scalars(planned.order_by(PlannedCourse.term_of_study, PlannedCourse.code)):
        found[each.version_id].append(each)
    return found


def find_planned(version: ProgrammeVersion, code: str) -> PlannedCourse | None:
    """The course with this code in the version."""
    planned = select(PlannedCourse).where(PlannedCourse.version_id == version.id, PlannedCourse.code == code)
    return db.session.scalar(planned)


def find_class(name: str) -> SchoolClass | None:
    """The class with exactly this name, which is its code."""
    return db.session.scalar(select(SchoolClass).where(SchoolClass.name == name))


def classes_named(names: Collection[str]) -> list[SchoolClass]:
    """The classes with exactly these names, with their programmes."""
    found = select(SchoolClass).options(joinedload(SchoolClass.programme)).where(SchoolClass.name.in_(names))
    return list(db.session.scalars(found.order_by(SchoolClass.id)))


def classes(text: str = "") -> Select[SchoolClass]:
    """Classes whose name contains the text, the youngest first; to be paged."""
    found = select(SchoolClass).order_by(SchoolClass.intake_year.desc(), SchoolClass.number, SchoolClass.id)
    return found.where(SchoolClass.name.icontains(text, autoescape=True)) if text else found


def listed_classes(
    *, q: str = "", intake_year: int | None = None, programme_id: int | None = None
) -> Select[SchoolClass]:
    """The classes to list, each with programme, project and homeroom teacher; to be paged."""
    found = with_surroundings(classes(q.strip()))
    if intake_year:
        found = found.where(SchoolClass.intake_year == intake_year)
    return found.where(SchoolClass.programme_id == programme_id) if programme_id else found


def with_surroundings(found: Select[SchoolClass]) -> Select[SchoolClass]:
    """With programme, project and homeroom teacher in the same statement."""
    return found.options(
        joinedload(SchoolClass.programme),
        joinedload(SchoolClass.project),
        joinedload(SchoolClass.homeroom_teacher).lazyload(User.assignments),
    )


def class_with_number(intake_year: int, number: int) -> SchoolClass | None:
    """The class of an intake that has this number."""
    found = select(SchoolClass).where(SchoolClass.intake_year == intake_year, SchoolClass.number == number)
    return db.session.scalars(found.limit(1)).first()


def is_in_use(school_class: SchoolClass) -> bool:
    """Whether a record of another feature points at it: a student, a mark sheet, an applicant, an order."""
    columns = [
        column for column in columns_referring_to(SchoolClass) if column.table.name != HomeroomPeriod.__tablename__
    ]
    pointing = or_(*(select(column).where(column == school_class.id).exists() for column in columns))
    return bool(db.session.scalar(select(pointing)))


def homerooms_of(school_class: SchoolClass) -> list[HomeroomPeriod]:
    """Who was, is and will be homeroom teacher, the first first; none where nobody ever told since when."""
    periods = select(HomeroomPeriod).where(HomeroomPeriod.school_class_id == school_class.id)
    teacher = joinedload(HomeroomPeriod.teacher).lazyload(User.assignments)
    return list(db.session.scalars(periods.options(teacher).order_by(HomeroomPeriod.begins_on)))


def homeroom_teachers_on(school_classes: Collection[SchoolClass], day: date) -> dict[int, User | None]:
    """Class → who was its homeroom teacher on the day; the one of today where nobody ever told since when."""
    ids = [school_class.id for school_class in school_classes]
    teacher = joinedload(HomeroomPeriod.teacher).lazyload(User.assignments)
    told = select(HomeroomPeriod).where(HomeroomPeriod.school_class_id.in_(ids)).options(teacher)
    periods = list(db.session.scalars(told))
    with_periods = {period.school_class_id for period in periods}
    present = {each.id: None if each.id in with_periods else each.homeroom_teacher for each in school_classes}
    return present | {period.school_class_id: period.teacher for period in periods if period.holds_on(day)}


def homeroom_teacher_on(school_class: SchoolClass, day: date) -> User | None:
    """Who is homeroom teacher on the day, of a class that has periods."""
    holding = select(User).join(HomeroomPeriod, HomeroomPeriod.teacher_id == User.id)
    held = holding.where(HomeroomPeriod.school_class_id == school_class.id, _holds(day))
    return db.session.scalars(held).unique().one_or_none()


def classes_overtaken(day: date) -> list[SchoolClass]:
    """Classes that do not yet name the homeroom teacher of the day, because the naming was dated ahead."""
    late = select(SchoolClass).join(HomeroomPeriod, HomeroomPeriod.school_class_id == SchoolClass.id)
    differs = HomeroomPeriod.teacher_id.is_distinct_from(SchoolClass.homeroom_teacher_id)
    return list(db.session.scalars(late.where(_holds(day), differs).order_by(SchoolClass.id)))


def next_class_number(intake_year: int) -> int:
    """The first number after the highest one in use in this intake."""
    highest = select(func.max(SchoolClass.number)).where(SchoolClass.intake_year == intake_year)
    return (db.session.scalar(highest) or 0) + 1


def _numbers_by(column: InstrumentedAttribute[int], ids: Collection[int]) -> dict[int, int]:
    counted = select(column, func.count()).where(column.in_(ids)).group_by(column)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def _holds(day: date) -> ColumnElement[bool]:
    until: InstrumentedAttribute[date | None] = HomeroomPeriod.until
    return and_(HomeroomPeriod.begins_on <= day, or_(until.is_(None), until > day))
