"""The table of a host: what is read, and how each bad line is named."""

from datetime import date, time

import pytest

from exchange.core.spreadsheets import Sheet
from exchange.placements.models import Placement
from exchange.shifts.pasted import MOST_LINES, lines_of_sheet, lines_of_text, read_roster
from exchange.students.models import Student
from tests.factories.shifts import shift_on


def placed(number, name):
    placement = Placement(id=number, starts_on=date(2026, 3, 2), ends_on=date(2026, 8, 28))
    placement.student = Student(name=name, student_no=f"2024{number:04}")
    return placement


PEOPLE = [placed(1, "岩示范"), placed(2, "玉示范"), placed(3, "玉示范")]


def read(text):
    return read_roster(lines_of_text(text), PEOPLE)


@pytest.mark.parametrize(
    "line",
    [
        "岩示范\t2026-03-03\t09:00\t17:30\t60",
        "岩示范,2026/3/3,9:00,17:30,60分钟",
        "20240001 2026年3月3日 9点 17点30分 60",
        "岩示范，2026.3.3，9：00，17：30，60",
    ],
)
def test_lines_are_read_as_people_write_them(line):
    roster = read(f"姓名\t日期\t上班\t下班\t休息\n\n{line}\n")

    assert (roster.bad, dict(roster.shifts)) == ([], {1: [shift_on("2026-03-03")]})


def test_a_workbook_says_times_as_parts_of_a_day():
    sheet = Sheet.of([["姓名", "日期", "上班", "下班", "休息"], ["岩示范", date(2026, 3, 3), 0.375, 17.5 / 24, 60.0]])

    assert dict(read_roster(lines_of_sheet(sheet), PEOPLE).shifts) == {1: [shift_on("2026-03-03")]}


def test_midnight_ends_a_shift():
    assert read("岩示范 2026-03-03 15:00 24:00 0").shifts[1] == [shift_on("2026-03-03", time(15), time(0), 0)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("岩示范 2026-03-03 09:00 17:30", "五格"),
        ("别人 2026-03-03 09:00 17:30 60", "不是这个岗位"),
        ("玉示范 2026-03-03 09:00 17:30 60", "改写学号"),
        ("岩示范 2026-02-30 09:00 17:30 60", "不是日期"),
        ("岩示范 三月三日 09:00 17:30 60", "不是日期"),
        ("岩示范 2026-03-03 25:00 17:30 60", "不是时间"),
        ("岩示范 2026-03-03 09:75 17:30 60", "不是时间"),
        ("岩示范 2026-03-03 09:00 17:30 一小时", "分钟数"),
        ("岩示范 2026-03-03 09:00 17:30 -60", "分钟数"),
        ("岩示范 2026-03-03 09:00 17:30 721", "分钟数"),
        ("岩示范 2026-03-01 09:00 17:30 60", "不在岩示范的实习期间"),
        ("岩示范 2026-03-02 09:00 17:30 60", "第 1 行"),
    ],
)
def test_every_bad_line_is_named_and_the_good_ones_are_still_read(line, why):
    roster = read(f"岩示范 2026-03-02 09:00 17:30 60\n{line}\n岩示范 2026-03-04 09:00 17:30 60")

    assert [bad.number for bad in roster.bad] == [2]
    assert why in roster.bad[0].sentence
    assert len(roster.shifts[1]) == 2


def test_too_many_lines_are_refused_at_once():
    assert "最多" in read("x\n" * (MOST_LINES + 1)).bad[0].sentence
