"""Rosters against records that are there already, and against people who write at the same time."""

from datetime import date

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from exchange.audit.models import AuditEvent
from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.imports import service
from exchange.imports.models import ImportRow, Outcome
from exchange.programmes.models import SchoolClass
from exchange.students.history import Span, State, state_of
from exchange.students.importer import RosterImporter
from exchange.students.models import Guardian, Sex, Student, StudentStatus
from exchange.students.queries import DEPENDENTS, referring_columns
from exchange.students.service import set_history as write_history
from tests.conftest import impatient
from tests.factories.accounts import RegistrarFactory
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import StudentFactory
from tests.students.roster.rosters import resident_id

CLASS = "2026级云南班"
HEAD = "姓名,身份证号,联系电话,监护人,监护人电话"
ONE = "刀玉兰,999999201105161011,13800000001,刀岩,13800000002"


@pytest.fixture
def school_class(db):
    return SchoolClassFactory(name=CLASS, number=7)


def reviewed(*lines, name="x.csv", by=None):
    text = "\n".join((HEAD, *lines))
    import_ = service.upload(text.encode(), filename=name, kind="roster", target=CLASS, by=by)
    service.review(import_, by=by)
    database.session.commit()
    return import_


def commit(import_, by=None):
    service.begin_commit(import_)
    service.commit(import_, by=by)
    database.session.commit()


def undo(import_):
    service.begin_undo(import_, reason="写错了")
    service.undo(import_, reason="写错了", by=None)
    database.session.commit()


def known_student(school_class, **values):
    """刀玉兰 of the line ``ONE``, entered before."""
    own = {"name": "刀玉兰", "birth_date": date(2011, 5, 16), "sex": Sex.MALE, "school_class": school_class}
    student = StudentFactory(resident_id="999999201105161011", **own, **values)
    database.session.commit()
    return student


def sheet(text):
    import_ = service.upload(text.encode(), filename="y.csv", kind="roster", target=CLASS, by=None)
    service.review(import_, by=None)
    database.session.commit()
    return import_


def entered_in(month):
    return sheet(f"姓名,身份证号,入学年月\n刀玉兰,999999201105161011,{month}")


def put_on_leave(student):
    entered = Span(student.enrolled_on, state_of(student))
    write_history(student, [entered, Span(date(2026, 12, 1), State(StudentStatus.ON_LEAVE, student.school_class_id))])
    database.session.commit()


def students():
    return list(database.session.scalars(select(Student).order_by(Student.id)))


def rows(import_):
    found = select(ImportRow).where(ImportRow.import_id == import_.id).order_by(ImportRow.number)
    return list(database.session.scalars(found))


def test_new_student_gets_number_pinyin_guardian_and_audit_line(school_class):
    registrar = RegistrarFactory()

    commit(reviewed(ONE), by=registrar)

    (student,) = students()
    assert (student.student_no, student.pinyin, student.initials) == ("20260701", "dao yu lan", "dyl")
    assert (student.phone, student.enrolled_on.isoformat(), student.sex.value) == ("13800000001", "2026-09-01", "male")
    assert [(each.guardian.name, each.guardian.phone) for each in student.guardianships] == [("刀岩", "13800000002")]
    assert [(event.action, event.actor) for event in timeline(student)] == [("student.created", registrar)]


def test_numbers_follow_the_highest_of_year_and_class(school_class):
    StudentFactory(student_no="20260741", school_class=school_class)

    commit(reviewed(ONE))

    assert students()[-1].student_no == "20260742"


def test_same_sheet_again_changes_nothing(school_class):
    commit(reviewed(ONE))

    again = reviewed(ONE)

    assert (again.new, again.changed, again.unchanged, again.rejected) == (0, 0, 1, 0)


def test_change_is_written_recorded_and_undone(school_class):
    commit(reviewed(ONE))
    change = reviewed(ONE.replace("13800000001", "13900000009"))

    commit(change)
    changed = students()[0].phone
    service.begin_undo(change, reason="写错了")
    service.undo(change, reason="写错了", by=None)
    database.session.commit()

    assert (change.changed, changed, students()[0].phone) == (1, "13900000009", "13800000001")
    trail = timeline(students()[0])
    assert [event.action for event in trail] == ["student.restored", "student.changed", "student.created"]
    assert trail[1].changes["phone"] == ["13800000001", "13900000009"]


def test_sheet_that_says_less_of_a_guardian_empties_nothing(school_class):
    commit(reviewed(ONE))
    text = "姓名,身份证号,监护人\n刀玉兰,999999201105161011,刀岩\n"
    import_ = service.upload(text.encode(), filename="y.csv", kind="roster", target=CLASS, by=None)

    service.review(import_, by=None)

    assert (import_.changed, import_.unchanged) == (0, 1)


