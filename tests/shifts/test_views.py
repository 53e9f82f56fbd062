"""The pages of shift plans, as the office, the family and the host see them."""

import io
from datetime import date

import pytest
import time_machine

from exchange.core.database import db as database
from exchange.placements import service as placements
from exchange.placements.facts.values import ExceptionScope, FilingKind
from exchange.placements.models import PlacementStatus
from exchange.shifts import queries
from tests.factories.accounts import (
    GuardianUserFactory,
    HomeroomTeacherFactory,
    InstructorFactory,
    InternshipOfficerFactory,
    StudentUserFactory,
)
from tests.factories.placements import PlacementFactory
from tests.factories.shifts import make_effective, usual_shifts
from tests.factories.students import GuardianFactory, GuardianshipFactory, StudentFactory

WEEK = {
    "days": ["0", "1", "2", "3", "4"],
    "start": "09:00",
    "end": "17:30",
    "break_minutes": "60",
    "first": "2026-03-02",
    "last": "2026-08-28",
    "days_off": "none",
}
SATURDAY = {"works": "yes", "start": "09:00", "end": "17:30", "break_minutes": "60"}


@pytest.fixture
def officer(sign_in):
    return sign_in(InternshipOfficerFactory())


def test_a_week_becomes_a_plan_for_all_companions(officer, db):
    first, second = PlacementFactory(), None
    second = PlacementFactory(post=first.post)
    url = f"/placements/{first.id}/shifts"

    assert "还没有排班" in officer.get(url)
    assert f'value="{second.id}"' in officer.get(f"{url}/week")
    officer.post(f"{url}/week", also=[second.id], **WEEK)
    page = officer.get(f"{url}?month=2026-05")
    assert "草稿，还没有生效" in page
    officer.post(f"{url}/effective", also=[second.id])

    found = queries.effective_shifts([first, second])
    assert found == {first.id: usual_shifts(first), second.id: usual_shifts(second)}
    page = officer.get(f"{url}?month=2026-05")
    assert "已生效" in page
    for words in ("劳动节", "09:00–17:30", "7.5 小时", "调休上班日"):
        assert words in page


def test_scenario_7_saturday_without_filing_then_late_then_in_advance(officer, db):
    placement = PlacementFactory(status=PlacementStatus.PREPARING)
    url = f"/placements/{placement.id}/shifts"
    officer.post(f"{url}/days/2026-03-07", **SATURDAY)

    page = officer.get(f"{url}?month=2026-03")
    assert "month__day--blocked" in page
    assert "休息日上班" in page
    for filed_on, expected in ((None, 409), (date(2026, 3, 3), 409), (date(2026, 3, 1), 302)):
        if filed_on:
            scopes = [ExceptionScope.REST_DAY]
            placements.record_filing(placement, kind=FilingKind.EXCEPTION, scopes=scopes, filed_on=filed_on, by=None)
            database.session.commit()
        page = officer.post(f"{url}/effective", expect=expected)
        assert expected == 302 or ("2026-03-07" in page and "第17(2)条" in page)
        assert bool(queries.effective_shifts([placement])) == (expected == 302)
    assert "休息日上班（已备案）" in officer.get(f"{url}?month=2026-03")


def test_each_thing_that_is_wrong_with_a_day_is_said_in_words(officer, db):
    placement = PlacementFactory()
    url = f"/placements/{placement.id}/shifts"
    long = {"works": "yes", "start": "08:00", "end": "23:00", "break_minutes": "0"}
    for day in range(3, 10):
        officer.post(f"{url}/days/2026-03-{day:02}", **long)

    page = officer.get(f"{url}?month=2026-03")

    for words in ("一天超过 8 小时", "这一周共 90 小时", "夜班", "连续第 7 天上班", "休息日上班", "不能这样排（3 项）"):
        assert words in page


def test_a_day_is_made_free_again(officer, db):
    placement = PlacementFactory()
    make_effective(placement)
    database.session.commit()
    url = f"/placements/{placement.id}/shifts"

    assert 'value="09:00"' in officer.get(f"{url}/days/2026-03-03")
    officer.post(f"{url}/days/2026-03-03", works="no")
    officer.post(f"{url}/effective")

    assert date(2026, 3, 3) not in {each.date_ for each in queries.effective_shifts([placement])[placement.id]}


