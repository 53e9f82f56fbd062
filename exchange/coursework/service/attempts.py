"""Sittings after the first one: recorded line by line, withdrawn with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.coursework.events import CourseworkEvent
from exchange.coursework.models import SHOWN, Attempt, AttemptKind, MarkSheet, Special
from exchange.coursework.notation import Unreadable, Value, read
from exchange.coursework.outcomes import Outcome
from exchange.coursework.queries.outcomes import outcomes_of
from exchange.coursework.scales import HIGHEST, Measure, measure_of


class AttemptProblem(DomainError):
    """A sitting that cannot be recorded or withdrawn like this."""


class LinesRefused(AttemptProblem):
    """Some of the lines are wrong, so none was written; ``problems`` has a sentence per student."""

    def __init__(self, problems: Mapping[int, str]):
        super().__init__(_("有 %(count)s 行不对，都没有保存。", count=len(problems)))
        self.problems = dict(problems)


@dataclass(frozen=True)
class Line:
    """The result of one student in a later sitting, as it was typed."""

    student: int
    kind: AttemptKind
    value: str
    reason: str = ""


def record_attempts(sheet: MarkSheet, lines: Sequence[Line], *, taken_on: date, by: User | None) -> list[Attempt]:
    """Write all of the lines or none. Raises ``AttemptProblem``, and ``LinesRefused`` where lines are wrong."""
    lock(sheet)
    if sheet.status not in SHOWN:
        raise AttemptProblem(_("成绩公布以后，才登记补考、缓考和重修。"))
    check_day(taken_on, earliest=sheet.term.starts_on)
    students = [line.student for line in lines]
    ends = outcomes_of(students, courses=[sheet.course_id])
    measure, values, problems = measure_of(sheet), {}, {}
    for line in lines:
        try:
            values[line.student] = read_result(line.value, measure)
            _check_turn(line.kind, ends[line.student][0].outcome if ends[line.student] else None)
        except (AttemptProblem, Unreadable) as problem:
            problems[line.student] = str(problem)
    if len(set(students)) < len(students):
        raise AttemptProblem(_("同一名学生出现了两次。"))
    if problems:
        raise LinesRefused(problems)
    return [_add(sheet, line, values[line.student], taken_on, by) for line in lines]


def withdraw_attempt(attempt: Attempt, *, by: User | None, reason: str) -> None:
    """Let a wrong attempt count no longer; it stays. Raises ``AttemptProblem`` without a reason, ``NotPossible``."""
    lock(attempt)
    if attempt.withdrawn_at is not None:
        raise NotPossible(_("这条记录已经撤销了。"))
    if not reason.strip():
        raise AttemptProblem(_("撤销要写明理由。"))
    attempt.withdrawn_at, attempt.withdrawn_reason = now(), reason.strip()
    attempt.withdrawn_by_id = by.id if by else None
    record(CourseworkEvent.ATTEMPT_WITHDRAWN, attempt, by=by, reason=attempt.withdrawn_reason)


def check_day(day: date, *, earliest: date | None) -> None:
    """A sitting lies in the past, and not before its term. Raises ``AttemptProblem``."""
    if day > today():
        raise AttemptProblem(_("考试日期不能在今天以后。"))
    if earliest and day < earliest:
        raise AttemptProblem(_("考试日期不能早于这门课的学期。"))


def read_result(typed: str, measure: Measure) -> Value:
    """A mark, or 缺; whoever is exempt or deferred again has no result to record."""
    value = read(typed, maximum=HIGHEST, measure=measure)
    if value.is_empty or value.special not in (None, Special.ABSENT):
        raise AttemptProblem(_("这里填成绩，没有来考的填 缺。"))
    return value


def _check_turn(kind: AttemptKind, outcome: Outcome | None) -> None:
    """Whether this is what the student may sit now."""
    if outcome is None:
        raise AttemptProblem(_("这名学生在这张成绩单上没有成绩。"))
    if outcome.next is None:
        raise AttemptProblem(_("这名学生现在不用再考。"))
    if (kind is AttemptKind.DEFERRED) != (outcome.next is AttemptKind.DEFERRED):
        raise AttemptProblem(_("申请过缓考的先登记缓考；其他人登记补考或重修。"))
    if kind is AttemptKind.MAKEUP and not outcome.makeups_left:
        raise AttemptProblem(_("补考次数已经用完，请登记重修。"))
    if kind is AttemptKind.RECOGNISED:
        raise AttemptProblem(_("外校课程在学生的成绩页认定。"))


def _add(sheet: MarkSheet, line: Line, value: Value, taken_on: date, by: User | None) -> Attempt:
    attempt = Attempt(
        student_id=line.student,
        course_id=sheet.course_id,
        sheet_id=sheet.id,
        kind=line.kind,
        taken_on=taken_on,
        scale=sheet.scale,
        score=value.score,
        reason=line.reason.strip(),
        recorded_by_id=by.id if by else None,
    )
    db.session.add(attempt)
    told = {"kind": line.kind.value, "taken_on": taken_on.isoformat(), "mark": str(value)}
    record(CourseworkEvent.ATTEMPT_RECORDED, attempt, by=by, reason=attempt.reason, **told)
    return attempt
