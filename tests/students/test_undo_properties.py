"""Commit and undo give the state that was before, for any students and guardians."""

from datetime import date, timedelta
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from exchange.core.database import db as database
from exchange.core.spreadsheets import Sheet
from exchange.imports import queries, service
from exchange.students.known import with_everything
from exchange.students.models import Guardian, Student
from exchange.students.roster import NATIONAL_HEADINGS, export_rows
from tests.conftest import empty
from tests.examples import examples
from tests.factories.programmes import SchoolClassFactory
from tests.students.roster.rosters import CLASS, resident_id

NAMES = st.sampled_from(["岩温", "玉喃", "刀玉兰", "线果", "Maung", "排木果", "思·岩"])
PHONES = st.sampled_from(["13800000001", "13800000002", "0692-2100001"])
SAID = st.fixed_dictionaries(
    {"entry_month": st.sampled_from(["2025-09", "2026-02", "2026-09", "2026-11"])},
    optional={
        "phone": PHONES,
        "home_address": st.sampled_from(["芒市勐戛镇", "盈江县平原镇"]),
        "ethnicity": st.sampled_from(["傣族", "景颇族", "汉族"]),
        "origin_area": st.sampled_from(["533103", "533123"]),
        "name_pinyin": st.sampled_from(["dao yu lan", "yan wen"]),
        "hardship": st.sampled_from(["脱贫户", "低保"]),
        "political_status": st.sampled_from(["群众", "共青团员"]),
        "national": st.fixed_dictionaries({}, optional={"所属派出所": NAMES, "考试总分": st.just("512")}).filter(bool),
    },
)
TOLD = st.fixed_dictionaries(
    {},
    optional={
        "phone": PHONES,
        "relation": st.sampled_from(["父亲", "母亲", "其他监护人"]),
        "is_guardian": st.booleans(),
        "workplace": st.sampled_from(["务农", "外出务工"]),
        "ethnicity": st.sampled_from(["傣族", "汉族"]),
    },
)
NUMBERS = [resident_id("19800101", serial) for serial in (301, 302, 303, 304)]
NUMBERED = st.sampled_from(NUMBERS).map(lambda number: {"id_type": "居民身份证", "resident_id": number})
"""Few people, so that siblings share them and sheets tell of them again."""
MEMBERS = st.builds(
    lambda name, number, told: {"name": name, **number, **told}, NAMES, st.one_of(st.just({}), NUMBERED), TOLD
)
FAMILIES = st.lists(MEMBERS, max_size=2, unique_by=lambda each: each.get("resident_id", id(each)))
PEOPLE = [
    {"name": name, "resident_id": resident_id(serial=serial), "birth_date": "2011-05-16", "sex": sex}
    for name, serial, sex in (
        ("刀甲", 401, "male"),
        ("刀乙", 402, "female"),
        ("刀丙", 403, "male"),
        ("刀丁", 404, "female"),
    )
]
ROSTERS = st.dictionaries(st.integers(0, 3), st.tuples(SAID, FAMILIES), min_size=1).map(
    lambda told: [
        {**PEOPLE[place], **said, "class_name": CLASS, **({"guardians": family} if family else {})}
        for place, (said, family) in told.items()
    ]
)
PORTIONS = st.sampled_from([1, 500])
"""Rows that are written together, and such as are not."""


def numbered(students, letter):
    """Each with a student number of its own and the major of the class."""
    return [{**each, "student_no": f"{letter}{place}", "major": "740104"} for place, each in enumerate(students)]


def committed(students, portion):
    import_ = service.upload(b"-", filename="a.csv", kind="roster", target=CLASS, by=None)
    service.review(import_, by=None, sheets=[Sheet.of([NATIONAL_HEADINGS, *export_rows(students)])])
    assert import_.rejected == 0
    service.begin_commit(import_)
    with patch.object(queries, "PORTION", portion):
        service.commit(import_, by=None)
    database.session.commit()
    return import_


def undo(import_, portion):
    service.begin_undo(import_, reason="测试")
    with patch.object(queries, "PORTION", portion):
        service.undo(import_, reason="测试", by=None)
    database.session.commit()


def columns_of(record, *, without=()):
    return {
        column.key: getattr(record, column.key)
        for column in type(record).__table__.columns
        if column.key not in without and (getattr(record, column.key) or column.key != "national")
    }


def state():
    """Everything that is kept of students and guardians."""
    database.session.expire_all()
    students = database.session.scalars(with_everything(select(Student).order_by(Student.id))).unique()
    told = [
        (columns_of(student), [columns_of(each, without={"id", "created_at"}) for each in family_of(student)])
        for student in students
    ]
    return told, [columns_of(each) for each in database.session.scalars(select(Guardian).order_by(Guardian.id))]


def family_of(student):
    return sorted(student.guardianships, key=lambda each: each.guardian_id)


def live(student):
    """What the office has written beside the sheet: the day, a guardian who left, one who is called first."""
    student.enrolled_on += timedelta(days=student.id % 20)
    for place, each in enumerate(family_of(student)):
        each.call_order, each.may_sign, each.begins_on = place + 2, bool(place), date(2025, 1, 1 + place)
        each.until = date(2026, 1, 1) if (student.id + place) % 3 == 0 else None
        each.guardian.language = "载瓦语"


@examples(20)
@given(ROSTERS, ROSTERS, PORTIONS)
def test_commit_and_undo_give_the_state_before(db, first, second, portion):
    empty()
    SchoolClassFactory(name=CLASS)

    before_all = state()
    one = committed(numbered(first, "N"), portion)
    written = state()
    two = committed(numbered(second, "M"), portion)
    undo(two, portion)
    assert state() == written
    undo(one, portion)

    assert state() == before_all == ([], [])


@examples(20)
@given(ROSTERS, ROSTERS, PORTIONS)
def test_undo_gives_back_what_the_office_has_written_beside_the_sheet(db, first, second, portion):
    empty()
    SchoolClassFactory(name=CLASS)
    committed(numbered(first, "N"), portion)
    for student in database.session.scalars(select(Student)):
        live(student)
    database.session.commit()
    before = state()

    undo(committed(numbered(second, "M"), portion), portion)

    assert state() == before
