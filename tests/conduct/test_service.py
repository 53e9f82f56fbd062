from datetime import date

import pytest

from exchange.audit.models import AuditEvent
from exchange.conduct import queries, service
from exchange.conduct.models import ConductAssessment, Grade
from exchange.conduct.service import Entry
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.students.models import StudentStatus
from tests.factories.accounts import HomeroomTeacherFactory
from tests.factories.conduct import ConductAssessmentFactory
from tests.factories.programmes import SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory


@pytest.fixture
def teacher(db):
    return HomeroomTeacherFactory(name="杨老师")


@pytest.fixture
def school_class(teacher):
    return SchoolClassFactory(homeroom_teacher=teacher)


@pytest.fixture
def term(db):
    return TermFactory()


@pytest.fixture
def student(school_class):
    return StudentFactory(name="岩温罕", school_class=school_class)


def events():
    return [event.action for event in database.session.query(AuditEvent).order_by(AuditEvent.id)]


def only():
    return database.session.query(ConductAssessment).one()


def test_first_assessment_is_written_with_its_author(school_class, term, student, teacher):
    outcome = service.assess(school_class, term, [Entry(student, Grade.GOOD, " 爱劳动。 ")], by=teacher)
    database.session.commit()

    assert outcome == (1, {})
    assert (only().grade, only().comment, only().version, only().assessed_by) == (Grade.GOOD, "爱劳动。", 1, teacher)
    assert events() == ["conduct.assessed"]


def test_doubtful_comment_waits_for_confirmation_and_the_others_are_kept(school_class, term, student, teacher):
    other = StudentFactory(name="玉喃香", school_class=school_class)
    rows = [Entry(student, Grade.GOOD, "玉喃香爱劳动。"), Entry(other, Grade.PASS)]

    outcome = service.assess(school_class, term, rows, by=teacher)

    assert outcome == (1, {student.id: ["写的是“玉喃香”，不是“岩温罕”。"]})
    assert only().student == other

    confirmed = [Entry(student, Grade.GOOD, "玉喃香爱劳动。", confirmed=True)]
    assert service.assess(school_class, term, confirmed, by=teacher) == (1, {})
    database.session.commit()


def test_row_that_somebody_else_changed_is_not_overwritten(school_class, term, student, teacher):
    stored = ConductAssessmentFactory(student=student, term=term, version=2, assessed_by=teacher)

    outcome = service.assess(school_class, term, [Entry(student, Grade.FAIL, version=1)], by=teacher)

    assert outcome == (
        0,
        {student.id: ["杨老师刚才评了“良好”：守纪律，上课认真。 要用这里写的，再保存一次。"]},
    )
    assert stored.grade == Grade.GOOD


def test_same_content_twice_changes_nothing(school_class, term, student, teacher):
    rows = [Entry(student, Grade.GOOD, "爱劳动。")]
    service.assess(school_class, term, rows, by=teacher)

    assert service.assess(school_class, term, rows, by=teacher) == (0, {})
    database.session.commit()
    assert only().version == 1


def test_release_needs_everybody(school_class, term, student, teacher):
    StudentFactory(name="玉喃香", school_class=school_class)
    service.assess(school_class, term, [Entry(student, Grade.GOOD)], by=teacher)

    with pytest.raises(NotPossible, match="还有 1 名学生没有评定：玉喃香"):
        service.release(school_class, term, by=teacher)
    database.session.rollback()


def test_who_has_left_or_came_later_is_not_waited_for(school_class, term, student, teacher):
    StudentFactory(school_class=school_class, status=StudentStatus.WITHDRAWN)
    StudentFactory(school_class=school_class, enrolled_on=date(2027, 2, 22))
    service.assess(school_class, term, [Entry(student, Grade.GOOD)], by=teacher)

    assert service.release(school_class, term, by=teacher) == 1
    database.session.commit()
    assert events() == ["conduct.assessed", "conduct.released"]


def test_after_release_a_change_needs_a_reason(school_class, term, student, teacher):
    service.assess(school_class, term, [Entry(student, Grade.GOOD)], by=teacher)
    service.release(school_class, term, by=teacher)

    refused = service.assess(school_class, term, [Entry(student, Grade.PASS, version=1)], by=teacher)
    accepted = service.assess(school_class, term, [Entry(student, Grade.PASS, version=1, reason="登错了")], by=teacher)
    database.session.commit()

    assert refused == (0, {student.id: ["已经公布了，修改要写理由。"]})
    assert (accepted.written, only().version) == (1, 2)
    last = database.session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
    assert (last.action, last.reason, last.changes["grade"]) == ("conduct.changed", "登错了", ["good", "pass"])


def test_released_twice_is_said(school_class, term, student, teacher):
    service.assess(school_class, term, [Entry(student, Grade.GOOD)], by=teacher)
    service.release(school_class, term, by=teacher)

    with pytest.raises(NotPossible, match="都已经公布了"):
        service.release(school_class, term, by=teacher)
    database.session.commit()


def test_student_of_another_class_is_refused(school_class, term, teacher):
    stranger = StudentFactory()

    outcome = service.assess(school_class, term, [Entry(stranger, Grade.GOOD)], by=teacher)

    assert outcome == (0, {stranger.id: ["这名学生这学期不在这个班。"]})


def test_terms_of_a_student_come_in_order(school_class, student):
    terms = [TermFactory(school_year=year, number=number) for year, number in ((2026, 1), (2025, 2), (2025, 1))]
    for each in terms:
        ConductAssessmentFactory(student=student, term=each)

    found = queries.by_student([student.id])[student.id]

    assert [each.term for each in found] == terms[::-1]
