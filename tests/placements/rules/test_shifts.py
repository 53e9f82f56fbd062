import pytest

from tests.placements.documents import found, missing

MONDAY = "2028-03-06"
WEEK = [f"2028-03-{day:02d}" for day in range(6, 13)]  # Monday to Sunday
SATURDAY, SUNDAY, LABOUR_DAY = "2028-03-11", "2028-03-12", "2028-05-01"
FILED = "filings.EXCEPTION.filed_on"
ADULT, MINOR = {"student.birth_date": "2010-03-06"}, {"student.birth_date": "2010-03-07"}
NOTHING_FILED = {"filings.2.scopes": []}


def shift(day=MONDAY, start="09:00", end="17:30", break_minutes=60):
    return {"date": day, "start": start, "end": end, "break_minutes": break_minutes}


def daily(rule, shifts, changes=NOTHING_FILED):
    """What the rule says of the shifts; nothing is filed where nothing else is said."""
    return missing(rule, {"step": "DAILY", "shifts": shifts} | ADULT | changes)


@pytest.mark.parametrize(
    ("day", "scope"),
    [(SATURDAY, "REST_DAY"), (SUNDAY, "REST_DAY"), (LABOUR_DAY, "HOLIDAY"), ("2026-10-05", "REST_DAY")],
)
def test_day_off_is_free_unless_it_was_filed_in_advance(day, scope):
    shifts = [shift(day)]

    assert daily("INT-30", shifts) == [FILED]
    assert daily("INT-30", shifts, {"filings.2.scopes": [scope]}) is None
    assert daily("INT-30", shifts, {"filings.2.filed_on": "2028-03-05"}) is None
    assert daily("INT-30", shifts, {"filings.2.filed_on": "2028-03-06"}) == [FILED]
    other = "HOLIDAY" if scope == "REST_DAY" else "REST_DAY"
    assert daily("INT-30", shifts, {"filings.2.scopes": [other]}) == [FILED]


@pytest.mark.parametrize("day", [MONDAY, "2026-10-10"])  # the second is a Saturday worked in exchange
def test_workday_needs_no_filing(day):
    assert daily("INT-30", [shift(day)]) is None


@pytest.mark.parametrize(
    ("shifts", "found_rule"),
    [
        (None, ["shifts", FILED]),
        ([], None),
        ([shift(day=None)], ["shifts[0].date", FILED]),
        ([shift(), shift(day=None)], ["shifts[1].date", FILED]),
        ([shift(day="0001-01-01"), shift(day="9999-12-31")], None),
    ],
)
def test_unknown_day_may_be_a_day_off(shifts, found_rule):
    assert daily("INT-30", shifts) == found_rule
    assert daily("INT-30", shifts, {"filings.2.scopes": ["REST_DAY", "HOLIDAY"]}) is None


@pytest.mark.parametrize(
    ("shifts", "is_short"),
    [
        ([shift(end="18:00")], True),  # eight hours without the break
        ([shift(end="18:01")], False),
        ([shift(end="13:00", break_minutes=0), shift(start="14:00", end="18:00", break_minutes=0)], True),
        ([shift(end="13:00", break_minutes=0), shift(start="14:00", end="18:01", break_minutes=0)], False),
        ([shift(day, end="16:20", break_minutes=0) for day in WEEK[:6]], True),  # 44 hours
        ([shift(day, end="16:21", break_minutes=0) for day in WEEK[:6]], False),
        ([shift("2028-03-12"), *(shift(f"2028-03-{day}") for day in range(13, 18))], True),  # Sunday is another week
        ([shift(end="09:00", break_minutes=961)], True),
        ([shift(break_minutes=10000)], True),
    ],
)
def test_hours_are_kept(shifts, is_short):
    filed_nights = {"filings.2.scopes": ["NIGHT"]}

    assert daily("INT-31", shifts, filed_nights) == (None if is_short else [FILED])
    assert daily("INT-31", shifts, {"filings.2.scopes": ["NIGHT", "OVERTIME"]}) is None


@pytest.mark.parametrize(
    ("start", "end", "is_night"),
    [
        ("14:00", "22:00", False),
        ("14:00", "22:01", True),
        ("06:00", "14:00", False),
        ("05:59", "13:00", True),
        ("22:00", "23:00", True),
        ("17:00", "00:00", True),
        ("21:00", "05:00", True),
        ("18:00", "08:00", True),
    ],
)
def test_night_is_free_unless_it_was_filed_in_advance(start, end, is_night):
    shifts = [shift(start=start, end=end)]

    assert daily("INT-31", shifts, {"filings.2.scopes": ["OVERTIME"]}) == ([FILED] if is_night else None)
    assert daily("INT-31", shifts, {"filings.2.scopes": ["OVERTIME", "NIGHT"]}) is None


@pytest.mark.parametrize("shifts", [[shift(end="19:00")], [shift(start="15:00", end="23:00")]])
def test_minor_works_neither_overtime_nor_nights_even_if_filed(shifts):
    filed = {"filings.2.scopes": ["OVERTIME", "NIGHT"]}

    assert daily("INT-31", shifts, filed | MINOR) == []
    assert daily("INT-31", shifts, filed | ADULT) is None
    assert daily("INT-31", shifts, filed | {"student.birth_date": None}) == ["student.birth_date"]


@pytest.mark.parametrize(
    ("unknown", "found_rule"),
    [
        (shift(end=None), ["shifts[0].end", FILED]),
        (shift(start=None), ["shifts[0].start", FILED]),
        (shift(break_minutes=None), ["shifts[0].break_minutes", FILED]),
        (shift(end="17:00", break_minutes=None), None),
        (shift(start="23:00", end=None), ["shifts[0].end", FILED]),
    ],
)
def test_unknown_hours_leave_the_question_open(unknown, found_rule):
    assert daily("INT-31", [unknown]) == found_rule


def test_known_night_is_found_whatever_else_is_unknown():
    assert daily("INT-31", [shift(start="23:00", end=None)], {"filings.2.scopes": ["OVERTIME"]}) == [FILED]
    assert daily("INT-31", None) == ["shifts", FILED]


@pytest.mark.parametrize(
    ("days", "found_rule"),
    [
        (WEEK[:6], None),
        (WEEK, []),
        ([*WEEK[:3], *WEEK[4:]], None),
        (WEEK[:6] * 2, None),
        ([*WEEK[:6], None], ["shifts[6].date"]),
        ([*WEEK[:5], None], None),
        ([], None),
    ],
)
def test_every_week_has_a_day_of_rest(days, found_rule):
    shifts = [shift(day) for day in days]

    assert daily("INT-32", shifts) == found_rule
    assert daily("INT-32", shifts, {"filings.2.filed_on": "2028-02-18"}) == found_rule


def test_shifts_are_asked_for_while_the_internship_runs():
    assert daily("INT-32", None) == ["shifts"]
    assert found({"step": "START", "shifts": None}) == {}