def test_student_entered_meanwhile_is_not_entered_twice(school_class):
    first, other = reviewed(ONE), reviewed(ONE)
    commit(first)

    commit(other)

    assert len(students()) == 1
    assert [row.outcome for row in rows(other)] == [Outcome.UNCHANGED]


def test_student_entered_meanwhile_with_other_values_is_rejected(school_class):
    first, other = reviewed(ONE), reviewed(ONE.replace("13800000001", "13900000009"))
    commit(first)

    commit(other)

    assert students()[0].phone == "13800000001"
    assert (other.new, other.rejected, rows(other)[0].findings[0]["code"]) == (0, 1, "record.entered_meanwhile")


def test_number_entered_meanwhile_under_another_name_is_rejected(school_class):
    first, other = reviewed(ONE), reviewed(ONE.replace("刀玉兰", "刀玉香"))
    commit(first)

    commit(other)

    assert [student.name for student in students()] == ["刀玉兰"]
    assert rows(other)[0].findings[0]["code"] == "id.belongs_to_other"


def test_field_changed_meanwhile_is_not_overwritten(school_class):
    commit(reviewed(ONE))
    mine = reviewed(ONE.replace("13800000001", "13900000009"))
    theirs = reviewed(ONE.replace("13800000001", "13700000007"))
    commit(theirs)

    commit(mine)

    assert students()[0].phone == "13700000007"
    assert rows(mine)[0].findings[0]["code"] == "record.changed_meanwhile"


def test_only_one_of_two_commits_wins(school_class):
    import_ = reviewed(ONE)
    commit(import_)

    with pytest.raises(NotPossible, match="已经写入过了"):
        service.begin_commit(import_)

    assert len(students()) == 1


def test_undo_is_refused_while_something_depends_on_a_student(school_class):
    import_ = reviewed(ONE)
    commit(import_)
    PlacementFactory(student=students()[0])

    service.begin_undo(import_, reason="写错了")
    with pytest.raises(NotPossible, match="刀玉兰已有实习"):
        service.undo(import_, reason="写错了", by=None)
    database.session.rollback()

    assert len(students()) == 1


def test_undo_names_who_stands_in_its_way_and_how_many_more(school_class):
    numbers = [resident_id(serial=serial) for serial in range(301, 315, 2)]
    import_ = reviewed(*(f"岩{'甲乙丙丁戊己庚'[place]},{number},,," for place, number in enumerate(numbers)))
    commit(import_)
    for student in students():
        PlacementFactory(student=student)

    service.begin_undo(import_, reason="写错了")
    with pytest.raises(NotPossible) as refused:
        service.undo(import_, reason="写错了", by=None)
    database.session.rollback()

    assert all(f"岩{name}已有实习" in str(refused.value) for name in "甲乙丙丁戊")
    assert "另外还有 2 行" in str(refused.value)
    assert len(students()) == 7


def test_sheet_moves_nobody_to_another_class(school_class):
    other = SchoolClassFactory(name="2026级云南2班", number=8)
    commit(reviewed(ONE))
    text = "\n".join((HEAD, ONE.replace("13800000001", "13900000009")))
    import_ = service.upload(text.encode(), filename="y.csv", kind="roster", target=other.name, by=None)
    service.review(import_, by=None)

    commit(import_)

    (found,) = [note for note in rows(import_)[0].findings if note["code"] == "class.by_order"]
    assert (found["severity"], import_.changed, import_.rejected) == ("info", 1, 0)
    assert (students()[0].school_class.name, students()[0].phone) == (CLASS, "13900000009")


def test_major_is_that_of_the_class(school_class):
    text = "姓名,身份证号,专业\n刀玉兰,999999201105161011,会计事务\n"
    for outcome in (Outcome.NEW, Outcome.UNCHANGED):
        import_ = service.upload(text.encode(), filename="y.csv", kind="roster", target=CLASS, by=None)
        service.review(import_, by=None)
        (row,) = rows(import_)

        assert row.outcome is outcome
        assert "class.by_order" in [note["code"] for note in row.findings]
        commit(import_)


def test_guardians_of_siblings_are_one_person(school_class):
    head = "姓名,身份证号,监护人,监护人电话,监护人身份证号,监护人工作单位"
    number = resident_id("19800101", 301)
    lines = (
        f"刀甲,{resident_id(serial=301)},刀岩,13800000002,{number},",
        f"刀乙,{resident_id(serial=303)},刀岩,,{number},务农",
    )
    text = "\n".join((head, *lines))
    import_ = service.upload(text.encode(), filename="y.csv", kind="roster", target=CLASS, by=None)
    service.review(import_, by=None)

    commit(import_)

    first, second = ([each.guardian for each in student.guardianships] for student in students())
    assert first == second
    assert (first[0].phone, first[0].details) == ("13800000002", {"workplace": "务农"})


