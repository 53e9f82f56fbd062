"""Who must sit a course again, and which attempts there are, also the withdrawn ones."""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, lazyload

from exchange.accounts.models import User
from exchange.core.database import db
from exchange.coursework.models import Attempt, AttemptKind, MarkSheet
from exchange.coursework.queries.grid import Pupil, students_on
from exchange.coursework.queries.outcomes import CourseOutcome, outcomes_of
from exchange.students.models import Student


@dataclass(frozen=True)
class Due:
    """A student who has to sit the course of a sheet again."""

    student: Pupil
    end: CourseOutcome

    @property
    def next(self) -> AttemptKind | None:
        return self.end.outcome.next

    @property
    def choices(self) -> list[AttemptKind]:
        """What may be recorded now; who fails may always take the course again."""
        if self.next is AttemptKind.MAKEUP:
            return [AttemptKind.MAKEUP, AttemptKind.RETAKE]
        return [self.next] if self.next else []

    @property
    def shown(self) -> str:
        """What counts so far."""
        return self.end.shown


def due_on(sheet: MarkSheet) -> list[Due]:
    """The students of a published sheet who have not passed and may sit again, by number."""
    students = students_on(sheet)
    ends = outcomes_of([student.id for student in students], courses=[sheet.course_id])
    found = (Due(student, ends[student.id][0]) for student in students if ends[student.id])
    return [due for due in found if due.next]


def attempts_on(sheet: MarkSheet) -> list[Attempt]:
    """All attempts of a sheet, the newest first; a withdrawn one stays in sight."""
    return _load(select(Attempt).where(Attempt.sheet_id == sheet.id))


def recognised_of(student: Student) -> list[Attempt]:
    """All courses of the student that were recognised, also what was withdrawn."""
    return _load(select(Attempt).where(Attempt.student_id == student.id, Attempt.kind == AttemptKind.RECOGNISED))


def _load(attempts: Select[Attempt]) -> list[Attempt]:
    people = (Attempt.recorded_by, Attempt.withdrawn_by)
    loaded = attempts.options(
        joinedload(Attempt.student),
        joinedload(Attempt.course),
        joinedload(Attempt.recognition),
        *(joinedload(person).options(lazyload(User.assignments)) for person in people),
    )
    return list(db.session.scalars(loaded.order_by(Attempt.taken_on.desc(), Attempt.id.desc())))
