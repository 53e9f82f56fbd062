"""What a record lacks: each need, each list, each cross check on both sides of its edge."""

from datetime import date

import pytest

from exchange.core.database import db as database
from exchange.registry.completeness import completeness, completeness_of
from exchange.registry.records import HARDSHIP, record_of
from exchange.registry.requirements import requirements
from exchange.registry.values import Actor, GapKind, Need, TakingOver
from exchange.students.roster import NATIONAL_HEADINGS
from tests.factories.registry import complete_student

TODAY = date(2026, 11, 1)


def found(student, today=TODAY):
    return completeness(record_of(student), today=today)


def gaps(student, today=TODAY):
    return {gap.heading: (gap.kind, gap.sentence, gap.who) for gap in found(student, today).gaps}


def test_a_whole_record_lacks_nothing(db):
    result = found(complete_student())

    assert (result.gaps, result.score, result.complete) == ((), 100, True)


def test_requirements_stand_in_the_national_order():
    assert tuple(requirements()) == NATIONAL_HEADINGS


def test_what_the_rules_do_not_say_is_called_a_setting_of_the_school():
    said = {each.heading for each in requirements().values() if each.confidence != "school"}

    assert said == {"姓名", "性别", "出生日期", "身份证件号", "联招合作办学形式", "联招合作学校代码"}


@pytest.mark.parametrize("heading", ["学生类别", "户口性质", "政治面貌", "家庭邮政编码", "出生地行政区划码"])
def test_needed_column_is_missing(db, heading):
    result = found(complete_student(without=(heading,)))

    assert [(gap.heading, gap.kind) for gap in result.gaps] == [(heading, GapKind.MISSING)]
    assert not result.complete
    assert result.score < 100


@pytest.mark.parametrize(
    ("values", "heading", "who"),
    [
        ({"phone": None}, "联系电话", Actor.HOMEROOM_TEACHER),
        ({"address": None}, "家庭现地址", Actor.HOMEROOM_TEACHER),
        ({"county_of_origin": ""}, "生源地行政区划码", Actor.HOMEROOM_TEACHER),
        ({"poverty": None}, HARDSHIP, Actor.AID_OFFICER),
    ],
)
def test_missing_value_names_who_must_act(db, values, heading, who):
    assert gaps(complete_student(**values))[heading][::2] == (GapKind.MISSING, who)


def test_poverty_counts_as_present_and_its_value_is_nowhere(db):
    record = record_of(complete_student(poverty="低保"))

    assert record.has_hardship
    assert HARDSHIP not in record.cells
    assert "低保" not in repr(record)


@pytest.mark.parametrize(
    ("kind", "lacking"), [("非联合办学", set()), ("东西部联合招生", {"联招合作办学形式", "联招合作学校代码"})]
)
def test_joint_enrolment_needs_form_and_school(db, kind, lacking):
    assert set(gaps(complete_student(national={"联招合作类型": kind}))) == lacking


def test_a_minor_needs_a_guardian_and_an_adult_does_not(db):
    born = date(2008, 11, 2)  # eighteen on the day after TODAY
    student = complete_student(guardian=False, birth_date=born, resident_id=_number(born))

    assert {"成员1姓名", "成员1联系电话"} <= set(gaps(student, date(2026, 11, 1)))
    assert gaps(student, date(2026, 11, 2)) == {}


@pytest.mark.parametrize(
    ("heading", "value", "kind"),
    [
        ("政治面貌", "少先队员", GapKind.WRONG),
        ("户口性质", "城乡", GapKind.WRONG),
        ("出生地行政区划码", "999999", GapKind.WRONG),
        ("出生地行政区划码", "533121", GapKind.DOUBT),
        ("学生类别", "预科", None),
    ],
)
def test_values_stand_in_the_national_lists(db, heading, value, kind):
    assert [each[0] for each in gaps(complete_student(national={heading: value})).values()] == ([kind] if kind else [])


def test_phone_form_is_a_doubt_and_hinders_nothing(db):
    result = found(complete_student(phone="12345"))

    assert [(gap.heading, gap.kind) for gap in result.gaps] == [("联系电话", GapKind.DOUBT)]
    assert result.complete


def test_identity_number_agrees_with_birth_date_and_sex(db):
    wrong = complete_student(birth_date=date(2010, 1, 1), resident_id=_number(date(2010, 5, 6)))

    assert gaps(wrong)["出生日期"][:2] == (GapKind.WRONG, "id.birth_date_mismatch")


def test_broken_identity_number_is_wrong(db):
    student = complete_student(birth_date=date(2010, 5, 6), resident_id="999999201005063010")

    assert gaps(student)["身份证件号"][:2] == (GapKind.WRONG, "id.check_digit")


@pytest.mark.parametrize(
    ("born", "sentence"),
    [
        (date(2012, 9, 1), None),
        (date(2012, 9, 2), "entry.too_young"),
        (date(2000, 9, 2), None),
        (date(2000, 9, 1), "entry.too_old"),
    ],
)
def test_age_at_entry_between_fourteen_and_twenty_five(db, born, sentence):
    student = complete_student(birth_date=born, resident_id=_number(born), enrolled_on=date(2026, 9, 1))

    assert [each[1] for each in gaps(student).values()] == ([sentence] if sentence else [])


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("", None),
        ("G{id}", None),
        ("X{id}", "number.form"),
        ("G123", "number.form"),
        ("G999999201005063039", "number.other_id"),
        ("L999999201005063039", "number.temporary"),
    ],
)
def test_national_number_is_doubted_never_demanded(db, number, sentence):
    student = complete_student()
    student.national_student_no = number.format(id=student.resident_id) or None
    database.session.commit()

    assert [(each[0], each[1]) for each in gaps(student).values()] == ([(GapKind.DOUBT, sentence)] if sentence else [])


def test_many_are_judged_as_each_alone(db):
    students = [complete_student(), complete_student(without=("政治面貌",)), complete_student(phone="1")]
    records = [record_of(each) for each in students]

    assert completeness_of(records, today=TODAY) == [completeness(each, today=TODAY) for each in records]


def test_every_gap_says_why(db):
    student = complete_student(phone="12", poverty=None, without=("政治面貌",), national={"户口性质": "?"})

    assert all(gap.why for gap in found(student).gaps)


def test_orders_and_the_aid_officer_change_what_is_never_taken_over():
    never = {each.heading for each in requirements().values() if each.taking_over is TakingOver.NEVER}

    assert never == {"班级名称", "学号", "入学年月", "专业简称", HARDSHIP}
    assert {each.need for each in requirements().values()} == set(Need)


def _number(born):
    from tests.factories.students import resident_id

    return resident_id(31, born)
