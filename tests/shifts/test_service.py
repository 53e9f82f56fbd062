"""What a shift plan may hold, when it counts, and that nobody makes effective what the law forbids."""

from datetime import date, time

import pytest

from exchange.audit.queries import timeline
from exchange.core.errors import NotPossible
from exchange.placements import service as placements
from exchange.placements.facts.values import ExceptionScope, FilingKind, Step
from exchange.placements.models import PlacementStatus
from exchange.placements.record_facts import facts_of
from exchange.shifts import queries, service
from exchange.shifts.service import ForbiddenShifts, UnusableShifts
from tests.factories.placements import PlacementFactory
from tests.factories.shifts import make_effective, shift_on, usual_shifts
from tests.factories.students import StudentFactory

SATURDAY = "2026-03-07"
IN_ADVANCE, LATE = date(2026, 3, 1), date(2026, 3, 2)
NIGHT, LONG = {"start": time(15), "end": time(23)}, {"start": time(8), "end": time(18)}


def adult():
    """A placement of somebody who is of age on the first day; the factory's student is not."""
    return PlacementFactory(student=StudentFactory(birth_date=date(2008, 1, 6), enrolled_on=date(2024, 9, 1)))


def file(placement, scope, on=IN_ADVANCE):
    placements.record_filing(placement, kind=FilingKind.EXCEPTION, scopes=[scope], filed_on=on, by=None)


def test_a_draft_is_no_fact_until_it_is_effective(db):
    placement = PlacementFactory()
    service.draft(placement, [shift_on("2026-03-03")], by=None)

    assert facts_of(placement, step=Step.DAILY).shifts is None

    service.make_effective([placement], by=None)

    assert facts_of(placement, step=Step.DAILY).shifts == (shift_on("2026-03-03"),)


def test_a_new_plan_voids_what_it_replaces_and_both_are_kept(db):
    placement = PlacementFactory()
    first = make_effective(placement)
    second = make_effective(placement, [shift_on("2026-03-03")])

    assert (first.is_void, second.is_void) == (True, False)
    assert [plan.id for plan in queries.versions(placement)] == [second.id, first.id]
    assert [event.action for event in timeline(placement)].count("shift.made_effective") == 2


def test_a_plan_for_other_days_counts_no_longer(db):
    placement = PlacementFactory()
    plan = make_effective(placement)

    placements.change_placement(placement, ends_on=date(2026, 8, 27), by=None)

    assert facts_of(placement, step=Step.DAILY).shifts is None
    assert not plan.fits(placement)


@pytest.mark.parametrize(
    ("scope", "shifts", "rule", "named"),
    [
        (ExceptionScope.REST_DAY, [shift_on(SATURDAY)], "INT-30", "2026-03-07"),
        (ExceptionScope.HOLIDAY, [shift_on("2026-05-01")], "INT-30", "2026-05-01 劳动节"),
        (ExceptionScope.OVERTIME, [shift_on("2026-03-03", **LONG)], "INT-31", "2026-03-03"),
        (ExceptionScope.NIGHT, [shift_on("2026-03-03", **NIGHT)], "INT-31", "2026-03-03"),
    ],
)
def test_what_is_not_filed_in_advance_is_refused_with_day_and_article(db, scope, shifts, rule, named):
    placement = adult()
    service.draft(placement, shifts, by=None)

    with pytest.raises(ForbiddenShifts, match=rule) as unfiled:
        service.make_effective([placement], by=None)
    file(placement, scope, on=LATE)
    with pytest.raises(ForbiddenShifts, match=rule):
        service.make_effective([placement], by=None)
    file(placement, scope, on=IN_ADVANCE)
    service.make_effective([placement], by=None)

    assert named in str(unfiled.value)
    assert "第17(" in str(unfiled.value)
    assert placement.student.name in str(unfiled.value)


