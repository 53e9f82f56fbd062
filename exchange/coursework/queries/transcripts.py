"""What a student has taken, term by term, with results, credits and totals."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from sqlalchemy import Select

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.coursework import grading
from exchange.coursework.grading import Result, ResultState
from exchange.coursework.models import SHOWN, Attempt, AttemptKind, MarkSheet, SheetStatus, Special
from exchange.coursework.notation import SIGNS, stored_value
from exchange.coursework.queries.outcomes import CourseOutcome, outcomes_of, published
from exchange.coursework.scales import Measure
from exchange.programmes.models import CourseKind, Term
from exchange.students.models import Student

IN_PLACE = {ResultState.DEFERRED: Special.DEFERRED, ResultState.EXEMPT: Special.EXEMPT}


class Standing(LabelledEnum):
    """What a course has come to, as a family wants to know it."""

    PASSED = "passed", _("及格")
    FAILED = "failed", _("不及格")
    WAITING = "waiting", _("还没有结果")

    @property
    def tone(self) -> str:
        """As a tag shows it."""
        return {"passed": "done", "failed": "blocked"}.get(self.value, "waiting")


DUTIES = {
    AttemptKind.MAKEUP: _("要补考。时间听班主任通知。"),
    AttemptKind.DEFERRED: _("要缓考。时间听班主任通知。"),
    AttemptKind.RETAKE: _("要重修，就是再学一遍。时间听班主任通知。"),
}
"""What the student has to do next, in words for a family."""


@dataclass(frozen=True)
class TranscriptLine:
    """One course. ``credits`` are those of the course, ``earned`` once it is passed; ``score`` may be none."""

    code: str
    course: str
    kind: CourseKind
    hours: int
    credits: Decimal
    end: CourseOutcome
    status: SheetStatus

    @property
    def result(self) -> Result:
        return self.end.outcome.result

    @property
    def passed(self) -> bool:
        return self.end.passed

    @property
    def measure(self) -> Measure:
        return self.end.measure

    @property
    def standing(self) -> Standing:
        if self.passed:
            return Standing.PASSED
        return Standing.FAILED if self.end.outcome.is_failed else Standing.WAITING

    @property
    def duty(self) -> str:
        """What comes next; nothing for a course that is passed, or that the teacher still marks."""
        due = self.end.outcome.next
        return str(DUTIES[due]) if due in DUTIES else ""

    @property
    def score(self) -> Decimal | None:
        """The figure; none where there is none, or where the course is given in levels."""
        return self.result.score if self.measure.has_figures else None

    @property
    def shown(self) -> str:
        """86.5, 良好, 合格, 缓, 免 or nothing."""
        special = IN_PLACE.get(self.result.state)
        return str(SIGNS[special]) if special else str(stored_value(self.result.score, None, self.measure))

    @property
    def level(self) -> str:
        """The level beside a figure; empty where the result is one itself."""
        return "" if self.score is None else str(self.measure.level_of(self.score).label)

    @property
    def said(self) -> str:
        """The result for a family, without repeating whether it is passed: 83.9 · 良好, 60 · 补考, 等待缓考."""
        if self.result.state is not ResultState.FINAL:
            return self.remark
        told = [self.shown, self.level, str(self.sat.label) if self.sat else ""]
        return " · ".join(each for each in told if each and each != str(self.standing.label))

    @property
    def counts(self) -> bool:
        """Whether the result is published."""
        return self.status in SHOWN

    @property
    def earned(self) -> Decimal:
        """The credits, once the course is passed and published."""
        return self.end.earned if self.counts else Decimal(0)

    @property
    def sat(self) -> AttemptKind | None:
        """How the result came about, where not at the first sitting as it was planned."""
        outcome = self.end.outcome
        if outcome.deciding:
            return outcome.deciding.kind
        kinds = {sitting.kind for sitting in outcome.sittings}
        return AttemptKind.DEFERRED if AttemptKind.DEFERRED in kinds else None

    @property
    def remark(self) -> str:
        """What the figure does not say: 补考, 缓考, 重修, 认定, 不及格."""
        if self.result.state is not ResultState.FINAL:
            return str(self.result.state.label)
        said = [str(self.sat.label)] if self.sat else []
        return str(_("，")).join(said if self.passed else [*said, str(_("不及格"))])

    @property
    def sittings(self) -> list[str]:
        """Every sitting of a course that has more than one, in words."""
        outcome = self.end.outcome
        if not outcome.sittings:
            return []
        first = outcome.first.score
        told = [] if first is None else [str(_("首考 %(score)s", score=grading.plain(first)))]
        return told + [tell(each) for each in self.end.attempts]


@dataclass(frozen=True)
class TranscriptTerm:
    """The courses of one term."""

    school_year: int
    number: int
    label: str
    lines: tuple[TranscriptLine, ...]

    @property
    def hours(self) -> int:
        return sum(line.hours for line in self.lines)

    @property
    def earned(self) -> Decimal:
        return sum((line.earned for line in self.lines), Decimal(0))


@dataclass(frozen=True)
class Transcript:
    """All terms of one student, the oldest first."""

    student_no: str
    name: str
    terms: tuple[TranscriptTerm, ...]

    @property
    def lines(self) -> list[TranscriptLine]:
        return [line for term in self.terms for line in term.lines]

    def standing_as(self, standing: Standing) -> list[TranscriptLine]:
        """The courses that have come to this."""
        return [line for line in self.lines if line.standing is standing]

    @property
    def hours(self) -> int:
        return sum(term.hours for term in self.terms)

    @property
    def earned(self) -> Decimal:
        return sum((term.earned for term in self.terms), Decimal(0))


def transcript(
    student: Student, *, sheets: Select[MarkSheet] | None = None, with_recognised: bool = True
) -> Transcript:
    """The student's results on published sheets, or on those of the given scope, and what was recognised."""
    found = outcomes_of([student.id], sheets=published() if sheets is None else sheets)[student.id]
    ends = [end for end in found if end.sheet or with_recognised]
    ends.sort(key=lambda end: (_term_of(end), end.course.kind, end.course.code, end.course.id))
    terms = []
    for (school_year, number), group in groupby(ends, key=_term_of):
        label = str(Term(school_year=school_year, number=number).label)
        terms.append(TranscriptTerm(school_year, number, label, tuple(map(_line, group))))
    return Transcript(student.student_no, student.name, tuple(terms))


