"""The notice of a year as a file: what is taken in, what is refused with its line, and what it changes."""

import json
from datetime import date

import pytest
import time_machine

from exchange.core.errors import UsageProblem
from exchange.reference import calendar
from exchange.reference.calendar import DayKind, day_kind, day_name, unannounced_years
from exchange.reference.notices import read_notice

NOTICE = """# an invented notice
date,kind,name
2027-01-01,holiday,元旦
2027-02-05,holiday,除夕
2027-02-06,holiday,春节
2027-02-07,holiday,春节
2027-02-08,holiday,春节
2027-02-09,rest_day,春节（补假）
2027-02-14,workday,春节调休上班
2027-04-05,holiday,清明节
2027-05-01,holiday,劳动节
2027-05-02,holiday,劳动节
2027-06-09,holiday,端午节
2027-09-15,holiday,中秋节
2027-10-01,holiday,国庆节
2027-10-02,holiday,国庆节
2027-10-03,holiday,国庆节
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of notices for one test."""
    monkeypatch.setattr(calendar._Folder, "path", None)
    calendar.keep_notices_in(tmp_path / "calendar")
    yield tmp_path
    calendar._Folder.state = ()
    calendar.look_again()


@pytest.fixture
def run(app, folder):
    def invoke(*words, notice=NOTICE):
        file = folder / "notice.csv"
        file.write_text(notice, encoding="utf-8")
        names = [] if "--json" in words else [str(file)]
        return app.test_cli_runner().invoke(args=["reference", "calendar", *words, *names])

    return invoke


def test_a_notice_changes_the_days_of_its_year_at_once(run):
    before = day_kind(date(2027, 2, 14)), unannounced_years(date(2026, 1, 1), date(2027, 12, 31))

    assert run("update").exit_code == 0

    assert before == (DayKind.REST_DAY, [2027])
    assert day_kind(date(2027, 2, 14)) is DayKind.WORKDAY
    assert (day_kind(date(2027, 2, 9)), day_name(date(2027, 2, 9))) == (DayKind.REST_DAY, "春节（补假）")
    assert day_name(date(2027, 2, 6)) == "春节"
    assert unannounced_years(date(2026, 1, 1), date(2027, 12, 31)) == []


def test_check_of_a_file_says_what_it_holds_and_keeps_nothing(run):
    result = run("check")

    assert result.exit_code == 0
    assert "法定节假日 13 天，其他休息日 1 天，调休上班 1 天" in result.stdout
    assert unannounced_years(date(2027, 1, 1), date(2027, 1, 1)) == [2027]


@pytest.mark.parametrize(("day", "missing"), [("2026-10-31", []), ("2026-11-25", [2027])])
def test_check_misses_the_next_year_once_its_notice_is_due(run, day, missing):
    with time_machine.travel(f"{day} 12:00+08:00", tick=False):
        result = run("check", "--json")

    document = json.loads(result.stdout)
    assert (document["missing"], result.exit_code) == (missing, int(bool(missing)))
    assert document["known"] == [2021, 2022, 2023, 2024, 2025, 2026]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("date,kind,name", "日期,类别,名称", "第一行"),
        ("2027-01-01,holiday,元旦", "2027-01-01,holiday", "第 3 行：要有三格"),
        ("2027-01-01,holiday", "1月1日,holiday", "第 3 行：“1月1日”不是日期"),
        ("2027-01-01,holiday", "2027-01-01,free", "第 3 行：类别"),
        ("2027-02-06,", "2027-02-05,", "第 5 行：和第 4 行是同一天"),
        ("2027-02-14,", "2027-02-15,", "不是周末"),
        ("清明节", "圣诞节", "不是法定节日"),
        ("2027-01-01,holiday,元旦\n", "", "元旦法定放假 1 天，文件里写了 0 天"),
        ("2027-01-01,", "2026-01-01,", "只写一年"),
        ("2027-02-14,workday,春节调休上班\n", "", "没有一个调休"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line_and_nothing_is_kept(run, folder, old, new, why):
    assert old in NOTICE

    result = run("update", notice=NOTICE.replace(old, new))

    assert result.exit_code == 2
    assert why in result.stderr
    assert not (folder / "calendar").exists()


def test_other_files_are_refused(tmp_path):
    for content, why in [(b"\xff\xfe\x00", "UTF-8"), (b"x" * 200_000, "太大"), (None, "无法读取")]:
        file = tmp_path / "x.csv"
        file.unlink(missing_ok=True)
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(UsageProblem, match=why):
            read_notice(file)
