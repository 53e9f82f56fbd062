import pytest

from exchange.conduct.models import ConductAssessment, Grade
from exchange.core.database import db as database
from exchange.core.database import now
from tests.factories.accounts import (
    GuardianUserFactory,
    HomeroomTeacherFactory,
    PrincipalFactory,
    StudentUserFactory,
    SubjectTeacherFactory,
)
from tests.factories.conduct import ConductAssessmentFactory
from tests.factories.programmes import SchoolClassFactory, TermFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory, StudentFactory


@pytest.fixture
def teacher(db):
    return HomeroomTeacherFactory(name="杨老师")


@pytest.fixture
def student(teacher):
    user = StudentUserFactory()
    return StudentFactory(name="岩温罕", school_class=SchoolClassFactory(homeroom_teacher=teacher), user=user)


@pytest.fixture
def term(db):
    return TermFactory()


def address(term, student):
    return f"/conduct/terms/{term.id}/classes/{student.school_class_id}"


def only():
    database.session.expire_all()
    return database.session.query(ConductAssessment).one()


def test_teacher_assesses_the_own_class_and_releases_it(sign_in, teacher, student, term):
    browser = sign_in(teacher)
    page = browser.get(address(term, student))
    assert "还有 1 人没有评定" in page

    fields = {f"grade_{student.id}": "good", f"comment_{student.id}": "爱劳动。", f"version_{student.id}": "0"}
    browser.post(address(term, student), **fields)
    assert (only().grade, only().comment) == (Grade.GOOD, "爱劳动。")

    browser.post(f"{address(term, student)}/release")
    assert only().released_at is not None


def test_doubt_is_shown_beside_the_student_with_what_was_typed(sign_in, teacher, student, term):
    StudentFactory(name="玉喃香", school_class=student.school_class)
    browser = sign_in(teacher)

    fields = {f"grade_{student.id}": "good", f"comment_{student.id}": "玉喃香爱劳动。", f"version_{student.id}": "0"}
    page = browser.post(address(term, student), expect=200, **fields)

    assert "写的是“玉喃香”，不是“岩温罕”" in page
    assert "玉喃香爱劳动。</textarea>" in page
    browser.post(address(term, student), **fields, **{f"confirmed_{student.id}": "y"})
    assert only().comment == "玉喃香爱劳动。"


def test_comment_without_a_grade_is_not_lost(sign_in, teacher, student, term):
    fields = {f"comment_{student.id}": "爱劳动。", f"version_{student.id}": "0"}

    page = sign_in(teacher).post(address(term, student), expect=422, **fields)

    assert "写了评语，还没有选等第" in page
    assert "爱劳动。</textarea>" in page
    assert database.session.query(ConductAssessment).count() == 0


def test_principal_reads_and_writes_nothing(sign_in, student, term):
    ConductAssessmentFactory(student=student, term=term, comment="爱劳动。")
    browser = sign_in(PrincipalFactory())

    assert "爱劳动。" in browser.get(address(term, student))
    browser.post(address(term, student), expect=404, **{f"grade_{student.id}": "fail"})
    assert only().grade == Grade.GOOD


def test_teachers_of_other_classes_see_nothing(sign_in, student, term):
    other = sign_in(HomeroomTeacherFactory())

    other.get(address(term, student), expect=404)
    other.get(f"/students/{student.id}/conduct", expect=404)
    sign_in(SubjectTeacherFactory()).get(f"/students/{student.id}/conduct", expect=403)
    assert student.school_class.name not in other.get("/conduct")


def test_family_reads_what_is_released(sign_in, student, term):
    guardian = GuardianUserFactory()
    GuardianshipFactory(student=student, guardian=GuardianFactory(user=guardian))
    assessment = ConductAssessmentFactory(student=student, term=term, comment="爱劳动。")
    families = [sign_in(student.user), sign_in(guardian)]

    for browser in families:
        assert "爱劳动。" not in browser.get(f"/students/{student.id}/conduct")
    assessment.released_at = now()
    database.session.commit()
    for browser in families:
        assert "爱劳动。" in browser.get(f"/students/{student.id}/conduct")


def test_family_finds_conduct_beside_the_marks(sign_in, student):
    page = sign_in(student.user).get(f"/coursework/transcripts/{student.id}")

    assert f'<a href="/students/{student.id}/conduct">操行</a>' in page


def test_family_of_somebody_else_reads_nothing(sign_in, student, term):
    ConductAssessmentFactory(student=student, term=term, released_at=now())

    sign_in(StudentUserFactory()).get(f"/students/{student.id}/conduct", expect=404)


def test_list_says_how_far_each_class_is(sign_in, teacher, student, term):
    ConductAssessmentFactory(student=student, term=term)

    page = sign_in(teacher).get("/conduct")

    assert "可以公布" in page
    assert student.school_class.name in page