def test_undo_is_refused_after_a_later_change(school_class):
    import_ = reviewed(ONE)
    commit(import_)
    commit(reviewed(ONE.replace("13800000001", "13900000009")))

    service.begin_undo(import_, reason="写错了")
    with pytest.raises(NotPossible, match="“联系电话”后来又改过"):
        service.undo(import_, reason="写错了", by=None)
    database.session.rollback()

    assert students()[0].phone == "13900000009"


@pytest.fixture
def undo_while(school_class, monkeypatch):
    """undo_while(statement) takes an import back; somebody else executes the statement while its rows are looked at."""

    def undo(make_statement):
        commit(import_ := reviewed(ONE))
        look = RosterImporter.obstacles

        def obstacles(importer, rows):
            with impatient() as other:
                other.execute(make_statement(students()[0]))
                other.commit()
            return look(importer, rows)

        monkeypatch.setattr(RosterImporter, "obstacles", obstacles)
        service.begin_undo(import_, reason="写错了")
        service.undo(import_, reason="写错了", by=None)
        database.session.commit()

    return undo


def test_looking_before_an_undo_keeps_no_other_writer_waiting(undo_while):
    undo_while(lambda _student: update(SchoolClass).values(number=8))

    assert students() == []


def test_undo_is_refused_where_somebody_was_faster(undo_while):
    def line(student):
        return insert(AuditEvent).values(action="student.changed", subject_type="student", subject_id=student.id)

    with pytest.raises(NotPossible, match="刚才有人动过"):
        undo_while(line)
    database.session.rollback()

    assert len(students()) == 1


def test_undo_is_refused_where_somebody_has_just_used_a_record(undo_while, monkeypatch):
    def used(*_arguments, **_options):
        raise IntegrityError("DELETE", None, Exception("foreign key"))

    monkeypatch.setattr(RosterImporter, "undo", used)

    with pytest.raises(NotPossible, match="刚才有人动过"):
        undo_while(lambda _student: update(SchoolClass).values(number=8))


def test_student_number_of_somebody_else_is_rejected(school_class):
    StudentFactory(student_no="A1", school_class=school_class)
    text = "姓名,身份证号,学号\n刀玉兰,999999201105161011,A1\n"
    import_ = service.upload(text.encode(), filename="y.csv", kind="roster", target=CLASS, by=None)
    service.review(import_, by=None)

    commit(import_)

    assert (import_.committed, rows(import_)[0].findings[0]["code"]) == (0, "student_no.taken")


def test_nothing_that_identifies_a_person_is_stored_in_clear(school_class):
    commit(reviewed(ONE))

    stored = "".join(
        str(tuple(row))
        for table in ("student", "guardian", "import_row", "audit_event", "import")
        for row in database.session.connection().exec_driver_sql(f"select * from {table}")
    )

    assert [secret for secret in ("999999201105161011", "13800000001", "13800000002") if secret in stored] == []


def test_whatever_hangs_on_a_student_has_a_word(app):
    assert {table.name for table, _column in referring_columns()} - set(DEPENDENTS) == set()


def test_a_change_keeps_the_day_of_enrolment_and_so_does_its_undo(school_class):
    known_student(school_class, enrolled_on=date(2026, 11, 25))

    change = reviewed(ONE)
    commit(change)
    after = students()[0].enrolled_on
    undo(change)

    assert (after, students()[0].enrolled_on) == (date(2026, 11, 25), date(2026, 11, 25))


def test_another_month_of_enrolment_is_taken_over(school_class):
    known_student(school_class, enrolled_on=date(2026, 9, 15))

    commit(entered_in("2026-11"))

    assert students()[0].enrolled_on == date(2026, 11, 1)


def test_undo_restores_the_day_of_an_enrolment_that_was_moved(school_class):
    known_student(school_class, enrolled_on=date(2026, 9, 15))
    moved = entered_in("2026-11")
    commit(moved)

    undo(moved)

    assert students()[0].enrolled_on == date(2026, 9, 15)


def test_no_sheet_moves_the_enrolment_from_under_a_history(school_class):
    student = known_student(school_class, enrolled_on=date(2026, 9, 15))
    early = entered_in("2026-11")
    put_on_leave(student)

    late = entered_in("2026-11")
    commit(early)

    assert [row.findings[0]["code"] for row in (*rows(late), *rows(early))] == ["record.has_history"] * 2
    assert (late.rejected, early.rejected, students()[0].enrolled_on) == (1, 1, date(2026, 9, 15))


