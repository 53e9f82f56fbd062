"""Guardians as people of their own: known ones are offered, never merged; authority ends at 18."""

from datetime import date

import pytest
import time_machine

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.coursework.policy import is_family
from exchange.jobs import service as jobs
from exchange.placements import policy as placements
from exchange.students import policy, queries, service
from exchange.students.models import ConsentAnswer, ConsentKind, Guardian, Guardianship
from tests.factories import accounts
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import (
    ConsentRecordFactory,
    ContactFactory,
    GuardianFactory,
    GuardianshipFactory,
    StudentFactory,
    resident_id,
)

ADULT = date(2008, 11, 25)
MOTHER = resident_id(7, date(1985, 3, 4))
VALUES = {"name": "刀文忠", "relation": "父亲", "phone": "13800000001", "language": "傣语", "reads_mandarin": False}


def on(day):
    return time_machine.travel(f"{day}T08:00:00+08:00", tick=False)


def children(user):
    return set(database.session.scalars(policy.children_of(user)))


def test_new_guardian_is_a_person_with_a_relation(db):
    student = StudentFactory()

    bond = service.add_guardian(student, by=None, is_legal_guardian=True, may_sign=False, call_order=2, **VALUES)

    assert (bond.guardian.name, bond.guardian.language, bond.guardian.reads_mandarin) == ("刀文忠", "傣语", False)
    assert (bond.relation, bond.may_sign, bond.call_order) == ("父亲", False, 2)
    assert timeline(student)[0].action == "student.guardian_added"


@pytest.mark.parametrize(
    ("same", "is_certain"),
    [({"resident_id": MOTHER, "phone": "13800000002"}, True), ({"phone": "13800000001"}, False)],
)
def test_known_person_is_offered_and_not_made_twice(db, same, is_certain):
    first = StudentFactory()
    service.add_guardian(first, by=None, **VALUES | {"resident_id": MOTHER})

    with pytest.raises(service.GuardianKnown) as known:
        service.add_guardian(StudentFactory(), by=None, **VALUES | same)

    assert [each.name for each in known.value.people] == ["刀文忠"]
    assert known.value.is_certain is is_certain
    assert queries.wards_of(known.value.people) == {known.value.people[0].id: [first.name]}


def test_known_person_is_linked_and_makes_siblings(db):
    elder, younger = StudentFactory(), StudentFactory()
    StudentFactory()
    person = service.add_guardian(elder, by=None, **VALUES).guardian

    bond = service.add_guardian(younger, by=None, same_as=str(person.id), **VALUES | {"relation": "叔父"})

    assert (bond.guardian, bond.relation) == (person, "叔父")
    assert database.session.query(Guardian).count() == 1
    everybody = policy.visible_to(accounts.RegistrarFactory())
    assert queries.siblings_of(elder, everybody) == [younger]
    assert timeline(younger)[0].action == "student.guardian_linked"


def test_another_person_of_the_same_name_and_phone_can_be_entered_knowingly(db):
    service.add_guardian(StudentFactory(), by=None, **VALUES)

    service.add_guardian(StudentFactory(), by=None, same_as="new", **VALUES)

    assert database.session.query(Guardian).count() == 2


def test_the_same_resident_id_is_never_a_second_person(db):
    service.add_guardian(StudentFactory(), by=None, **VALUES | {"resident_id": MOTHER})

    with pytest.raises(service.GuardianKnown):
        service.add_guardian(StudentFactory(), by=None, same_as="new", **VALUES | {"resident_id": MOTHER})


def test_somebody_of_the_same_name_with_another_phone_is_not_offered(db):
    service.add_guardian(StudentFactory(), by=None, **VALUES)

    service.add_guardian(StudentFactory(), by=None, **VALUES | {"phone": "13800000003"})

    assert database.session.query(Guardian).count() == 2


def test_guardian_is_linked_once(db):
    student = StudentFactory()
    bond = service.add_guardian(student, by=None, **VALUES)

    with pytest.raises(NotPossible):
        service.add_guardian(student, by=None, same_as=str(bond.guardian_id), **VALUES)