def tell(attempt: Attempt) -> str:
    """An attempt in words: 2026年9月8日 补考 72."""
    measure = Measure(attempt.scale, attempt.taken_on)
    mark = stored_value(attempt.score, None if attempt.score is not None else Special.ABSENT, measure)
    told = {"day": format_short_date(attempt.taken_on), "kind": attempt.kind.label, "mark": mark}
    if attempt.kind is AttemptKind.RECOGNISED:
        return str(_("%(day)s %(kind)s %(mark)s（%(school)s）", school=attempt.school_name, **told))
    return str(_("%(day)s %(kind)s %(mark)s", **told))


def _term_of(end: CourseOutcome) -> tuple[int, int]:
    """The term of the first sitting; of a course that was only recognised the one in which it was taken."""
    if end.sheet:
        return end.sheet.term.school_year, end.sheet.term.number
    return _half_year(end.attempts[0].taken_on)


def _half_year(day: date) -> tuple[int, int]:
    """School year and number of the term: from August the first, from February the second."""
    if day.month == 1:
        return day.year - 1, 1
    return (day.year, 1) if day.month >= 8 else (day.year - 1, 2)


def _line(end: CourseOutcome) -> TranscriptLine:
    course = end.course
    return TranscriptLine(
        code=course.code,
        course=course.name,
        kind=course.kind,
        hours=course.hours,
        credits=course.credits,
        end=end,
        status=end.sheet.status if end.sheet else SheetStatus.PUBLISHED,
    )
