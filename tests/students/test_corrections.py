"""Asking for a correction and deciding on it: once per field, key data by proof, both answers reach the asker."""

from datetime import date

import pytest
from sqlalchemy import select

from exchange.attachments.queries import attachments_of
from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.core.workflow import InvalidTransition
from exchange.students import queries, service
from exchange.students.models import Correction, CorrectionField, CorrectionStatus, Sex, Student
from exchange.students.queries import corrections as requests
from tests.factories.accounts import GuardianUserFactory, RegistrarFactory, StudentUserFactory
from tests.factories.attachments import PDF
from tests.factories.students import (
    CorrectionFactory,
    GuardianFactory,
    GuardianshipFactory,
    StudentFactory,
    resident_id,
)

Field = CorrectionField
PROOF = [service.File("户口簿.pdf", PDF)]


@pytest.fixture
def student(db):
    """Born as the resident ID says."""
    born = date(2010, 5, 6)
    return StudentFactory(birth_date=born, resident_id=resident_id(11, born), phone="13800000001", name="刀玉兰")


def ask(student, field, new_value, **values):
    return service.ask(
        student, field=field, new_value=new_value, reason="写错了", **{"by": StudentUserFactory(), **values}
    )


def test_request_keeps_old_and_new_and_changes_nothing(student):
    correction = ask(student, Field.PHONE, " 13800000002 ")

    assert (correction.old_value, correction.new_value) == ("13800000001", "13800000002")
    assert student.phone == "13800000001"
    assert timeline(student)[0].action == "student.correction_asked"


def test_approval_writes_the_record_and_says_so(student):
    correction, registrar = ask(student, Field.PHONE, "13800000002"), RegistrarFactory()

    service.approve(correction, by=registrar)

    assert student.phone == "13800000002"
    assert (correction.status, correction.decided_by_id) == (CorrectionStatus.APPROVED, registrar.id)
    assert timeline(student)[0].changes == {"changes": {"phone": ["13800000001", "13800000002"]}}
    assert timeline(correction)[0].action == "correction.approved"


def test_refusal_needs_a_reason_that_the_asker_reads(student):
    correction = ask(student, Field.PHONE, "13800000002")
    with pytest.raises(NotPossible):
        service.refuse(correction, reason=" ", by=RegistrarFactory())

    service.refuse(correction, reason="号码打不通", by=RegistrarFactory())

    assert student.phone == "13800000001"
    assert correction.refusal == "号码打不通"


def test_the_same_field_waits_once(student):
    first = ask(student, Field.PHONE, "13800000002")

    with pytest.raises(service.AlreadyAsked, match="联系电话"):
        ask(student, Field.PHONE, "13800000003")

    ask(student, Field.ADDRESS, "勐戛镇芒蚌寨一号")
    service.withdraw_request(first, by=StudentUserFactory())
    assert ask(student, Field.PHONE, "13800000003").status is CorrectionStatus.PENDING


def test_phones_of_two_guardians_are_two_fields(student):
    mother, father = (GuardianshipFactory(student=student, guardian=GuardianFactory()).guardian for _ in range(2))

    ask(student, Field.GUARDIAN_PHONE, "13800000004", guardian=mother)
    correction = ask(student, Field.GUARDIAN_PHONE, "13800000005", guardian=father)
    service.approve(correction, by=RegistrarFactory())

    assert (mother.phone, father.phone) == (None, "13800000005")


@pytest.mark.parametrize(
    ("field", "value"),
    [(Field.NAME, "刀玉香"), (Field.RESIDENT_ID, resident_id(12, date(2010, 5, 7)))],
)
def test_key_data_needs_proof_and_the_article_is_named(student, field, value):
    with pytest.raises(service.ProofMissing, match="第二十四条"):
        ask(student, field, value)

    correction = ask(student, field, value, proofs=PROOF)

    assert [each.filename for each in attachments_of(correction)] == ["户口簿.pdf"]


def test_other_fields_need_no_proof(student):
    assert attachments_of(ask(student, Field.ADDRESS, "勐戛镇芒蚌寨一号")) == []


def test_corrected_name_is_found_and_read(student):
    service.approve(ask(student, Field.NAME, "艾•岩温", proofs=PROOF), by=RegistrarFactory())

    assert (student.name, student.pinyin, student.initials) == ("艾·岩温", "ai yan wen", "ayw")
    found = database.session.scalars(queries.listed(select(Student), q="岩温"))
    assert list(found) == [student]


