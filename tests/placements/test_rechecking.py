"""The nightly re-check: what it keeps, what it tells, and that it agrees with page and command."""

import json
import random
import re
from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.jobs import service as jobs
from exchange.jobs.models import Job
from exchange.placements import service
from exchange.placements.models import PlacementCheck, PlacementStatus
from exchange.placements.service import rechecking
from tests.factories.accounts import InstructorFactory, InternshipOfficerFactory
from tests.factories.partners import PostFactory
from tests.factories.placements import CURES, PlacementFactory, record_consent, record_everything
from tests.factories.shifts import make_effective, shift_on
from tests.factories.students import StudentFactory

IS = PlacementStatus


def complete(**values):
    placement = PlacementFactory(status=IS.PREPARING, **values)
    record_everything(placement)
    return placement


def check_of(placement):
    return database.session.scalar(select(PlacementCheck).where(PlacementCheck.placement_id == placement.id))


def told(placement):
    events = [each for each in timeline(placement) if each.action in ("placement.broke", "placement.mended")]
    return [(each.action, each.changes["rules"]) for each in events]


def void(records):
    for each in records:
        each.voided_at = each.created_at
    database.session.flush()


def test_what_was_never_there_is_no_new_problem_before_the_first_day(db):
    placement = PlacementFactory(status=IS.PREPARING)

    found = service.recheck()

    assert (found.checked, found.broke, found.mended) == (1, 0, 0)
    assert "INT-13" in check_of(placement).found
    assert not check_of(placement).has_new


def test_what_held_and_breaks_is_new_until_it_is_mended_and_both_stand_in_the_trail(db):
    placement = complete()
    service.recheck()
    void(placement.consents)

    assert service.recheck().broke == 1
    database.session.expire_all()
    assert check_of(placement).broken == ["INT-13"]
    assert service.recheck().broke == 0
    record_consent(placement)
    assert service.recheck().mended == 1

    database.session.expire_all()
    assert not check_of(placement).has_new
    assert told(placement) == [("placement.mended", ["INT-13"]), ("placement.broke", ["INT-13"])]


def test_checking_again_writes_nothing(db):
    complete()
    PlacementFactory(status=IS.ACTIVE)
    service.recheck()
    rows = select(PlacementCheck.id, PlacementCheck.checked_at, PlacementCheck.found)
    kept = database.session.execute(rows).all()

    again = service.recheck()

    assert (again.checked, again.broke, again.mended) == (2, 0, 0)
    assert (
        database.session.execute(select(PlacementCheck.id, PlacementCheck.checked_at, PlacementCheck.found)).all()
        == kept
    )


def test_whoever_works_has_begun_with_nothing_open_so_everything_found_is_new(db):
    placement = complete()
    service.recheck()
    placement.status = IS.ACTIVE

    service.recheck()

    assert "INT-30" in check_of(placement).broken


def test_a_shift_plan_mends_what_the_running_placement_lacked(db):
    placement = complete()
    placement.status = IS.ACTIVE
    service.recheck()

    make_effective(placement)
    service.recheck()

    database.session.expire_all()
    assert {"INT-30", "INT-31", "INT-32"}.isdisjoint(check_of(placement).found)
    assert told(placement)[0] == ("placement.mended", ["INT-30", "INT-31", "INT-32"])


def test_a_placement_that_is_over_or_sent_back_is_forgotten(db):
    placement = PlacementFactory(status=IS.ACTIVE)
    service.recheck()

    placement.status = IS.ENDED
    assert service.recheck().checked == 0
    assert check_of(placement) is None


def test_portions_reach_everybody(db, monkeypatch):
    monkeypatch.setattr(rechecking, "PORTION", 2)
    PlacementFactory.create_batch(5, status=IS.PREPARING)
    seen = []

    assert service.recheck(lambda done, total: seen.append((done, total))).checked == 5
    assert seen == [(2, 5), (4, 5), (5, 5)]


