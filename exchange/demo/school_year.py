"""The story of one school year, in order: project, classes, students, marks, placements, papers.

Told through the services with fixed dates, so the records can never be in an impossible state and their trail is real.
"""

from dataclasses import dataclass
from datetime import date

from exchange.accounts.models import User
from exchange.core.database import db, today
from exchange.demo import (
    aid,
    attendance,
    conduct,
    coursework,
    enrolment,
    families,
    orders,
    papers,
    placements,
    registry,
    roster,
    selection,
    studies,
    welfare,
)
from exchange.partners import service as partners
from exchange.partners.models import CooperationProject, ProjectMode
from exchange.programmes import queries as programmes_queries
from exchange.programmes import service as programmes
from exchange.programmes.models import Programme, SchoolClass, Term

MAJOR = ("740104", "高星级饭店运营与管理")
OLDER, YOUNGER, ARRIVING = "2024级云南班", "2025级云南班", "2026级云南班"
OLDER_SIZE, YOUNGER_SIZE = 35, 41
STUDENTS = OLDER_SIZE + YOUNGER_SIZE
TERMS = (
    (2024, 1, date(2024, 9, 1), date(2025, 1, 17)),
    (2024, 2, date(2025, 2, 17), date(2025, 7, 4)),
    (2025, 1, date(2025, 9, 1), date(2026, 1, 23)),
    (2025, 2, date(2026, 3, 2), date(2026, 7, 10)),
    (2026, 1, date(2026, 9, 1), date(2027, 1, 22)),
    (2026, 2, date(2027, 2, 22), date(2027, 7, 9)),
)


@dataclass(frozen=True)
class School:
    """What the chapters of the story share."""

    people: dict[str, User]
    terms: dict[tuple[int, int], Term]
    programmes: dict[int, Programme]
    classes: dict[str, SchoolClass]
    project: CooperationProject
    seed: int


def is_told() -> bool:
    """Whether the story stands in this database already."""
    return arriving_class() is not None


def arriving_class() -> SchoolClass | None:
    """The empty class, ready for the roster."""
    return programmes_queries.find_class(ARRIVING)


def tell(people: dict[str, User], *, students: int, seed: int) -> None:
    """Tell the whole story, except for the papers, in the present transaction."""
    school = _found_school(people, seed)
    studies.plan(school)
    roster.know_sender(school)
    older = roster.enrol(school, OLDER, min(students, OLDER_SIZE), born_from=date(2008, 9, 1))
    younger = roster.enrol(
        school, YOUNGER, min(max(students - OLDER_SIZE, 0), YOUNGER_SIZE), born_from=date(2009, 9, 1)
    )
    roster.give_sign_ins(school, older)
    orders.decide(school, older, younger)
    families.tell(school, older, younger)
    coursework.teach(school)
    placements.send_out(school, older)
    enrolment.take_in(school, school.project)
    aid.support(school, older, younger)
    welfare.look_after(school, younger)
    attendance.keep(school, older, younger)
    conduct.assess(school, older, younger)
    selection.select_interns(school, older, younger)
    registry.report(school, older, younger)
    db.session.flush()


def print_papers() -> None:
    """The papers of the year; each request issues once, so a telling that was interrupted goes on here."""
    papers.issue(older=OLDER, younger=YOUNGER)


def _found_school(people: dict[str, User], seed: int) -> School:
    registrar = people["registrar"]
    project = partners.create_project(
        name="德宏—德清职业教育协作项目",
        legal_basis="两地教育局协议",
        regions=["533100"],
        mode=ProjectMode.FULL,
        starts_on=date(2024, 7, 1),
        ends_on=date(2030, 8, 31),
        by=registrar,
    )
    terms = {
        (year, number): programmes.create_term(
            school_year=year, number=number, starts_on=starts_on, ends_on=ends_on, by=registrar
        )
        for year, number, starts_on, ends_on in TERMS
    }
    studies = {
        year: programmes.create_programme(major=MAJOR[0], name=MAJOR[1], intake_year=year, by=registrar)
        for year in (2024, 2025, 2026)
    }
    classes = {
        name: _create_class(name, studies[year], project, people)
        for name, year in ((OLDER, 2024), (YOUNGER, 2025), (ARRIVING, 2026))
    }
    return School(people, terms, studies, classes, project, seed)


def _create_class(name: str, programme: Programme, project: CooperationProject, people: dict[str, User]) -> SchoolClass:
    return programmes.create_class(
        name=name,
        programme=programme,
        project=project,
        homeroom_teacher=people["homeroom_teacher"],
        homeroom_from=min(date(programme.intake_year, 7, 1), today()),
        by=people["registrar"],
    )
