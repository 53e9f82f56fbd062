"""What a sheet says of the guardians of somebody who is known: who is meant, who stays, and who is told."""

from datetime import date

import pytest
import time_machine

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.encryption import blind_index
from exchange.core.errors import NotPossible
from exchange.students import policy
from exchange.students.members import meant_by, merged_members
from exchange.students.models import ConsentAnswer, ConsentChannel, ConsentKind, ConsentRecord, Guardian
from exchange.students.values import GUARDIAN_ID
from tests.factories.accounts import GuardianUserFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory, StudentFactory
from tests.students.test_importer import CLASS, commit, known_student, sheet, students, undo

MOTHER = {"name": "板相", "relation": "母亲", "phone": "13800000003"}
NUMBER = "999999198001011022"
HEAD = "姓名,身份证号,母亲姓名,母亲电话"
LINE = "刀玉兰,999999201105161011"


@pytest.fixture
def student(db):
    return known_student(SchoolClassFactory(name=CLASS, number=7))


def mother(student, **values):
    bond = GuardianshipFactory(student=student, guardian=GuardianFactory(**{"name": "刀岩", **values}))
    database.session.commit()
    return bond


def answer(bond):
    values = {"kind": ConsentKind.GUARDIAN_AFTER_18, "text_version": 1, "answer": ConsentAnswer.GIVEN}
    told = {"answered_on": date(2026, 9, 10), "channel": ConsentChannel.ACCOUNT, "witness": ""}
    given = ConsentRecord(student=bond.student, guardian_id=bond.guardian_id, given_by="刀岩", **values, **told)
    database.session.add(given)
    database.session.commit()
    return given.id


def bonds():
    return [(each.guardian.name, each.guardian.phone, each.until is None) for each in students()[0].guardianships]


@pytest.mark.parametrize(
    ("known", "member", "meant"),
    [
        ({"name": "岩一", "resident_id": NUMBER}, {"name": "岩依", "resident_id": NUMBER}, True),
        (MOTHER, {**MOTHER, "name": "板香"}, True),
        (MOTHER, {"name": "板香", "phone": MOTHER["phone"]}, True),
        (MOTHER, {**MOTHER, "name": "刀岩", "relation": "父亲"}, False),
        ({**MOTHER, "resident_id": "1"}, {**MOTHER, "name": "板香", "resident_id": "2"}, False),
        (MOTHER, {"name": "板相", "phone": "13900000000"}, True),
        (MOTHER, {"name": "板香", "relation": "母亲"}, False),
        ({"name": "板相"}, {"name": "板香"}, False),
    ],
)
def test_who_is_meant(known, member, meant):
    assert meant_by([member], [known]) == [0 if meant else None]


def test_a_sheet_that_names_the_mother_says_nothing_of_the_father():
    father = {"name": "刀岩", "relation": "父亲"}

    assert merged_members([father], [MOTHER]) == [father, MOTHER]
    assert merged_members([father, MOTHER], [{**MOTHER, "phone": "1"}]) == [father, {**MOTHER, "phone": "1"}]


def test_whoever_is_named_as_mother_takes_the_place_of_the_mother():
    assert merged_members([{"name": "刀岩", "relation": "母亲"}], [MOTHER]) == [MOTHER]


def test_another_spelling_keeps_the_person_with_the_account(student):
    user = GuardianUserFactory()
    bond = mother(student, name="板香", phone="13800000003", user=user)

    commit(sheet(f"{HEAD}\n{LINE},板相,13800000003"))

    assert bonds() == [("板相", "13800000003", True)]
    assert [each.guardian_id for each in students()[0].guardianships] == [bond.guardian_id]
    assert list(database.session.scalars(policy.children_of(user))) == [student.id]


def test_who_has_given_an_answer_is_ended_and_not_deleted(student):
    bond = mother(student)
    given, person = answer(bond), bond.guardian_id

    commit(sheet(f"{HEAD}\n{LINE},板相,13800000003"))

    assert bonds() == [("刀岩", None, False), ("板相", "13800000003", True)]
    assert database.session.get(ConsentRecord, given).guardian_id == person
    assert "student.guardian_ended" in [event.action for event in timeline(students()[0])]


def test_who_has_left_no_trace_is_replaced(student):
    person = mother(student).guardian_id

    commit(sheet(f"{HEAD}\n{LINE},板相,13800000003"))

    assert bonds() == [("板相", "13800000003", True)]
    assert database.session.get(Guardian, person) is None


def test_undo_names_the_guardian_on_whom_an_answer_hangs(student):
    import_ = sheet(f"{HEAD}\n{LINE},板相,13800000003")
    commit(import_)
    given = answer(students()[0].guardianships[0])

    with pytest.raises(NotPossible, match="板相（同意书）"):
        undo(import_)
    database.session.rollback()

    assert database.session.get(ConsentRecord, given).guardian_id is not None


def test_undo_names_the_guardian_who_has_an_account(db):
    SchoolClassFactory(name=CLASS, number=7)
    import_ = sheet(f"{HEAD}\n{LINE},板相,13800000003")
    commit(import_)
    students()[0].guardianships[0].guardian.user = GuardianUserFactory()
    database.session.commit()

    with pytest.raises(NotPossible, match="板相（账号）"):
        undo(import_)


def test_undo_takes_back_a_guardian_on_whom_nothing_hangs(student):
    import_ = sheet(f"{HEAD}\n{LINE},板相,13800000003")
    commit(import_)

    undo(import_)

    assert bonds() == []


def test_who_is_known_by_number_is_one_person_and_the_sibling_has_a_line(student):
    index = blind_index(NUMBER, GUARDIAN_ID)
    known = GuardianFactory(name="板相", phone="13800000001", resident_id=NUMBER, resident_id_index=index)
    sibling = StudentFactory()
    GuardianshipFactory(student=sibling, guardian=known)
    database.session.commit()

    import_ = sheet(f"{HEAD},母亲身份证号\n{LINE},板相,13800000003,{NUMBER}")
    commit(import_)

    assert [each.guardian_id for each in student.guardianships] == [known.id]
    assert known.phone == "13800000003"
    (line,) = [event for event in timeline(sibling) if event.action == "student.guardian_changed"]
    assert line.changes["changed"] == ["phone"]


@time_machine.travel("2026-11-01", tick=False)
def test_a_former_guardian_comes_back_as_the_same_person(student):
    bond = mother(student, name="板相", phone="13800000003")
    bond.until = date(2026, 10, 1)
    database.session.commit()

    commit(sheet(f"{HEAD}\n{LINE},板相,13800000003"))

    assert bonds() == [("板相", "13800000003", True)]
    assert [each.guardian_id for each in students()[0].guardianships] == [bond.guardian_id]
