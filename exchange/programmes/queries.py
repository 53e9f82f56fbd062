"""Look-ups of terms, programmes, courses and classes."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from exchange.core.database import db, today
from exchange.programmes.models import Course, Programme, SchoolClass, Term


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


def find_programme(major: str, intake_year: int) -> Programme | None:
    """The programme of study of a major for an intake."""
    found = select(Programme).where(Programme.major == major, Programme.intake_year == intake_year)
    return db.session.scalar(found)


def find_course(programme: Programme, code: str) -> Course | None:
    """The course with this code within the programme."""
    return db.session.scalar(select(Course).where(Course.programme_id == programme.id, Course.code == code))


def courses_of(programme_id: int) -> list[Course]:
    """The courses of a programme in the order in which they are taught."""
    courses = select(Course).where(Course.programme_id == programme_id).order_by(Course.term_of_study, Course.code)
    return list(db.session.scalars(courses))


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


def next_class_number(intake_year: int) -> int:
    """The first number after the highest one in use in this intake."""
    highest = select(func.max(SchoolClass.number)).where(SchoolClass.intake_year == intake_year)
    return (db.session.scalar(highest) or 0) + 1
