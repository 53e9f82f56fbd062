"""The table that the board counts follows every change."""

import pytest
from sqlalchemy import func, select

from exchange.core.database import db as database
from exchange.jobs.models import Job
from exchange.jobs.service import run_pending
from exchange.registry.models import RegistryGap, RegistryState
from exchange.registry.queries import board
from exchange.registry.service import states
from exchange.registry.service.writing import write_cells
from exchange.students import service as students
from exchange.students.events import StudentEvent
from exchange.students.models import Student, StudentStatus
from tests.factories.accounts import AidOfficerFactory, HomeroomTeacherFactory, RegistrarFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.registry import complete_student
from tests.factories.students import StudentFactory


def kept():
    rows = database.session.execute(select(RegistryState.student_id, RegistryState.complete, RegistryState.batch))
    return {student_id: (complete, batch) for student_id, complete, batch in rows}


def lacking(student):
    return set(database.session.scalars(select(RegistryGap.heading).where(RegistryGap.student_id == student.id)))


def check_all():
    states.check_all()
    database.session.commit()


def test_everybody_on_the_roll_is_checked(db):
    whole, poor = complete_student(), complete_student(without=("政治面貌",))
    complete_student(status=StudentStatus.WITHDRAWN)

    check_all()

    assert kept() == {whole.id: (True, "2026-autumn"), poor.id: (False, "2026-autumn")}
    assert (lacking(whole), lacking(poor)) == (set(), {"政治面貌"})


def test_checking_again_changes_nothing(db):
    complete_student(without=("政治面貌",))
    check_all()
    before = database.session.execute(select(RegistryState.id, RegistryState.checked_at)).all()

    check_all()

    assert database.session.execute(select(RegistryState.id, RegistryState.checked_at)).all() == before


def test_change_of_a_record_is_followed_through_the_trail(db):
    student = complete_student(without=("政治面貌",))
    check_all()
    assert states.changed_students() == []

    write_cells(student.id, {"政治面貌": "共青团员"}, by=None)
    database.session.commit()

    assert states.changed_students() == [student.id]
    assert states.catch_up() == 1
    assert (kept()[student.id][0], lacking(student)) == (True, set())
    assert states.changed_students() == []


def test_new_students_and_leavers_are_followed(db):
    leaver = complete_student()
    check_all()
    values = {"name": "刀玉兰", "resident_id": "999999201005063047", "sex": "female", "birth_date": "2010-05-06"}
    person = students.NewStudent(values, SchoolClassFactory(intake_year=2026))
    (new_id,) = students.create_students([person], by=None)
    leaver.status = StudentStatus.WITHDRAWN
    students.record_changes(StudentEvent.CHANGED, [(leaver.id, {})], by=None)
    database.session.commit()

    states.catch_up()

    assert set(kept()) == {new_id}


def test_looking_at_a_whole_number_is_no_change(db):
    student = complete_student()
    check_all()

    students.reveal(student, field="resident_id", reason="核对证件", by=RegistrarFactory())
    database.session.commit()

    assert states.changed_students() == []


def test_very_many_changes_are_left_to_one_job(db, monkeypatch):
    monkeypatch.setattr(states, "AT_ONCE", 1)
    for _number in range(3):
        students.record_changes(StudentEvent.CHANGED, [(complete_student().id, {})], by=None)

    states.catch_up()
    states.catch_up()
    database.session.commit()

    assert database.session.scalar(select(func.count()).select_from(Job)) == 1
    run_pending()
    assert len(kept()) == 3


def test_state_goes_with_a_student_whose_import_is_undone(db):
    from exchange.students.queries import dependents_of

    student = complete_student(guardian=False)
    check_all()

    assert dependents_of([student.id]) == {}
    students.remove_students([student.id], by=None, source={})
    database.session.commit()
    assert kept() == {}


def test_board_counts_by_batch_class_county_and_column(db):
    one, two = SchoolClassFactory(name="甲班"), SchoolClassFactory(name="乙班")
    complete_student(school_class=one, county_of_origin="533103")
    complete_student(school_class=one, county_of_origin="533122", without=("政治面貌",))
    complete_student(school_class=two, county_of_origin="533103", without=("政治面貌", "户口性质"))
    check_all()
    registrar = RegistrarFactory()

    (batch,) = board.batches(registrar)
    classes = [
        (row.school_class.name, row.students, row.complete)
        for row in database.session.scalars(board.by_class(registrar, batch.batch.key))
    ]

    assert (batch.students, batch.complete, batch.incomplete, batch.unsent) == (3, 1, 2, 3)
    assert [(lack.heading, lack.students) for lack in board.lacks(registrar, batch.batch.key)] == [
        ("政治面貌", 2),
        ("户口性质", 1),
    ]
    assert sorted(classes) == [("乙班", 1, 0), ("甲班", 2, 1)]
    assert sorted(board.by_county(registrar, batch.batch.key)) == [("533103", 2, 1), ("533122", 1, 0)]


def test_homeroom_teacher_counts_the_own_class_only(db):
    teacher = HomeroomTeacherFactory()
    own = complete_student(school_class=SchoolClassFactory(homeroom_teacher=teacher), without=("户口性质",))
    complete_student(without=("户口性质",))
    check_all()

    (batch,) = board.batches(teacher)
    listed = [state.student_id for state in database.session.scalars(board.listed(teacher, board.Wanted()))]

    assert batch.students == 1
    assert listed == [own.id]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (board.Wanted(), {"whole", "poor", "doubtful"}),
        (board.Wanted(lacks="政治面貌"), {"poor"}),
        (board.Wanted(lacks="户口性质"), set()),
        (board.Wanted(who="homeroom_teacher"), {"poor"}),
        (board.Wanted(who="aid_officer"), set()),
        (board.Wanted(show="incomplete"), {"poor"}),
        (board.Wanted(show="doubtful"), {"doubtful"}),
        (board.Wanted(show="unsent"), {"whole", "poor", "doubtful"}),
        (board.Wanted(show="sent"), set()),
        (board.Wanted(show="changed"), set()),
        (board.Wanted(batch="2026-autumn"), {"whole", "poor", "doubtful"}),
        (board.Wanted(batch="2027-spring"), set()),
        (board.Wanted(county="533122"), {"doubtful"}),
        (board.Wanted(county="none"), set()),
        (board.Wanted(class_name="没有的班"), set()),
    ],
)
def test_records_behind_a_number(db, wanted, found):
    people = {
        "whole": complete_student(),
        "poor": complete_student(without=("政治面貌",)),
        "doubtful": complete_student(phone="1", county_of_origin="533122"),
    }
    check_all()

    ids = {state.student_id for state in database.session.scalars(board.listed(RegistrarFactory(), wanted))}

    assert ids == {people[name].id for name in found}


def test_aid_officer_is_told_how_many_lack_the_column_of_poverty(db):
    complete_student(poverty=None)
    complete_student()
    check_all()

    assert board.missing_for(AidOfficerFactory(), board.Actor.AID_OFFICER) == 1


def test_a_bare_student_of_another_feature_does_no_harm(db):
    student = StudentFactory()

    check_all()

    assert database.session.get(Student, student.id) is not None
    assert not kept()[student.id][0]
