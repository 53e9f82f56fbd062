"""The appraisal by mentor and school, its weights, and what the rules hear of it (articles 21 and 27)."""

from decimal import Decimal

import pytest
import time_machine

from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.journals import service
from exchange.journals.grading import Grade, grade, level
from exchange.journals.models import Appraisal
from exchange.journals.values import Level
from exchange.placements.facts.values import Step
from exchange.placements.models import PlacementStatus
from exchange.placements.record_facts import facts_of
from exchange.placements.rules import END
from tests.factories.accounts import InstructorFactory
from tests.factories.journals import InternshipReportFactory, RunningPlacementFactory, WeeklyLogFactory

DAY = "2026-08-20 12:00:00+08:00"


@pytest.fixture(autouse=True)
def last_days(db):
    with time_machine.travel(DAY, tick=False):
        yield


@pytest.fixture
def placement():
    return RunningPlacementFactory(mentor_name="王主管", student__name="岩旺", instructor=InstructorFactory())


def by_mentor(placement, process=Level.EXCELLENT, result=Level.PASS):
    return service.appraise_as_mentor(
        placement.host, "王主管", placement_id=placement.id, process=process, result=result, words="踏实"
    )


def by_school(placement, process="88", result="76"):
    return service.appraise_as_school(placement, process=Decimal(process), result=Decimal(result), by=None)


def broken(placement):
    """Of the rules that END adds and of the logs."""
    codes = {rule.code for rule in END.own} | {"INT-38"}
    found = END.findings(facts_of(placement, step=Step.END))
    return {each.rule.code for each in found if each.rule.code in codes}


def test_weights_make_one_grade_of_four_marks(placement):
    by_mentor(placement)
    appraisal = by_school(placement)

    # half of 95 and 88, half of 70 and 76; three fifths of the one and two of the other
    assert grade(appraisal, placement.starts_on) == Grade(Decimal("91.5"), Decimal("73.0"), Decimal("84.1"), Level.GOOD)


@pytest.mark.parametrize(
    ("total", "wanted"), [("90", "excellent"), ("89.9", "good"), ("80", "good"), ("60", "pass"), ("59.9", "fail")]
)
def test_levels_begin_where_the_school_says(total, wanted, placement):
    assert level(Decimal(total), placement.starts_on) == wanted


def test_one_side_alone_makes_no_grade(placement):
    assert grade(by_school(placement), placement.starts_on) == Grade(None, None, None, None)
    assert broken(placement) == {"INT-38", "INT-43"}


def test_internship_with_logs_report_and_appraisal_is_complete(placement):
    with time_machine.travel("2026-03-02 12:00:00+08:00"):
        InternshipReportFactory(placement=placement)
    placement.ends_on = placement.starts_on
    WeeklyLogFactory(placement=placement)
    by_mentor(placement)
    by_school(placement)

    assert broken(placement) == set()


@pytest.mark.parametrize("missing", ["log", "report", "mentor", "school"])
def test_what_is_missing_at_the_end_is_found(placement, missing):
    placement.ends_on = placement.starts_on
    if missing != "log":
        WeeklyLogFactory(placement=placement)
    if missing != "report":
        InternshipReportFactory(placement=placement)
    if missing != "mentor":
        by_mentor(placement)
    if missing != "school":
        by_school(placement)

    assert broken(placement) == {"INT-38" if missing in {"log", "report"} else "INT-43"}


def test_nobody_is_graded_early_or_after_the_end(placement):
    with time_machine.travel("2026-08-13 12:00:00+08:00"), pytest.raises(NotPossible, match="快结束时"):
        by_school(placement)
    placement.status = PlacementStatus.ENDED
    database.session.commit()
    with pytest.raises(NotPossible, match="快结束时"):
        by_school(placement)


def test_mentor_grades_each_own_student_once(placement):
    foreign = RunningPlacementFactory(post=placement.post, mentor_name="李主管")
    by_mentor(placement)

    for other in (placement, foreign):
        with pytest.raises(NotPossible, match="不用您鉴定"):
            by_mentor(other)


@pytest.mark.parametrize("mark", ["-1", "100.5"])
def test_marks_lie_between_nought_and_a_hundred(placement, mark):
    with pytest.raises(NotPossible, match="0 到 100"):
        by_school(placement, process=mark)


def test_mentor_grades_through_the_link_and_the_teacher_beside_it(stranger, sign_in, placement):
    address = f"/m/{service.make_mentor_link(placement, by=placement.instructor)}"
    database.session.commit()
    assert "岩旺的实习鉴定" in stranger.get(address)
    stranger.post(address, expect=422, placement=placement.id, process="good")
    stranger.post(address, placement=placement.id, process="good", result="excellent", praise="踏实")
    assert "岩旺的实习鉴定" not in stranger.get(address)

    browser = sign_in(placement.instructor)
    url = f"/journals/placements/{placement.id}/appraisal"
    assert "踏实" in browser.get(url)
    browser.post(url, expect=422, process_mark="", result_mark="80")
    browser.post(url, process_mark="90", result_mark="80", words="进步大")

    assert "良好" in browser.get(url)
    kept = database.session.query(Appraisal).one()
    assert (kept.host_process, kept.host_result, kept.school_process) == (85, 95, 90)
    assert "Internship appraisal of" in browser.get(f"{url}?lang=en")
    sign_in(InstructorFactory()).get(url, expect=404)
