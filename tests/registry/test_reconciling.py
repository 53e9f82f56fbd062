"""A comparison with a file of the registry: who is matched how, what each kind of difference is, and when it ends."""

from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from exchange.core.database import db as database
from exchange.core.errors import UsageProblem
from exchange.core.storage import store
from exchange.jobs.service import run_pending
from exchange.registry.models import Discrepancy
from exchange.registry.queries import corrections
from exchange.registry.records import HARDSHIP, record_of
from exchange.registry.requirements import NATIONAL_NUMBER
from exchange.registry.requirements import settings as numbers
from exchange.registry.service import deciding, reconciling
from exchange.registry.service.writing import write_cells
from exchange.registry.values import Decision, DifferenceKind, DiscrepancyStatus, RunStatus
from exchange.students.models import StudentStatus
from tests.conftest import empty
from tests.factories.accounts import RegistrarFactory
from tests.factories.registry import compared, complete_student, registry_file, row_of, sent

Kind, Is = DifferenceKind, DiscrepancyStatus


def lines(status=None):
    found = select(Discrepancy).order_by(Discrepancy.id)
    if status:
        found = found.where(Discrepancy.status == status)
    return list(database.session.scalars(found))


def told():
    return {(each.heading, each.kind, each.ours, each.submitted, each.theirs) for each in lines()}


def decide(line, decision, reason="核对户口簿后决定"):
    deciding.decide(line, decision, reason=reason, by=None)
    database.session.commit()


def test_equal_records_give_no_line(db):
    one, two = complete_student(), complete_student()
    sent(one, two)

    run = compared(row_of(one), row_of(two))

    assert lines() == []
    assert {name: run.counts[name] for name in ("rows", "matched", "equal")} == {"rows": 2, "matched": 2, "equal": 2}


def test_each_kind_of_difference(db):
    student = complete_student()
    sent(student)
    base = record_of(student).cells
    write_cells(student.id, {"联系电话": "13900002222", "政治面貌": "共青团员", "健康状况": "有慢性病"}, by=None)
    database.session.commit()

    compared({**base, "联系电话": "13900003333", "户口性质": "非农业户口", "健康状况": "有慢性病"})

    assert told() == {
        ("联系电话", Kind.BOTH, "13900002222", "13900001234", "13900003333"),
        ("政治面貌", Kind.ONLY_OURS, "共青团员", "群众", "群众"),
        ("户口性质", Kind.ONLY_THEIRS, "农业户口", "农业户口", "非农业户口"),
    }


def test_without_a_submission_nobody_knows_who_moved(db):
    student = complete_student()

    compared(row_of(student, 联系电话="13900003333"))

    assert told() == {("联系电话", Kind.NO_BASE, "13900001234", None, "13900003333")}


def test_number_of_the_registry_confirms_what_was_sent_and_is_to_be_taken_over(db):
    student = complete_student()
    submission = sent(student)
    assert corrections.confirmed_in(submission) == 0

    compared(row_of(student, 学籍号=f"G{student.resident_id}"))

    (line,) = lines()
    assert (line.heading, line.kind, line.theirs) == (NATIONAL_NUMBER, Kind.NUMBER, f"G{student.resident_id}")
    assert corrections.confirmed_in(submission) == 1


def test_row_without_a_number_confirms_nothing(db):
    student = complete_student()
    submission = sent(student)

    compared(row_of(student))

    assert corrections.confirmed_in(submission) == 0


def test_columns_that_the_file_does_not_have_are_not_compared(db):
    student = complete_student()

    compared(row_of(student, 联系电话="13900003333"), headings=("姓名", "身份证件号", "政治面貌"))

    assert lines() == []


def test_other_headings_are_read_as_the_roster_reads_them(db):
    student = complete_student()
    row = {"学生姓名": student.name, "身份证号": student.resident_id, "学生电话": "13900003333"}

    compared(row, headings=tuple(row))

    assert [(each.heading, each.theirs) for each in lines()] == [("联系电话", "13900003333")]


def test_poverty_is_neither_compared_nor_kept(db):
    student = complete_student(poverty="低保")

    run = compared(row_of(student, **{HARDSHIP: "否"}))

    assert lines() == []
    assert HARDSHIP not in run.headings


def test_value_that_the_checks_refuse_is_shown_as_it_is_written(db):
    student = complete_student()

    compared(row_of(student, 政治面貌="少先队员", 出生日期="20110101"))

    assert {(each.heading, each.theirs) for each in lines()} == {("政治面貌", "少先队员"), ("出生日期", "20110101")}


