"""A student with three full years behind: every course of the hotel programme, sat in every way there is."""

from datetime import UTC, date, datetime
from decimal import Decimal

from exchange.conduct.models import Grade
from exchange.coursework.models import AttemptKind, Scale, SheetStatus, Special
from exchange.demo.studies import COURSES, Planned
from exchange.placements.models import PlacementStatus
from exchange.programmes.models import Course, Term
from exchange.students.models import Student
from tests.factories.conduct import ConductAssessmentFactory
from tests.factories.coursework import AssessmentFactory, AttemptFactory, MarkFactory, MarkSheetFactory, recognised
from tests.factories.partners import HostOrganisationFactory, PostFactory
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import CourseFactory, ProgrammeFactory, SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory

INTAKE = 2023
TERMS = (
    (2023, 1, date(2023, 9, 1), date(2024, 1, 26)),
    (2023, 2, date(2024, 2, 26), date(2024, 7, 5)),
    (2024, 1, date(2024, 9, 2), date(2025, 1, 17)),
    (2024, 2, date(2025, 2, 17), date(2025, 7, 4)),
    (2025, 1, date(2025, 9, 1), date(2026, 1, 23)),
    (2025, 2, date(2026, 3, 2), date(2026, 7, 10)),
)
GRADES = (Grade.PASS, Grade.GOOD, Grade.GOOD, Grade.EXCELLENT, Grade.EXCELLENT, Grade.GOOD)
FIRST = {
    "A04": Decimal(51),
    "A05": Decimal(40),
    "A42": Special.DEFERRED,
    "A71": Special.EXEMPT,
    "D01": Decimal(86),
    "E03": Decimal("52.5"),
}
"""Course → the first sitting, where it is not an ordinary mark."""
LEVELLED = {"E05": (Scale.LEVELS, 85), "P01": (Scale.LEVELS, 95), "M01": (Scale.PASS_FAIL, 80)}
"""Course → a scale of levels and the points of the level."""
AGAIN = {
    "A04": [(AttemptKind.MAKEUP, date(2024, 9, 9), 72)],
    "A05": [(AttemptKind.MAKEUP, date(2024, 3, 4), 45), (AttemptKind.RETAKE, date(2025, 1, 10), 78)],
    "A42": [(AttemptKind.DEFERRED, date(2025, 9, 8), 81)],
}
"""Course → later attempts."""
RECOGNISED = ("E06", 88)
COUNTED = {
    "A04": ("60.0", "补考"),
    "A05": ("78.0", "重修"),
    "A42": ("81.0", "缓考"),
    "A71": ("免", "免修"),
    "D01": ("86.0", ""),
    "E03": ("52.5", "不及格"),
    "E05": ("良好", ""),
    "P01": ("优秀", ""),
    "M01": ("合格", ""),
    "E06": ("88.0", "合作校修习"),
}
"""Course → mark and note on the transcript, where they are not an ordinary mark without a note."""


def ordinary(place: int) -> Decimal:
    """The mark of the course in this place of the programme: 70 to 95."""
    return Decimal(70 + place * 7 % 26)


def three_years(count: int = 1) -> list[Student]:
    """So many students of one class, all with the same marks."""
    terms = [TermFactory(school_year=y, number=n, starts_on=first, ends_on=last) for y, n, first, last in TERMS]
    programme = ProgrammeFactory(intake_year=INTAKE)
    school_class = SchoolClassFactory(name="2023级云南班", intake_year=INTAKE, programme=programme)
    students = StudentFactory.create_batch(count, school_class=school_class, enrolled_on=TERMS[0][2])
    for place, row in enumerate(COURSES):
        _study(students, _course(programme, row), terms[row.term - 1], place)
    post = PostFactory(host_organisation=HostOrganisationFactory(name="莫干山云上度假酒店有限公司"), name="餐厅服务员")
    for student in students:
        for term, grade in zip(terms, GRADES, strict=True):
            ConductAssessmentFactory(
                student=student, term=term, grade=grade, released_at=datetime(2026, 7, 1, tzinfo=UTC)
            )
        PlacementFactory(
            student=student,
            post=post,
            status=PlacementStatus.ENDED,
            starts_on=date(2025, 9, 1),
            ends_on=date(2026, 1, 23),
        )
    return students


def _course(programme, row: Planned) -> Course:
    return CourseFactory(
        programme=programme,
        code=row.code,
        name=row.name,
        kind=row.kind,
        hours=row.hours,
        practice_hours=row.practice,
        credits=Decimal(row.credits),
        term_of_study=row.term,
    )


def _study(students: list[Student], course: Course, term: Term, place: int) -> None:
    if course.code == RECOGNISED[0]:
        for student in students:
            recognised(student, course, score=Decimal(RECOGNISED[1]))
        return
    scale, points = LEVELLED.get(course.code, (Scale.HUNDRED, None))
    sheet = MarkSheetFactory(
        school_class=students[0].school_class, course=course, term=term, scale=scale, status=SheetStatus.LOCKED
    )
    column = AssessmentFactory(sheet=sheet)
    first = FIRST.get(course.code, Decimal(points) if points else ordinary(place))
    mark = {"special": first, "score": None} if isinstance(first, Special) else {"score": first}
    for student in students:
        MarkFactory(assessment=column, student=student, **mark)
        for kind, day, score in AGAIN.get(course.code, []):
            AttemptFactory(student=student, sheet=sheet, kind=kind, taken_on=day, score=Decimal(score))
