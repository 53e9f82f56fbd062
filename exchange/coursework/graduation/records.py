"""Stored records as the facts of the graduation audit, for many students in a constant number of statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from exchange.conduct.models import PASSED, ConductAssessment
from exchange.conduct.queries import by_student
from exchange.core.database import db
from exchange.core.i18n import _
from exchange.core.rules import Message
from exchange.coursework.grading import plain
from exchange.coursework.graduation.facts import NO_WORDS, ConductTerm, CourseState, Facts, Internship, Notes
from exchange.coursework.graduation.models import GraduationNote
from exchange.coursework.queries.outcomes import CourseOutcome, outcomes_of
from exchange.placements.effective import took_place
from exchange.placements.models import Placement, PlacementStatus, Post
from exchange.programmes.models import Course, CourseKind, Term
from exchange.students.models import ON_ROLL, Period, Student, StudentStatus

INTERNSHIP = CourseKind.POST_INTERNSHIP
OVER = {PlacementStatus.ENDED, PlacementStatus.TERMINATED}


def facts_of(students: Collection[Student], day: date) -> dict[int, Facts]:
    """Student → the facts on the day."""
    ids = [student.id for student in students]
    terms = list(db.session.scalars(select(Term).order_by(Term.starts_on)))
    courses = _courses({student.school_class.programme_id for student in students})
    outcomes, conduct, notes = outcomes_of(ids), by_student(ids), _notes(ids)
    internships, periods = _internships(ids), _periods(ids)
    return {
        student.id: Facts(
            day=day,
            status=student.status,
            enrolled_on=student.enrolled_on,
            intake_year=student.school_class.intake_year,
            length_years=student.school_class.programme.length_years,
            school_ends_on=_school_ends_on(student, terms),
            conduct=_conduct(_spent(student, terms, periods[student.id], day), conduct.get(student.id, [])),
            courses=_states(courses[student.school_class.programme_id], outcomes.get(student.id, [])),
            internships=tuple(internships[student.id]),
            left_on=_since(periods[student.id], day) if student.status not in ON_ROLL else None,
            notes=notes.get(student.id, Notes()),
        )
        for student in students
    }


def _courses(programme_ids: Collection[int]) -> Mapping[int, list[Course]]:
    found: dict[int, list[Course]] = defaultdict(list)
    rows = select(Course).where(Course.programme_id.in_(programme_ids), Course.removed_in.is_(None))
    for course in db.session.scalars(rows.order_by(Course.term_of_study, Course.code)):
        found[course.programme_id].append(course)
    return found


def _states(courses: Sequence[Course], outcomes: Sequence[CourseOutcome]) -> tuple[CourseState, ...]:
    """Every course of the programme, and what was recognised or taken besides."""
    taken = {end.course.id: end for end in outcomes}
    states = [_state(course, taken.get(course.id)) for course in courses]
    others = [end for end in outcomes if end.course.id not in {course.id for course in courses} and end.passed]
    return (*states, *(_state(end.course, end) for end in others))


def _state(course: Course, end: CourseOutcome | None) -> CourseState:
    return CourseState(
        name=course.name,
        credits=course.credits,
        passed=end is not None and end.passed,
        state=NO_WORDS if end and end.passed else _words(end),
        is_internship=course.kind is INTERNSHIP,
    )


def _words(end: CourseOutcome | None) -> Message:
    """Why it is not passed yet."""
    if end is None:
        return Message.of(_("还没有公布的成绩"))
    score, count = end.outcome.result.score, _makeups(end)
    if end.outcome.is_failed and score is not None:
        return Message.of(_("不及格（%(score)s），补考 %(count)s 次", score=plain(score), count=count))
    return Message.of(end.outcome.result.state.label)


def _makeups(end: CourseOutcome) -> int:
    return sum(sitting.kind.value == "makeup" for sitting in end.outcome.sittings)


def _spent(student: Student, terms: Sequence[Term], periods: Sequence[Period], day: date) -> list[Term]:
    """The terms that have ended since the student came; who was on leave at the end of a term is not assessed in it."""
    ended = [term for term in terms if student.enrolled_on <= term.ends_on < day]
    return [term for term in ended if not any(_is_away(period, term.ends_on) for period in periods)]


def _is_away(period: Period, day: date) -> bool:
    holds = period.begins_on <= day and (period.until is None or day < period.until)
    return holds and period.status is StudentStatus.ON_LEAVE


def _conduct(terms: Sequence[Term], assessed: Sequence[ConductAssessment]) -> tuple[ConductTerm, ...]:
    """Each of these terms with its verdict."""
    verdicts = {assessment.term_id: assessment.grade in PASSED for assessment in assessed}
    return tuple(ConductTerm(Message.of(term.label), verdicts.get(term.id)) for term in terms)


def _school_ends_on(student: Student, terms: Sequence[Term]) -> date:
    """The last day of the last term of the class; where it is not set up yet, an ordinary one."""
    last_year = student.school_class.intake_year + student.school_class.programme.length_years - 1
    found = (term.ends_on for term in terms if (term.school_year, term.number) == (last_year, 2))
    return next(found, date(last_year + 1, 7, 10))


def _internships(ids: Collection[int]) -> Mapping[int, list[Internship]]:
    """Post internships that took place. Their appraisal is the result of the internship course."""
    found: dict[int, list[Internship]] = defaultdict(list)
    rows = select(Placement).where(Placement.student_id.in_(ids), took_place())
    rows = rows.options(joinedload(Placement.post).joinedload(Post.host_organisation)).order_by(Placement.starts_on)
    for placement in db.session.scalars(rows).unique():
        found[placement.student_id].append(
            Internship(placement.host.name, placement.starts_on, placement.last_day, placement.status in OVER, None)
        )
    return found


def _periods(ids: Collection[int]) -> Mapping[int, list[Period]]:
    """Student → what the record said when, the first first; nothing where it has never changed."""
    found: dict[int, list[Period]] = defaultdict(list)
    for period in db.session.scalars(select(Period).where(Period.student_id.in_(ids)).order_by(Period.begins_on)):
        found[period.student_id].append(period)
    return found


def _since(periods: Sequence[Period], day: date) -> date | None:
    """Since when the status of the day holds."""
    return max((period.begins_on for period in periods if period.begins_on <= day), default=None)


def _notes(ids: Collection[int]) -> dict[int, Notes]:
    rows = db.session.scalars(select(GraduationNote).where(GraduationNote.student_id.in_(ids)))
    return {
        note.student_id: Notes(note.early_applied_on, note.enlisted_on, note.minor_programme, note.dual_certificate)
        for note in rows
    }