@pytest.mark.parametrize("wrong", [{"phone": "电话"}, {"resident_id": "123"}, {"resident_id": resident_id(1)}])
def test_what_cannot_be_a_guardian_is_refused(db, wrong):
    with pytest.raises(service.InvalidContact):
        service.add_guardian(StudentFactory(), by=None, **VALUES | wrong)


def test_village_committee_makes_no_siblings(db):
    committee = GuardianFactory()
    one = GuardianshipFactory(guardian=committee, relation="村委会").student
    GuardianshipFactory(guardian=committee, relation="村委会")

    assert queries.siblings_of(one, policy.visible_to(accounts.RegistrarFactory())) == []


def test_siblings_outside_of_the_scope_are_not_shown(db):
    teacher = accounts.HomeroomTeacherFactory()
    bond = GuardianshipFactory(student=StudentFactory(school_class=SchoolClassFactory(homeroom_teacher=teacher)))
    GuardianshipFactory(guardian=bond.guardian)

    assert queries.siblings_of(bond.student, policy.visible_to(teacher)) == []


def test_change_of_a_person_leaves_a_line_with_every_child(db):
    bond = GuardianshipFactory(guardian=GuardianFactory(phone="13800000001"))
    sibling = GuardianshipFactory(guardian=bond.guardian).student

    service.change_contact_data(bond, by=None, phone="13800000002", language="汉语", relation="父亲")

    assert (bond.guardian.phone, bond.guardian.language, bond.relation) == ("13800000002", "汉语", "母亲")
    assert timeline(bond.student)[0].changes["changes"]["phone"] == ["13800000001", "13800000002"]
    assert timeline(sibling)[0].action == "student.guardian_changed"


def test_resident_id_of_another_guardian_is_refused(db):
    service.add_guardian(StudentFactory(), by=None, **VALUES | {"resident_id": MOTHER})
    bond = GuardianshipFactory()

    with pytest.raises(NotPossible, match="刀文忠"):
        service.change_guardianship(bond, by=None, resident_id=MOTHER)


def test_ended_guardianship_stays_and_gives_no_sight(db):
    user = accounts.GuardianUserFactory()
    bond = GuardianshipFactory(guardian=GuardianFactory(user=user))
    with on("2026-11-25"):
        service.end_guardianship(bond, until=date(2026, 11, 25), reason="监护人变更", by=None)

        assert children(user) == set()
        assert not bond.has_authority(date(2026, 11, 25))
        assert bond.has_authority(date(2026, 11, 24))
    with on("2026-11-24"):
        assert children(user) == {bond.student_id}
    assert timeline(bond.student)[0].reason == "监护人变更"


@pytest.mark.parametrize(("begins_on", "until"), [(None, date(2026, 11, 26)), (date(2026, 11, 20), date(2026, 11, 19))])
def test_end_lies_between_the_beginning_and_today(db, begins_on, until):
    bond = GuardianshipFactory(begins_on=begins_on)

    with on("2026-11-25"), pytest.raises(NotPossible):
        service.end_guardianship(bond, until=until, reason="监护人变更", by=None)


@pytest.mark.parametrize(
    ("born", "day", "authority"),
    [
        (ADULT, date(2026, 11, 24), True),
        (ADULT, date(2026, 11, 25), False),
        (date(2008, 2, 29), date(2026, 2, 28), True),
        (date(2008, 2, 29), date(2026, 3, 1), False),
    ],
)
def test_sight_and_authority_end_on_the_18th_birthday(db, born, day, authority):
    user = accounts.GuardianUserFactory()
    bond = GuardianshipFactory(student=StudentFactory(birth_date=born), guardian=GuardianFactory(user=user))
    placement = PlacementFactory(student=bond.student)

    with on(day):
        assert bond.has_authority(day) is authority
        assert (children(user) == {bond.student_id}) is authority
        assert is_family(user, bond.student) is authority
        assert (set(database.session.scalars(placements.own(user))) == {placement}) is authority
        assert (set(database.session.scalars(policy.visible_to(user))) == {bond.student}) is authority


