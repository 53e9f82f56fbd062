"""What was taught and marked: published terms of the past, and the present term with work left to do."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from exchange.core.database import today
from exchange.coursework import queries, service
from exchange.coursework.models import MarkSheet
from exchange.programmes.models import Course, CourseKind
from exchange.programmes.queries import courses_of

if TYPE_CHECKING:
    from exchange.demo.school_year import School

HARD = "A04"  # the course in which the fifth and the tenth of a class fail, and the seventh falls ill before the exam
FAILING, ILL, FAILED_MARK, MADE_UP = (4, 9), 6, "51", "72"
OLDEST = 2024
MAKEUPS_AFTER = timedelta(days=60)  # in the first weeks of the next term


def teach(school: "School") -> None:
    """Sheets of all classes; the newest class gets its first sheets, ready for its students."""
    random = Random(school.seed)
    for year, programme in school.programmes.items():
        for course in courses_of(programme.id):
            _teach_course(school, random, year, course)


def _teach_course(school: "School", random: Random, intake: int, course: Course) -> None:
    term_key = (intake + (course.term_of_study - 1) // 2, 2 - course.term_of_study % 2)
    if term_key > (2026, 1) or course.kind is CourseKind.POST_INTERNSHIP:
        return  # the internship is appraised when it is over
    sheet = _open(school, intake, course, term_key)
    if not queries.students_on(sheet):
        return  # the newest class is still empty; in a small demonstration others are, too
    if term_key < (2026, 1):
        _mark(sheet, random, school, share=1.0)
        service.submit_sheet(sheet, by=school.people["subject_teacher"])
        service.confirm_sheet(sheet, by=school.people["registrar"])
        service.publish_sheet(sheet, by=school.people["registrar"])
        _sit_again(sheet, school)
        if term_key < (2025, 2):
            service.lock_sheet(sheet, by=school.people["registrar"])
    else:
        _mark(sheet, random, school, share=0.6)


def _open(school: "School", intake: int, course: Course, term_key: tuple[int, int]) -> MarkSheet:
    return service.open_sheet(
        course=course,
        school_class=school.classes[f"{intake}级云南班"],
        term=school.terms[term_key],
        teacher=school.people["subject_teacher"],
        assessments=[(name, weight, 100) for name, weight in course.weights],
        by=school.people["registrar"],
    )


def _mark(sheet: MarkSheet, random: Random, school: "School", *, share: float) -> None:
    """Plausible marks for a share of the cells, column by column."""
    assessments, students = queries.assessments_of(sheet), queries.students_on(sheet)
    places = [(student.id, assessment.id) for assessment in assessments for student in students]
    cells = [
        service.Asked(student, assessment, str(min(100, max(42, round(random.gauss(79, 10))))), 0)
        for student, assessment in places[: round(len(places) * share)]
    ]
    if sheet.course.code == HARD:
        cells = _with_failures(cells, [student.id for student in students], assessments[-1].id)
    if cells:
        service.record_marks(sheet, cells, by=school.people["subject_teacher"])


def _with_failures(cells: list[service.Asked], students: list[int], last: int) -> list[service.Asked]:
    """The same cells, but two students fail and one misses the last exam with an excuse."""
    failing = {students[place] for place in FAILING if place < len(students)}
    ill = set(students[ILL : ILL + 1])
    return [
        replace(cell, value=FAILED_MARK)
        if cell.student in failing
        else replace(cell, value="缓")
        if cell.student in ill and cell.assessment == last
        else cell
        for cell in cells
    ]


def _sit_again(sheet: MarkSheet, school: "School") -> None:
    """The first who failed has made it up; of the others the oldest class is done, the younger still has to sit."""
    taken_on = min(sheet.term.ends_on + MAKEUPS_AFTER, today())
    if taken_on < sheet.term.starts_on:
        return
    due = queries.due_on(sheet)
    sitting = due if sheet.school_class.intake_year == OLDEST else due[:1]
    lines = [service.Line(each.student.id, each.choices[0], MADE_UP) for each in sitting]
    if lines:
        service.record_attempts(sheet, lines, taken_on=taken_on, by=school.people["subject_teacher"])