def test_a_week_over_44_hours_is_named_by_its_monday(db):
    placement = PlacementFactory()
    days = ("2026-09-14", "2026-09-15", "2026-09-16", "2026-09-17", "2026-09-18", "2026-09-20")  # a Sunday worked
    placement.starts_on, placement.ends_on = date(2026, 9, 1), date(2027, 1, 29)
    service.draft(placement, [shift_on(day) for day in days], by=None)

    with pytest.raises(ForbiddenShifts, match=r"INT-31.*2026-09-14"):
        service.make_effective([placement], by=None)


@pytest.mark.parametrize(("scope", "times"), [(ExceptionScope.NIGHT, NIGHT), (ExceptionScope.OVERTIME, LONG)])
def test_minors_never_work_nights_or_overtime(db, scope, times):
    placement = PlacementFactory()
    file(placement, scope)
    service.draft(placement, [shift_on("2026-03-03", **times)], by=None)

    with pytest.raises(ForbiddenShifts, match="未成年"):
        service.make_effective([placement], by=None)


def test_seven_days_in_a_row_are_refused_whatever_is_filed(db):
    placement = PlacementFactory()
    file(placement, ExceptionScope.REST_DAY)
    seven = [shift_on(date(2026, 3, day), time(9), time(14), 0) for day in range(3, 10)]
    service.draft(placement, seven, by=None)

    with pytest.raises(ForbiddenShifts, match=r"INT-32.*2026-03-03.*劳动法"):
        service.make_effective([placement], by=None)

    service.draft(placement, seven[:-1], by=None)
    service.make_effective([placement], by=None)


def test_drafts_of_several_count_together_or_not_at_all(db):
    grown = adult()
    minor = PlacementFactory(post=grown.post)
    for each in (grown, minor):
        file(each, ExceptionScope.NIGHT)
        service.draft(each, [shift_on("2026-03-03", **NIGHT)], by=None)

    with pytest.raises(ForbiddenShifts) as refusal:
        service.make_effective([grown, minor], by=None)

    assert minor.student.name in str(refusal.value)
    assert queries.standing([grown.id, minor.id]) == {}


@pytest.mark.parametrize(
    ("shifts", "why"),
    [
        ([], "一个班也没有"),
        ([shift_on("2026-03-01")], "不在实习期间"),
        ([shift_on("2026-03-03"), shift_on("2026-03-03", time(18), time(20), 0)], "有两个班"),
        ([shift_on("2026-03-03", time(9), time(10), 60)], "休息不比上班短"),
        ([shift_on("2026-03-03", pause=None)], "休息的分钟数"),
    ],
)
def test_unusable_shifts_are_refused(db, shifts, why):
    with pytest.raises(UnusableShifts, match=why):
        service.draft(PlacementFactory(), shifts, by=None)


def test_one_day_is_changed_in_a_draft_and_the_effective_plan_stays(db):
    placement = PlacementFactory()
    make_effective(placement)

    draft = service.change_day(placement, date(2026, 3, 3), None, by=None)
    again = service.change_day(placement, date(2026, 3, 4), shift_on("2026-03-04", time(10)), by=None)

    assert draft.id == again.id
    assert draft.shifts[:2] == (shift_on("2026-03-02"), shift_on("2026-03-04", time(10)))
    assert queries.effective_shifts([placement])[placement.id] == usual_shifts(placement)
    event = timeline(placement)[0]
    assert (event.action, event.changes["shift"]) == ("shift.day_changed", ["09:00–17:30 −60", "10:00–17:30 −60"])


def test_a_draft_can_be_given_up(db):
    placement = PlacementFactory()
    service.draft(placement, [shift_on("2026-03-03")], by=None)

    service.discard(placement, by=None)

    assert service.current_of(placement) is None
    with pytest.raises(NotPossible):
        service.discard(placement, by=None)
    with pytest.raises(NotPossible):
        service.make_effective([placement], by=None)


def test_nothing_is_planned_once_the_placement_is_over(db):
    with pytest.raises(NotPossible, match="已经结束"):
        service.draft(PlacementFactory(status=PlacementStatus.ENDED), [shift_on("2026-03-03")], by=None)