def test_a_pasted_table_is_read_or_sent_back_with_every_bad_line(officer, db):
    placement = PlacementFactory(student=StudentFactory(name="岩示范"))
    url = f"/placements/{placement.id}/shifts"
    bad = "岩示范 2026-03-03 09:00 17:30 60\n别人 2026-03-03 09:00 17:30 60\n岩示范 2026-03-32 09:00 17:30 60"

    page = officer.post(f"{url}/table", expect=422, table=bad)
    assert "第 2 行" in page
    assert "第 3 行" in page
    assert "别的 1 个班都读懂了" in page
    assert queries.versions(placement) == []

    officer.post(f"{url}/table", table=bad.splitlines()[0])
    assert len(queries.versions(placement)[0].shifts) == 1


def test_an_uploaded_table_is_read_and_a_broken_file_refused(officer, db):
    placement = PlacementFactory(student=StudentFactory(name="岩示范"))
    url = f"/placements/{placement.id}/shifts/table"

    assert "工作簿" in officer.post(url, expect=422, file=(io.BytesIO(b"x"), "排班.xlsx"))
    officer.post(url, file=(io.BytesIO("岩示范,2026-03-03,09:00,17:30,60\n".encode()), "排班.csv"))

    assert len(queries.versions(placement)[0].shifts) == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"last": "2026-09-01"}, "不在实习期间"),
        ({"last": "2026-03-01"}, "不能早于第一天"),
        ({"break_minutes": "900"}, "0 到 720"),
        ({"start": ""}, "上班"),
        ({"first": "2026-05-01", "last": "2026-05-03"}, "一个班也没有"),
    ],
)
def test_a_week_that_cannot_be_is_sent_back(officer, db, changes, why):
    placement = PlacementFactory()

    assert why in officer.post(f"/placements/{placement.id}/shifts/week", expect=422, **WEEK | changes)


def test_a_year_without_calendar_says_what_is_missing_and_what_to_do(officer, db):
    placement = PlacementFactory(starts_on=date(2026, 9, 7), ends_on=date(2027, 2, 26))

    page = officer.get(f"/placements/{placement.id}/shifts")

    assert "2027 年的放假安排还没有录入" in page
    assert "flask reference calendar update" in page
    assert "2026 年的放假安排" not in page


def test_others_see_the_plan_and_change_nothing(sign_in, db):
    placement = PlacementFactory(instructor=InstructorFactory())
    make_effective(placement)
    database.session.commit()
    url = f"/placements/{placement.id}/shifts"
    instructor = sign_in(placement.instructor)

    assert f"{url}/week" not in instructor.get(url)
    instructor.post(f"{url}/days/2026-03-03", expect=403, works="no")
    sign_in(HomeroomTeacherFactory()).get(url, expect=404)


def test_a_discarded_draft_is_gone(officer, db):
    placement = PlacementFactory()
    url = f"/placements/{placement.id}/shifts"
    officer.post(f"{url}/week", **WEEK)

    officer.post(f"{url}/discard")

    assert "还没有排班" in officer.get(url)
    assert "没有排班草稿" in officer.post(f"{url}/discard", expect=409)


@time_machine.travel("2026-05-06 12:00+08:00", tick=False)
def test_families_see_this_week_in_plain_words(sign_in, db):
    student = StudentFactory(user=StudentUserFactory())
    guardian = GuardianFactory(user=GuardianUserFactory())
    GuardianshipFactory(student=student, guardian=guardian)
    placement = PlacementFactory(student=student, status=PlacementStatus.ACTIVE)
    make_effective(placement)
    database.session.commit()

    for person in (student.user, guardian.user):
        page = sign_in(person).get("/placements/mine")
        assert "这一周的班" in page
        assert page.count("09:00–17:30，中间休息 60 分钟") == 3  # Monday and Tuesday are off
        assert "夜班" in page


def test_the_sheet_of_a_host_and_month_names_who_has_no_plan(officer, db):
    planned = PlacementFactory(student=StudentFactory(name="岩示范"))
    PlacementFactory(post=planned.post, student=StudentFactory(name="玉示范"))
    make_effective(planned)
    database.session.commit()
    url = f"/shifts/hosts/{planned.host.id}?month=2026-03"

    page = officer.get(url)

    assert "还没有生效的排班：玉示范" in page
    assert page.count("09:00") == 22
    assert "没有生效的排班" in officer.get(f"/shifts/hosts/{planned.host.id}?month=2030-01")


@pytest.mark.parametrize("address", ["", "/week", "/table", "/days/2026-03-03"])
def test_pages_speak_english(officer, db, address):
    placement = PlacementFactory()
    officer.post(f"/placements/{placement.id}/shifts/week", **WEEK)

    page = officer.get(f"/placements/{placement.id}/shifts{address}?lang=en")

    assert "hift" in page
