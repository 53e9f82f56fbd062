"""What may be decided about a difference, and what taking over writes."""

import pytest

from exchange.attachments.queries import attachments_of
from exchange.attachments.service import NotAcceptable as NoFile
from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.registry.events import RegistryEvent
from exchange.registry.models import Discrepancy
from exchange.registry.records import record_of
from exchange.registry.service import deciding
from exchange.registry.service.deciding import ProofMissing, ReasonMissing
from exchange.registry.service.writing import NotAcceptable
from exchange.registry.values import Decision, DiscrepancyStatus
from exchange.students.events import StudentEvent
from tests.factories.accounts import RegistrarFactory
from tests.factories.attachments import PDF
from tests.factories.registry import compared, complete_student, row_of


def line(student, **theirs):
    compared(row_of(student, **theirs))
    return database.session.query(Discrepancy).one()


def decide(each, decision, reason="", by=None, proofs=()):
    deciding.decide(each, decision, reason=reason, by=by, proofs=proofs)
    database.session.commit()


def test_taking_over_writes_the_record_and_two_lines(db):
    student, registrar = complete_student(), RegistrarFactory()
    each = line(student, 联系电话="13900003333")

    decide(each, Decision.TAKE_OVER, by=registrar)

    assert student.phone == "13900003333"
    assert timeline(student)[0].action == StudentEvent.CHANGED
    assert timeline(student)[0].changes["discrepancy"] == each.id
    assert timeline(each)[0].action == RegistryEvent.DISCREPANCY_DECIDED
    assert (each.status, each.decided_by) == (DiscrepancyStatus.WAITING, registrar)


@pytest.mark.parametrize(
    ("heading", "theirs"),
    [("姓名", "刀玉"), ("性别", "男"), ("出生日期", "20100507"), ("身份证件号", "999999201005063010")],
)
def test_key_data_needs_its_proof(db, heading, theirs):
    student = complete_student()
    compared(row_of(student, **{heading: theirs}) | {"学籍号": f"G{student.resident_id}"})
    each = database.session.query(Discrepancy).filter_by(heading=heading).one()

    with pytest.raises(ReasonMissing, match=heading):
        deciding.decide(each, Decision.TAKE_OVER, by=None)
    with pytest.raises(ProofMissing, match=heading):
        deciding.decide(each, Decision.TAKE_OVER, reason="户口簿变更页", by=None)
    assert attachments_of(each) == []


def test_name_is_taken_over_with_proof(db):
    student = complete_student(name="刀玉兰")
    each = line(student, 姓名="刀玉岚")

    decide(each, Decision.TAKE_OVER, reason="户口簿变更页，2026-10-12", proofs=[("户口簿.pdf", PDF)])

    assert [file.filename for file in attachments_of(each)] == ["户口簿.pdf"]
    assert (student.name, student.pinyin) == ("刀玉岚", "dao yu lan")
    assert timeline(student)[0].changes["proof"] == "户口簿变更页，2026-10-12"


def test_paper_that_was_kept_with_the_line_proves_it_later(db):
    student = complete_student(name="刀玉兰")
    each = line(student, 姓名="刀玉岚")
    decide(each, Decision.CORRECT_THERE, proofs=[("户口簿.pdf", PDF)])

    decide(each, Decision.TAKE_OVER, reason="户口簿变更页")

    assert student.name == "刀玉岚"


def test_what_is_no_paper_proves_nothing(db):
    student = complete_student(name="刀玉兰")
    each = line(student, 姓名="刀玉岚")

    with pytest.raises(NoFile, match="不是 PDF"):
        deciding.decide(each, Decision.TAKE_OVER, reason="户口簿变更页", proofs=[("a.pdf", b"x")], by=None)

    assert student.name == "刀玉兰"


def test_number_that_replaces_another_needs_a_reason_and_no_paper(db):
    student = complete_student(national_student_no="G999999201005063010")
    each = line(student, 学籍号=f"G{student.resident_id}")

    with pytest.raises(ReasonMissing):
        deciding.decide(each, Decision.TAKE_OVER, by=None)
    decide(each, Decision.TAKE_OVER, reason="全国系统已更正")

    assert student.national_student_no == f"G{student.resident_id}"


def test_wrong_value_of_the_registry_is_not_taken_over(db):
    student = complete_student()
    each = line(student, 政治面貌="少先队员")

    with pytest.raises(NotAcceptable, match="政治面貌"):
        deciding.decide(each, Decision.TAKE_OVER, by=None)


@pytest.mark.parametrize("heading", ["班级名称", "学号"])
def test_what_orders_change_is_not_taken_over(db, heading):
    student = complete_student()
    each = line(student, **{heading: "别的"})

    with pytest.raises(NotPossible, match=heading):
        deciding.decide(each, Decision.TAKE_OVER, reason="全国系统这样写", by=None)


def test_number_is_taken_over(db):
    student = complete_student()
    each = line(student, 学籍号=f"G{student.resident_id}")

    decide(each, Decision.TAKE_OVER)

    assert student.national_student_no == f"G{student.resident_id}"


@pytest.mark.parametrize("number", ["G999999201005063010", "12345"])
def test_doubtful_number_needs_a_reason(db, number):
    student = complete_student()
    each = line(student, 学籍号=number)

    with pytest.raises(ReasonMissing):
        deciding.decide(each, Decision.TAKE_OVER, by=None)
    decide(each, Decision.TAKE_OVER, reason="全国系统截图")

    assert student.national_student_no == number


def test_leaving_alone_needs_a_reason(db):
    each = line(complete_student(), 联系电话="13900003333")

    with pytest.raises(ReasonMissing):
        deciding.decide(each, Decision.IGNORE, reason=" ", by=None)


def test_correcting_there_changes_nothing_here(db):
    student = complete_student()
    each = line(student, 联系电话="13900003333")
    before = record_of(student)

    decide(each, Decision.CORRECT_THERE)

    assert record_of(student) == before


def test_what_is_gone_is_not_decided(db):
    student = complete_student()
    each = line(student, 联系电话="13900003333")
    compared(row_of(student))

    with pytest.raises(NotPossible):
        deciding.decide(each, Decision.CORRECT_THERE, by=None)


def test_several_at_once_leave_out_what_needs_a_look(db):
    student, registrar = complete_student(name="刀玉兰"), RegistrarFactory()
    compared(row_of(student, 姓名="刀玉岚", 联系电话="13900003333", 政治面貌="少先队员"))

    decided = deciding.decide_all(database.session.query(Discrepancy), Decision.TAKE_OVER, by=registrar)
    database.session.commit()

    assert decided.done == 1
    assert len(decided.refusals) == 2
    assert (student.name, student.phone) == ("刀玉兰", "13900003333")
    assert sorted(each.status for each in database.session.query(Discrepancy)) == ["open", "open", "waiting"]
