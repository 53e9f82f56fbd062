"""Courses of a partner school that count here: one of a student, or many of a class by one decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from exchange.accounts.models import User
from exchange.attachments.service import attach
from exchange.audit.service import record
from exchange.core.database import db, lock, lock_all, today
from exchange.core.i18n import _
from exchange.core.spreadsheets import Sheet
from exchange.coursework.events import CourseworkEvent
from exchange.coursework.models import Attempt, AttemptKind, CreditSource, Recognition, Scale
from exchange.coursework.notation import Unreadable, Value
from exchange.coursework.queries.grid import Pupil
from exchange.coursework.queries.outcomes import CourseOutcome, outcomes_of
from exchange.coursework.queries.recognitions import Place, members_of
from exchange.coursework.scales import Measure
from exchange.coursework.service.attempts import AttemptProblem, check_day, read_result
from exchange.coursework.service.matching import Finding, Roll
from exchange.coursework.workbooks import empty_table, read_filled
from exchange.programmes.models import Course, SchoolClass
from exchange.programmes.queries import courses_of
from exchange.students.models import Student


class PlacesRefused(AttemptProblem):
    """Some of the marks are wrong, so none was written; ``problems`` has a sentence for each student and course."""

    def __init__(self, problems: Mapping[Place, str]):
        super().__init__(_("有 %(count)s 格不对，都没有保存。", count=len(problems)))
        self.problems = dict(problems)


@dataclass(frozen=True)
class Decided:
    """What was decided for all of these marks: where and when they were earned, and why they count."""

    school_name: str
    taken_on: date
    scale: Scale
    reason: str
    document: str = ""


@dataclass(frozen=True)
class ReadTable:
    """What a table says: marks by student and course, and the rows that belong to nobody."""

    values: Mapping[Place, str]
    findings: Sequence[Finding]


def recognise(
    student: Student,
    course: Course,
    *,
    school_name: str,
    taken_on: date,
    scale: Scale,
    value: str,
    reason: str,
    files: Sequence[tuple[str, bytes]] = (),
    by: User | None,
) -> Attempt:
    """Take a course that was passed at a partner school for one of the programme. Raises ``AttemptProblem``."""
    lock(student)
    if course.programme_id != student.school_class.programme_id or course.removed_in is not None:
        raise AttemptProblem(_("“%(course)s”不是这名学生的专业课程。", course=course.name))
    decided = Decided(school_name.strip(), taken_on, scale, reason.strip())
    _check_decided(decided)
    ends = outcomes_of([student.id], courses=[course.id])[student.id]
    result = _read(value, decided, course, ends[0] if ends else None)
    attempt = _add(student.id, student.student_no, course, result, decided, by=by)
    for filename, content in files:
        attach(attempt, filename=filename, content=content, by=by)
    return attempt


def recognise_class(
    school_class: SchoolClass,
    values: Mapping[Place, str],
    decided: Decided,
    *,
    files: Sequence[tuple[str, bytes]] = (),
    by: User | None,
) -> Recognition:
    """Take marks of a partner school for courses of the programme, all of them or none; empty ones are left out.

    Raises ``AttemptProblem``, and ``PlacesRefused`` where single marks cannot count.
    """
    filled = {place: value for place, value in values.items() if value.strip()}
    if not filled:
        raise AttemptProblem(_("还没有填成绩。"))
    _check_decided(decided)
    lock_all(Student, {student for student, _course in filled})
    students = {student.id: student for student in members_of(school_class)}
    courses = {course.id: course for course in courses_of(school_class.programme_id)}
    results = _read_all(filled, decided, students, courses)
    recognition = Recognition(
        school_class=school_class,
        school_name=decided.school_name,
        taken_on=decided.taken_on,
        document=decided.document,
        reason=decided.reason,
        recorded_by_id=by.id if by else None,
    )
    db.session.add(recognition)
    told = {"school": decided.school_name, "document": decided.document, "marks": len(results)}
    record(CourseworkEvent.CLASS_RECOGNISED, recognition, by=by, reason=decided.reason, **told)
    for (student, course), result in results.items():
        number = students[student].student_no
        _add(student, number, courses[course], result, decided, recognition=recognition, by=by)
    for filename, content in files:
        attach(recognition, filename=filename, content=content, by=by)
    return recognition


def table_for(school_class: SchoolClass, courses: Sequence[Course], scale: Scale, *, by: User | None) -> bytes:
    """A table of the class to be filled in with marks of these courses; that somebody took it is recorded."""
    record(CourseworkEvent.CLASS_TABLE_DOWNLOADED, school_class, by=by, courses=[course.code for course in courses])
    return empty_table(courses, members_of(school_class), Measure(scale, today()))


def read_table(sheets: Sequence[Sheet], courses: Sequence[Course], students: Sequence[Pupil]) -> ReadTable:
    """The marks of a table with students in rows and courses in columns; nothing is judged or written yet.

    Raises ``UsageProblem`` where no sheet has a head that names these courses.
    """
    filled, roll = read_filled(sheets, courses), Roll(students)
    values: dict[Place, str] = {}
    findings: list[Finding] = []
    for row in filled.rows:
        found = roll.find(row)
        if isinstance(found, Finding):
            findings += [found] if row.values else []
        else:
            values |= {(found.id, course): text for course, text in row.values.items()}
    return ReadTable(values, findings)


def _read_all(
    filled: Mapping[Place, str], decided: Decided, students: Mapping[int, Pupil], courses: Mapping[int, Course]
) -> dict[Place, Value]:
    """What each mark is worth. Raises ``PlacesRefused``."""
    outcomes = outcomes_of([*students], courses=[*courses])
    ends = {(student, end.course.id): end for student, each in outcomes.items() for end in each}
    results: dict[Place, Value] = {}
    problems: dict[Place, str] = {}
    for place, value in filled.items():
        student, course = place
        if student not in students or course not in courses:
            raise AttemptProblem(_("有学生或课程已经不在这个班。刷新页面再填。"))
        try:
            results[place] = _read(value, decided, courses[course], ends.get(place))
        except (AttemptProblem, Unreadable) as problem:
            problems[place] = str(problem)
    if problems:
        raise PlacesRefused(problems)
    return results


def _check_decided(decided: Decided) -> None:
    if not (decided.school_name and decided.reason):
        raise AttemptProblem(_("认定要写明合作学校和理由。"))
    check_day(decided.taken_on, earliest=None)


def _read(value: str, decided: Decided, course: Course, end: CourseOutcome | None) -> Value:
    if end and end.passed:
        raise AttemptProblem(_("“%(course)s”已经及格，不用认定。", course=course.name))
    result = read_result(value, Measure(decided.scale, decided.taken_on))
    if result.score is None or result.score < course.pass_score:
        raise AttemptProblem(_("在合作学校没有及格的课程不能认定。"))
    return result


def _add(
    student_id: int,
    student_no: str,
    course: Course,
    result: Value,
    decided: Decided,
    *,
    recognition: Recognition | None = None,
    by: User | None,
) -> Attempt:
    attempt = Attempt(
        student_id=student_id,
        course=course,
        recognition=recognition,
        kind=AttemptKind.RECOGNISED,
        credit_source=CreditSource.PARTNER_SCHOOL,
        school_name=decided.school_name,
        taken_on=decided.taken_on,
        scale=decided.scale,
        score=result.score,
        reason=decided.reason,
        recorded_by_id=by.id if by else None,
    )
    db.session.add(attempt)
    told = {"student": student_no, "course": course.code, "school": attempt.school_name, "mark": str(result)}
    record(CourseworkEvent.ATTEMPT_RECOGNISED, attempt, by=by, reason=attempt.reason, **told)
    return attempt