def test_corrected_number_brings_birth_date_and_sex_and_another_day_of_majority(student):
    bond = GuardianshipFactory(student=student, authority_ended_on=date(2026, 1, 1))
    number = resident_id(13, date(2010, 8, 9), Sex.MALE)

    service.approve(ask(student, Field.RESIDENT_ID, number, proofs=PROOF), by=RegistrarFactory())

    assert (student.resident_id, student.birth_date, student.sex) == (number, date(2010, 8, 9), Sex.MALE)
    assert bond.authority_ended_on is None
    assert not queries.bears_number(number, beside=student)
    assert queries.bears_number(number, beside=StudentFactory())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field.PHONE, "电话"),
        (Field.PHONE, "13800000001"),
        (Field.ADDRESS, "寨"),
        (Field.NAME, "刀1"),
        (Field.SEX, "x"),
        (Field.SEX, "男"),
        (Field.BIRTH_DATE, "五月六日"),
        (Field.BIRTH_DATE, "2010-05-07"),
        (Field.RESIDENT_ID, "999999201005060000"),
    ],
)
def test_value_that_cannot_be_is_refused(student, field, value):
    with pytest.raises((service.InvalidValue, service.InvalidContact)):
        ask(student, field, value, proofs=PROOF)


def test_number_of_another_student_is_refused(student):
    other = StudentFactory()

    with pytest.raises(service.InvalidValue, match="别的学生"):
        ask(student, Field.RESIDENT_ID, other.resident_id, proofs=PROOF)


def test_record_that_has_moved_on_is_not_overwritten(student):
    correction = ask(student, Field.PHONE, "13800000002")
    service.change_details(student, phone="13800000009", by=None)

    with pytest.raises(NotPossible, match="已经改过"):
        service.approve(correction, by=RegistrarFactory())

    assert student.phone == "13800000009"


@pytest.mark.parametrize("step", ["approve", "refuse", "withdraw_request"])
def test_decided_request_is_decided_once(student, step):
    correction = ask(student, Field.PHONE, "13800000002")
    service.approve(correction, by=RegistrarFactory())
    reason = {"reason": "再想想"} if step == "refuse" else {}

    with pytest.raises(InvalidTransition):
        getattr(service, step)(correction, by=RegistrarFactory(), **reason)


def test_filing_of_key_data_is_recorded_with_the_approval_or_later(student):
    registrar = RegistrarFactory()
    late = ask(student, Field.NAME, "刀玉香", proofs=PROOF)
    service.approve(late, by=registrar)
    assert late.awaits_filing

    service.file(late, filed_on=date(2026, 11, 3), by=registrar)

    assert (late.filed_on, late.awaits_filing) == (date(2026, 11, 3), False)
    with pytest.raises(NotPossible):
        service.file(late, filed_on=date(2026, 11, 3), by=registrar)
    at_once = ask(student, Field.NAME, "刀玉兰", proofs=PROOF)
    service.approve(at_once, filed_on=date(2026, 11, 4), by=registrar)
    assert at_once.filed_on == date(2026, 11, 4)


def test_filing_is_not_asked_of_other_fields_and_not_of_tomorrow(student):
    registrar = RegistrarFactory()
    phone = ask(student, Field.PHONE, "13800000002")
    service.approve(phone, filed_on=date(2026, 11, 3), by=registrar)
    assert phone.filed_on is None

    name = ask(student, Field.NAME, "刀玉香", proofs=PROOF)
    with pytest.raises(NotPossible):
        service.approve(name, filed_on=date(2999, 1, 1), by=registrar)


def test_homes_show_what_waits_and_the_answer_until_it_was_read(app, student):
    registrar, guardian = RegistrarFactory(), GuardianUserFactory()
    correction = ask(student, Field.NAME, "刀玉香", proofs=PROOF, by=guardian)
    with app.test_request_context():
        assert [str(row[0]) for row in queries.waiting_for(registrar)] == ["处理 1 件更正申请"]
        service.approve(correction, by=registrar)
        assert [str(row[0]) for row in queries.waiting_for(registrar)] == ["1 件关键信息更正还没有报备"]
        assert [str(row[0]) for row in queries.waiting_for(guardian)] == ["更正申请有答复：姓名"]

        service.mark_seen([correction.id], by_id=guardian.id)

        assert queries.waiting_for(guardian) == []


def test_queue_shows_what_waits_what_is_unfiled_and_all(student):
    pending = CorrectionFactory()
    unfiled = CorrectionFactory(field=Field.NAME, status=CorrectionStatus.APPROVED)
    done = CorrectionFactory(status=CorrectionStatus.REFUSED)

    def shown(show):
        return list(database.session.scalars(requests.listed(select(Correction), show)).unique())

    assert shown("") == [pending]
    assert shown("unfiled") == [unfiled]
    assert shown("all") == [done, unfiled, pending]