def test_matching_by_the_number_where_the_resident_id_is_wrong_there(db):
    student = complete_student()

    run = compared(row_of(student, 身份证件号="999999201005063010", 学籍号=f"G{student.resident_id}"))

    assert run.counts["matched"] == 1
    assert ("身份证件号", "999999201005063010") in {(each.heading, each.theirs) for each in lines()}


def test_matching_by_a_number_that_holds_no_id(db):
    student = complete_student()
    student.national_student_no = "L999999201005063010"
    database.session.commit()

    run = compared(row_of(student, 身份证件号=""))

    assert run.counts["matched"] == 1


def test_nobody_is_matched_by_name_alone(db):
    student = complete_student(name="刀玉兰", enrolled_on=date(2026, 9, 1))
    other = row_of(student, 身份证件号="999999201105063048", 出生日期="20110506")

    run = compared(other)

    assert (run.counts["matched"], run.counts["missing_here"]) == (0, 1)


def test_stranger_is_missing_here_and_known_by_a_sealed_index(db):
    student = complete_student()
    row = row_of(student, 姓名="王五", 身份证件号="999999201105063048", 出生日期="20110506", 班级名称="别班")

    compared(row_of(student), row)

    (line,) = lines()
    assert (line.kind, line.student_id) == (Kind.MISSING_HERE, None)
    assert "999999201105063048" not in line.subject
    assert (line.person["姓名"], line.person["班级名称"]) == ("王五", "别班")
    assert corrections.as_shown(line).who == "王五"


@pytest.mark.parametrize(("was_sent", "expected"), [(True, [Kind.MISSING_THERE]), (False, [])])
@time_machine.travel("2026-10-10 12:00+08:00")
def test_whoever_was_sent_should_stand_in_the_file(db, was_sent, expected):
    student, other = complete_student(), complete_student()
    if was_sent:
        sent(student, other, on=date(2026, 10, 8))

    run = compared(row_of(other))

    assert [each.kind for each in lines()] == expected
    assert run.counts["not_sent"] == (0 if was_sent else 1)


@time_machine.travel("2026-11-21 12:00+08:00")
def test_whom_nobody_has_sent_is_not_missing_but_late(db):
    complete_student()
    other = complete_student()

    run = compared(row_of(other))

    assert lines() == []
    assert (run.counts["not_sent"], run.counts["late"], run.counts["missing_there"]) == (1, 1, 0)


def test_who_has_a_number_should_stand_there_though_nothing_was_sent(db):
    student, other = complete_student(), complete_student()
    student.national_student_no = f"G{student.resident_id}"
    database.session.commit()

    compared(row_of(other))

    assert [(each.kind, each.student_id) for each in lines()] == [(Kind.MISSING_THERE, student.id)]


def test_comparison_of_one_class_says_nothing_about_the_others(db):
    one, other = complete_student(), complete_student()
    sent(one, other)

    compared(row_of(one), school_class=one.school_class)

    assert lines() == []


def test_somebody_who_left_is_still_there(db):
    student = complete_student(status=StudentStatus.WITHDRAWN)

    compared(row_of(student))

    (line,) = lines()
    assert (line.kind, line.heading, line.student_id) == (Kind.MISSING_HERE, "", student.id)


def test_repeated_row_is_counted_and_not_looked_at(db):
    student = complete_student()

    run = compared(row_of(student), row_of(student, 联系电话="13900003333"))

    assert (run.counts["repeated"], lines()) == (1, [])


def test_line_is_followed_until_it_is_gone_and_opens_again(db):
    student = complete_student()
    compared(row_of(student, 联系电话="13900003333"))
    (line,) = lines()
    decide(line, Decision.CORRECT_THERE)
    assert line.status is Is.WAITING

    run = compared(row_of(student, 联系电话="13900003333"))
    assert (line.status, line.reopened, run.counts["reopened"]) == (Is.OPEN, 1, 1)

    run = compared(row_of(student))
    assert (line.status, run.counts["gone"]) == (Is.GONE, 1)
    assert line.gone_at is not None

    compared(row_of(student, 联系电话="13900004444"))
    assert (line.status, line.theirs, line.decision) == (Is.OPEN, "13900004444", None)
    assert len(lines()) == 1


def test_what_is_left_alone_stays_so_while_it_is_the_same(db):
    student = complete_student()
    compared(row_of(student, 联系电话="13900003333"))
    (line,) = lines()
    decide(line, Decision.IGNORE)

    compared(row_of(student, 联系电话="13900003333"))
    assert line.status is Is.IGNORED

    compared(row_of(student, 联系电话="13900004444"))
    assert line.status is Is.OPEN