def test_adult_may_let_the_guardian_go_on_looking_and_take_it_back(db):
    user = accounts.GuardianUserFactory()
    bond = GuardianshipFactory(student=StudentFactory(birth_date=ADULT), guardian=GuardianFactory(user=user))
    StudentFactory(birth_date=ADULT)

    with on("2026-11-25"):
        consent = ConsentRecordFactory(student=bond.student, kind=ConsentKind.GUARDIAN_AFTER_18)
        assert children(user) == {bond.student_id}
        service.withdraw(consent, withdrawn_by=bond.student.name, by=user)
        database.session.flush()
        assert children(user) == set()
        assert not bond.has_authority(date(2026, 11, 25))


def test_adult_who_says_no_later_closes_the_record_to_the_guardian(db):
    user = accounts.GuardianUserFactory()
    bond = GuardianshipFactory(student=StudentFactory(birth_date=ADULT), guardian=GuardianFactory(user=user))

    with on("2026-11-25"):
        ConsentRecordFactory(student=bond.student, kind=ConsentKind.GUARDIAN_AFTER_18)
        ConsentRecordFactory(student=bond.student, kind=ConsentKind.GUARDIAN_AFTER_18, answer=ConsentAnswer.REFUSED)

        assert children(user) == set()


def test_guardianship_of_a_later_day_is_refused(db):
    student = StudentFactory()

    with on("2026-11-25"), pytest.raises(NotPossible, match="还没有到"):
        service.add_guardian(student, by=None, **VALUES, begins_on=date(2026, 11, 26))


def test_consent_of_one_adult_opens_nobody_else(db):
    user = accounts.GuardianUserFactory()
    guardian = GuardianFactory(user=user)
    silent = GuardianshipFactory(student=StudentFactory(birth_date=ADULT), guardian=guardian)
    agreed = GuardianshipFactory(student=StudentFactory(birth_date=ADULT), guardian=guardian)

    with on("2026-11-25"):
        ConsentRecordFactory(student=agreed.student, kind=ConsentKind.GUARDIAN_AFTER_18)
        ConsentRecordFactory(student=silent.student, kind=ConsentKind.PUBLICITY)

        assert children(user) == {agreed.student_id}


def test_daily_job_notes_the_end_once_and_not_before_its_day(db):
    bond = GuardianshipFactory(student=StudentFactory(birth_date=ADULT))
    GuardianshipFactory()

    assert service.note_majority(on=date(2026, 11, 24)) == 0
    assert service.note_majority(on=date(2026, 11, 25)) == 1
    assert service.note_majority(on=date(2026, 11, 26)) == 0

    assert database.session.get(Guardianship, bond.id).authority_ended_on == date(2026, 11, 25)
    assert [str(line.label) for line in timeline(bond.student)] == ["监护关系终止：学生已成年"]


def test_worker_asks_for_the_end_of_guardianships_every_day(db):
    bond = GuardianshipFactory(student=StudentFactory(birth_date=date(2000, 1, 1)))

    jobs.ask_for_daily_work()
    jobs.run_pending()

    assert database.session.get(Guardianship, bond.id).authority_ended_on == date(2018, 1, 1)


def test_contact_is_entered_changed_and_forgotten(db):
    student = StudentFactory()
    cadre = {"kind": "village", "name": "排勒干", "phone": "13800000005"}
    contact = service.add_contact(student, position="村主任", by=None, **cadre)

    service.change_contact(contact, position="书记", by=None, **cadre)
    assert [each.position for each in queries.contacts_of(student)] == ["书记"]
    service.remove_contact(contact, by=None)

    assert queries.contacts_of(student) == []
    assert [line.action.partition("_")[2] for line in timeline(student)] == ["removed", "changed", "added"]


def test_contact_without_a_phone_is_none(db):
    with pytest.raises(service.InvalidContact):
        service.add_contact(StudentFactory(), kind="village", name="排勒干", phone=" ", by=None)


def test_contacts_hinder_the_undoing_of_an_import(db):
    contact = ContactFactory()

    assert queries.dependents_of([contact.student_id]) == {contact.student_id: ["联系人"]}
