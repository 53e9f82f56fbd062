"""``flask reference calendar``: which years are known, and taking in the notice of a new one."""

from pathlib import Path

import click

from exchange.core.cli import Group, json_option, reads, report, write_whole
from exchange.core.database import today
from exchange.core.i18n import _, listed
from exchange.reference import calendar
from exchange.reference.notices import Notice, read_notice

FIRST_YEAR = 2021  # the regulation on internships is in force from its last day on
NEXT_NOTICE_MONTH = 11  # the notice comes in autumn

reference = Group("reference", help="Code tables and the work calendar.")
calendars = Group("calendar", help="The work calendar of each year, from the notice of the State Council.")
reference.add_command(calendars)


@calendars.command("check")
@click.argument("file", metavar="[FILE.csv]", required=False)
@json_option
@reads
def check(file: str | None, as_json: bool) -> int:
    """Say which years are known; or, with FILE.csv, whether it can be taken in. Status 1 where a year is missing."""
    if file:
        _tell(read_notice(Path(file)), as_json=as_json, words=_("可以录入。"))
        return 0
    last = today().year + (today().month >= NEXT_NOTICE_MONTH)
    years = range(FIRST_YEAR, last + 1)
    missing = [year for year in years if not calendar.calendar_of(year).is_announced]
    known = [year for year in years if year not in missing]
    report({"known": known, "missing": missing}, as_json=as_json, words=_words(known, missing))
    return int(bool(missing))


def _words(known: list[int], missing: list[int]) -> str:
    if not missing:
        return str(_("%(first)s 到 %(last)s 年的放假安排都有。", first=known[0], last=known[-1]))
    return str(
        _(
            "%(years)s 年的放假安排还没有录入，调休和补假看不出来。"
            "把国务院办公厅的通知写成 date,kind,name 的文件，运行 flask reference calendar update 文件名。",
            years=listed(missing),
        )
    )


@calendars.command("update")
@click.argument("file", metavar="FILE.csv")
@json_option
@reads
def update(file: str, as_json: bool) -> None:
    """Take in the notice in FILE.csv: date,kind,name with holiday, rest_day or workday. It replaces what was known."""
    source = Path(file)
    notice = read_notice(source)
    kept = calendar.notice_of(notice.year)
    kept.parent.mkdir(parents=True, exist_ok=True)
    write_whole(kept, source.read_bytes())
    calendar.look_again()
    _tell(notice, as_json=as_json, words=_("已录入。已生效的排班今晚复查；急的话运行 flask placements recheck。"))


def _tell(notice: Notice, *, as_json: bool, words: str) -> None:
    year = notice.calendar
    counts = {
        "year": notice.year,
        "holidays": len(year.holidays),
        "rest_days": len(year.rest_days),
        "workdays": len(year.working_weekends),
    }
    said = _(
        "%(year)s 年：法定节假日 %(holidays)s 天，其他休息日 %(rest_days)s 天，调休上班 %(workdays)s 天。", **counts
    )
    report(counts, as_json=as_json, words=f"{said}{words}")