def test_column_that_is_not_in_the_next_file_stays_open(db):
    student = complete_student()
    compared(row_of(student, 联系电话="13900003333"))

    compared(row_of(student), headings=("姓名", "身份证件号"))

    assert [each.status for each in lines()] == [Is.OPEN]


def test_whoever_turns_up_is_missing_no_more(db):
    student, other = complete_student(), complete_student()
    sent(student, other)
    compared(row_of(other))

    compared(row_of(other), row_of(student))

    assert [each.status for each in lines()] == [Is.GONE]


def test_stranger_who_is_entered_here_is_missing_no_more(db):
    student = complete_student()
    row = row_of(student)
    compared(row)
    stranger = row_of(student, 身份证件号="999999201105063048", 出生日期="20110506", 姓名="王五")
    compared(row, stranger)
    new = complete_student(birth_date=date(2011, 5, 6), resident_id="999999201105063048", name="王五")

    compared(row, row_of(new))

    assert [each.status for each in lines() if each.student_id is None] == [Is.GONE]


def test_line_that_is_too_old_is_flagged(db):
    student = complete_student()
    with time_machine.travel("2026-10-01 12:00+08:00"):
        compared(row_of(student, 联系电话="13900003333"))
    (line,) = lines()

    days = numbers().overdue_after_days
    for late, overdue in ((days - 1, False), (days + 1, True)):
        with time_machine.travel(line.opened_at + timedelta(days=late)):
            assert corrections.as_shown(line).overdue is overdue
            assert bool(corrections.counts()[corrections.OVERDUE]) is overdue


def test_file_is_forgotten_when_it_is_read(db):
    student = complete_student()
    run = reconciling.upload(registry_file(row_of(student)), filename="a.xlsx", by=None)
    key = run.upload

    reconciling.reconcile(run, by=None)

    assert run.upload == ""
    with pytest.raises(FileNotFoundError):
        store().get(key)


def test_job_compares_and_an_unusable_file_says_why(db):
    student, registrar = complete_student(), RegistrarFactory()
    good = reconciling.upload(registry_file(row_of(student)), filename="a.xlsx", by=registrar)
    bad = reconciling.upload(b"a,b\n1,2\n", filename="b.csv", by=registrar)
    for run in (good, bad):
        reconciling.start(run, by=registrar)
    database.session.commit()

    run_pending()

    assert (good.status, bad.status) == (RunStatus.DONE, RunStatus.FAILED)
    assert "没有找到表头" in bad.error
    assert bad.upload == ""


def test_other_kinds_of_files_are_refused_at_once(db):
    with pytest.raises(UsageProblem):
        reconciling.upload(b"", filename="a.pdf", by=None)


def test_interrupted_comparison_can_begin_again(db):
    student = complete_student()
    run = reconciling.upload(registry_file(row_of(student, 联系电话="13900003333")), filename="a.xlsx", by=None)
    seen = []

    def stop(done, total):
        seen.append(done)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        reconciling.reconcile(run, by=None, progress=stop)
    reconciling.reconcile(run, by=None)

    assert len(lines()) == 1


CHANGES = st.dictionaries(
    st.sampled_from(["联系电话", "政治面貌", "户口性质", "家庭现地址", "成员1联系电话", "学生来源"]),
    st.sampled_from([0, 1, 2]),
    max_size=5,
)
VALUES = {
    "联系电话": ["13900000001", "13900000002", "13900000003"],
    "政治面貌": ["群众", "共青团员", "中共预备党员"],
    "户口性质": ["农业户口", "非农业户口", "农业户口"],
    "家庭现地址": ["甲寨", "乙寨", ""],
    "成员1联系电话": ["13800000001", "13800000002", ""],
    "学生来源": ["应届", "往届", ""],
}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ours=CHANGES, theirs=CHANGES, take=st.lists(st.booleans(), min_size=6, max_size=6), was_sent=st.booleans())
def test_all_decisions_carried_out_leave_nothing_open(app, ours, theirs, take, was_sent):
    student = complete_student()
    if was_sent:
        sent(student)
    write_cells(student.id, {heading: VALUES[heading][number] for heading, number in ours.items()}, by=None)
    database.session.commit()
    theirs = {**row_of(student), **{heading: VALUES[heading][number] for heading, number in theirs.items()}}
    compared(theirs)

    for line, takes_over in zip(lines(Is.OPEN), take, strict=False):
        decide(line, Decision.TAKE_OVER if takes_over else Decision.CORRECT_THERE)
        if not takes_over:
            theirs[line.heading] = line.ours
    compared(theirs)

    assert {each.status for each in lines()} <= {Is.GONE}
    assert record_of(student).cells == {key: cell for key, cell in theirs.items() if cell}
    empty()