def test_no_undo_moves_the_enrolment_from_under_a_history(school_class):
    student = known_student(school_class, enrolled_on=date(2026, 9, 15))
    moved = entered_in("2026-11")
    commit(moved)
    put_on_leave(student)

    with pytest.raises(NotPossible, match="入学年月不能再改"):
        undo(moved)


FAMILY = "姓名,身份证号,父亲姓名,父亲电话,母亲姓名,母亲电话"


def family():
    """Each with what the office has noted of them."""
    database.session.expire_all()
    told = [
        (each.guardian.name, each.relation, each.guardian.phone, each.call_order, each.may_sign, each.until)
        for each in students()[0].guardianships
    ]
    return sorted(told)


def test_undo_brings_back_a_guardian_whom_another_has_replaced(school_class):
    commit(sheet(f"{FAMILY}\n刀玉兰,999999201105161011,刀岩,13800000002,,"))
    guardianship = students()[0].guardianships[0]
    guardianship.call_order, guardianship.may_sign, guardianship.guardian.language = 3, False, "载瓦语"
    database.session.commit()
    before, person = family(), guardianship.guardian_id

    replaced = sheet(f"{FAMILY}\n刀玉兰,999999201105161011,岩新,13800000003,,")
    commit(replaced)
    after = [name for name, *_told in family()]
    undo(replaced)

    restored = students()[0].guardianships[0].guardian
    assert (after, family()) == (["岩新"], before)
    assert (restored.id, restored.language) == (person, "载瓦语")
    assert database.session.scalar(select(func.count()).select_from(Guardian)) == 1


def test_undo_ends_again_a_guardianship_that_the_sheet_has_revived(school_class):
    commit(sheet(f"{FAMILY}\n刀玉兰,999999201105161011,刀岩,13800000002,,"))
    students()[0].guardianships[0].until = date(2026, 3, 1)
    database.session.commit()
    before = family()

    revived = sheet(f"{FAMILY}\n刀玉兰,999999201105161011,刀岩,13800000002,,")
    commit(revived)
    after = family()
    undo(revived)

    assert ([told[-1] for told in after], family()) == ([None], before)


def test_undo_takes_back_what_was_said_of_somebody_who_answers_for_a_sibling_too(school_class):
    number = resident_id("19800101", 301)
    lines = [
        f"刀甲,{resident_id(serial=301)},刀岩,13800000002,{number}",
        f"刀乙,{resident_id(serial=303)},刀岩,,{number}",
    ]
    head = "姓名,身份证号,监护人,监护人电话,监护人身份证号"
    commit(first := sheet("\n".join((head, *lines))))

    change = sheet("\n".join((head, lines[1].replace(",,", ",13900000009,"))))
    commit(change)
    told = {student.guardianships[0].guardian.phone for student in students()}
    undo(change)
    database.session.expire_all()
    after = {student.guardianships[0].guardian.phone for student in students()}
    undo(first)

    assert (told, after, students()) == ({"13900000009"}, {"13800000002"}, [])


def test_a_row_that_says_less_of_a_siblings_new_guardian_empties_nothing(school_class):
    number = resident_id("19800101", 301)
    commit(sheet(f"姓名,身份证号\n刀甲,{resident_id(serial=301)}"))
    head = "姓名,身份证号,监护人,监护人电话,监护人身份证号"
    lines = [
        f"刀甲,{resident_id(serial=301)},刀岩,,{number}",
        f"刀乙,{resident_id(serial=303)},刀岩,13800000002,{number}",
    ]

    commit(sheet("\n".join((head, *lines))))

    assert {student.guardianships[0].guardian.phone for student in students()} == {"13800000002"}


@pytest.mark.parametrize(("field", "value"), [("phone", "13700000007"), ("call_order", 2)])
def test_undo_is_refused_where_a_new_guardian_was_changed_since(school_class, field, value):
    known_student(school_class)
    brought = sheet(f"{FAMILY}\n刀玉兰,999999201105161011,刀岩,13800000002,,")
    commit(brought)
    guardianship = students()[0].guardianships[0]
    setattr(guardianship.guardian if field == "phone" else guardianship, field, value)
    database.session.commit()

    with pytest.raises(NotPossible, match="第 2 行：刀玉兰的“监护人”后来又改过"):
        undo(brought)


def test_undo_is_refused_where_the_office_has_added_what_the_sheet_did_not_say(school_class):
    import_ = reviewed("刀玉兰,999999201105161011,,刀岩,13800000002")
    commit(import_)
    students()[0].phone = "13700000007"
    database.session.commit()

    with pytest.raises(NotPossible, match="刀玉兰的“联系电话”后来又改过"):
        undo(import_)