def test_no_more_statements_for_many_than_for_few(db, count_queries):
    post = PostFactory()

    def statements():
        database.session.commit()
        database.session.expire_all()
        with count_queries() as counted:
            service.recheck()
        return counted.count

    PlacementFactory.create_batch(2, post=post, status=IS.PREPARING)
    PlacementFactory.create_batch(2, post=post, status=IS.ACTIVE)
    service.recheck()
    few = statements()
    PlacementFactory.create_batch(6, post=post, status=IS.PREPARING)
    PlacementFactory.create_batch(6, post=post, status=IS.ACTIVE)
    service.recheck()

    assert statements() == few


SEEDS = range(4)
CHOICES = {
    "kind_of_student": [date(2008, 1, 6), date(2008, 5, 6), date(2010, 3, 3)],
    "status": [IS.PREPARING, IS.ACTIVE],
}


def generated(seed, posts):
    """A placement with some of its records, some of its shifts, and a day of birth by chance."""
    chance = random.Random(seed)
    student = StudentFactory(birth_date=chance.choice(CHOICES["kind_of_student"]), enrolled_on=date(2024, 9, 1))
    placement = PlacementFactory(student=student, post=chance.choice(posts), status=chance.choice(CHOICES["status"]))
    cures = list(dict.fromkeys(CURES.values()))
    for cure in chance.sample(cures, chance.randint(len(cures) - 4, len(cures))):
        cure(placement)
    if chance.random() < 0.6:
        make_effective(placement)
    if chance.random() < 0.3:
        placement.excused = ["INT-17"]
    return placement


@pytest.mark.parametrize("seed", SEEDS)
def test_page_command_and_nightly_run_agree(sign_in, runner, db, seed):
    posts = [PostFactory(), PostFactory(staff_same_kind=3), PostFactory(majors=["710103"])]
    placements = [generated(100 * seed + number, posts) for number in range(12)]
    service.recheck()
    database.session.commit()
    browser = sign_in(InternshipOfficerFactory())

    for each in placements:
        nightly = check_of(each).found
        result = runner.invoke(args=["placements", "checklist", str(each.id), "--json"])
        command = json.loads(result.stdout)["findings"]
        page = browser.get(f"/placements/{each.id}")
        shown = re.findall(r'checklist__source">\s*(INT-\d+)', page)
        assert [row["rule"] for row in command] == nightly == shown
        assert all(row["message"] in page for row in command)
    assert {bool(check_of(each).found) for each in placements} != {False}


def test_the_command_tells_how_many(runner, db):
    PlacementFactory(status=IS.ACTIVE)
    database.session.commit()

    result = runner.invoke(args=["placements", "recheck", "--json"])

    assert (result.exit_code, json.loads(result.stdout)) == (0, {"checked": 1, "broke": 1, "mended": 0})
    assert "复查了 1 项实习" in runner.invoke(args=["placements", "recheck"]).stdout


def test_the_daily_job_checks_once_a_day(db):
    PlacementFactory(status=IS.ACTIVE)
    database.session.commit()

    jobs.ask_for_daily_work()
    jobs.run_pending()

    job = database.session.scalar(select(Job).where(Job.task == "placements.recheck"))
    assert (job.state.value, job.url, job.done) == ("done", "/placements?new=1", 1)
    assert database.session.scalar(select(PlacementCheck.has_new))


def test_the_office_finds_new_problems_on_its_home_and_in_the_list(sign_in, db):
    running, quiet = PlacementFactory(status=IS.ACTIVE), PlacementFactory(status=IS.PREPARING)
    service.recheck()
    database.session.commit()
    officer = sign_in(InternshipOfficerFactory())

    assert "1 项实习有新问题" in officer.get("/")
    page = officer.get("/placements?new=1")

    assert f"/placements/{running.id}" in page
    assert f"/placements/{quiet.id}" not in page
    assert "排班" in page
    assert "有新问题" not in sign_in(InstructorFactory()).get("/")


@time_machine.travel("2026-04-01 12:00+08:00", tick=False)
def test_an_insurance_that_no_longer_covers_the_days_is_found(db):
    placement = complete()
    make_effective(placement, [shift_on("2026-03-03")])
    service.recheck()
    placement.insurances[-1].covers_to = date(2026, 8, 27)

    service.recheck()

    assert check_of(placement).broken == ["INT-47"]
