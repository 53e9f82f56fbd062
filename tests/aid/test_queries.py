"""Reads of aid: where the roster differs, who is entitled, what the check gathers, and what totals tell."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from exchange.aid import service
from exchange.aid.months import Months
from exchange.aid.queries import awards, claims, poverty, totals
from exchange.aid.queries.candidates import entitled, others_with_a_share
from exchange.aid.queries.waiting import waiting_for
from exchange.aid.values import AidKind, CardHolder, PaidFor, PaidPer
from exchange.core.database import db as database
from exchange.students import service as students_service
from exchange.students.history import Span, State, state_of
from exchange.students.models import StudentStatus
from tests.factories.accounts import AidOfficerFactory, PrincipalFactory, StudentUserFactory
from tests.factories.aid import AUTUMN, PovertyStatusFactory, approved, card, gift, plan
from tests.factories.partners import CooperationProjectFactory
from tests.factories.programmes import ProgrammeFactory, SchoolClassFactory, TermFactory
from tests.factories.students import GuardianshipFactory, StudentFactory

pytestmark = pytest.mark.usefixtures("db")
DAY = date(2026, 11, 20)
RURAL = {"学习形式": "全日制", "户口性质": "农业户口"}
GRANT, YULU = AidKind.NATIONAL_GRANT, AidKind.RAIN_AND_DEW


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(f"{DAY} 12:00 +0800", tick=False):
        yield


def codes(award):
    return [finding.rule.code for finding in claims.check([award])[0].findings]


@pytest.mark.parametrize(
    ("roster", "recorded", "agree"),
    [
        ("脱贫户", ["TPH"], True),
        ("脱贫户", ["TPH", "CJ"], True),
        ("脱贫户", [], False),
        ("脱贫户", ["DB"], False),
        ("监测对象", ["JC_TFYZKN"], True),
        ("监测对象", ["TPH"], False),
        ("否", [], True),
        ("否", ["NONE"], True),
        ("否", ["DB"], False),
    ],
)
def test_roster_and_statuses_agree_or_differ(roster, recorded, agree):
    assert poverty.agrees(roster, recorded, DAY) == agree


def test_differences_are_those_of_the_day_and_of_students_on_the_roll():
    right, late, gone, silent = (StudentFactory(poverty=said) for said in ("脱贫户", "脱贫户", "脱贫户", None))
    gone.status = StudentStatus.WITHDRAWN
    PovertyStatusFactory(student=right)
    PovertyStatusFactory(student=late, begins_on=date(2026, 11, 21))
    PovertyStatusFactory(student=silent)

    assert [each.student for each in poverty.disagreements(DAY)] == [late]
    assert poverty.disagreements(date(2026, 11, 21)) == []


@pytest.mark.parametrize(
    ("student", "is_entitled"),
    [
        ({}, True),
        ({"national": {"学习形式": "非全日制", "户口性质": "农业户口"}}, False),
        ({"national": None}, False),
        ({"national": {"学习形式": "全日制", "户口性质": "非农业户口"}}, False),
        ({"county_of_origin": "533102"}, False),
        ({"status": StudentStatus.ON_LEAVE}, False),
        ({"enrolled_on": date(2026, 11, 21)}, False),
    ],
)
def test_national_grant_goes_to_whom_the_conditions_name(student, is_entitled):
    StudentFactory(**{"national": RURAL} | student)

    assert bool(entitled(GRANT, AUTUMN)) == is_entitled


def test_third_grade_has_the_national_grant_since_the_spring_of_2025():
    programme = ProgrammeFactory(intake_year=2022)
    school_class = SchoolClassFactory(programme=programme, intake_year=2022)
    StudentFactory(school_class=school_class, national=RURAL, enrolled_on=date(2022, 9, 1))

    assert entitled(GRANT, Months(2024, 1)) == []
    assert [each.amount for each in entitled(GRANT, Months(2024, 2))] == [Decimal(1150)]


def test_rain_and_dew_stops_when_the_risk_is_cleared():
    student = StudentFactory(national=RURAL)
    PovertyStatusFactory(student=student, category_code="JC_BYYZP", until=date(2026, 11, 20))

    assert entitled(YULU, AUTUMN) == []
    with time_machine.travel("2026-11-19 12:00 +0800", tick=False):
        assert [each.student for each in entitled(YULU, AUTUMN)] == [student]


def test_others_have_a_share_of_the_national_grant():
    StudentFactory.create_batch(21)

    count, share = others_with_a_share(AUTUMN, entitled_count=1)

    assert (count, share.amount, share.is_setting) == (2, 10, True)


def test_check_finds_nothing_against_an_ordinary_award():
    student = StudentFactory(national=RURAL)
    card(student)

    assert codes(approved(student)) == []


def test_check_knows_households_projects_ids_and_cards():
    student, sister, stranger = StudentFactory.create_batch(3, national=RURAL)
    guardian = GuardianshipFactory(student=student).guardian
    GuardianshipFactory(student=sister, guardian=guardian)
    card(student, holder=CardHolder.HOUSEHOLD, name=guardian.name)
    card(sister, holder=CardHolder.HOUSEHOLD, name=guardian.name)
    first, second, third = plan(student), plan(sister), plan(stranger)

    assert [codes(award) for award in (first, second, third)] == [[], [], []]
    service.set_rule(
        kind=GRANT,
        begins_on=date(2026, 9, 1),
        amount=Decimal(2300),
        period=PaidPer.YEAR,
        per=PaidFor.HOUSEHOLD,
        condition="on_roll",
        source="测试",
        by=None,
    )
    assert [codes(award) for award in (first, second, third)] == [["AID-4"], ["AID-4"], []]

    card(stranger)
    third.claimant_index = first.claimant_index
    other_project = plan(stranger, AidKind.RAIN_AND_DEW, amount=Decimal(1500))
    other_project.project_id = CooperationProjectFactory(name="凉山—德清").id
    database.session.flush()
    assert codes(third) == ["AID-7", "AID-8", "AID-3"]


def test_check_sees_a_payment_that_fell_into_a_leave():
    student = StudentFactory(national=RURAL)
    card(student)
    award = approved(student)
    service.pay(award, paid_on=date(2026, 11, 13), by=None)
    here, away = state_of(student), State(StudentStatus.ON_LEAVE, student.school_class_id)

    for leave, found in ((date(2026, 11, 14), []), (date(2026, 11, 13), ["AID-5"])):
        students_service.set_history(student, [Span(student.enrolled_on, here), Span(leave, away)])
        database.session.commit()
        assert codes(award) == found
    assert [found.award for found in claims.board(AUTUMN)] == [award]
    assert claims.board(Months(2026, 2)) == []


def test_stopped_award_is_given_no_longer():
    student = StudentFactory(national=RURAL)
    first = approved(student)
    second = plan(student)
    assert codes(second) == ["AID-1"]

    service.change_status(first, "stop", reason="重复", by=None)

    assert codes(second) == []


def test_check_asks_as_many_statements_for_one_award_as_for_five(count_queries):
    made = [plan(student) for student in StudentFactory.create_batch(5, national=RURAL)]
    database.session.expire_all()
    loaded = awards.chosen(awards.policy.visible_to(AidOfficerFactory()), [award.id for award in made])

    with count_queries() as one:
        claims.check(loaded[:1])
    with count_queries() as five:
        claims.check(loaded)

    assert one.count == five.count


def test_totals_hide_small_numbers_and_tell_the_others():
    for student in StudentFactory.create_batch(3, national=RURAL):
        approved(student)
    for student in StudentFactory.create_batch(2, national=RURAL):
        approved(student, AidKind.TUITION_WAIVER)

    told = {total.kind: (total.heads, total.granted) for total in totals.totals()}

    assert told == {GRANT: (3, Decimal(3450)), AidKind.TUITION_WAIVER: (None, None)}
    assert {total.kind: total.heads for total in totals.of_months(AUTUMN)} == {GRANT: 3, AidKind.TUITION_WAIVER: 2}


def test_totals_count_a_student_once_and_no_plan():
    student, *others = StudentFactory.create_batch(3, national=RURAL)
    for each in (student, *others):
        service.change_status(gift(each, amount=Decimal(100)), "approve", reason="测试", by=None)
    plan(student)

    assert [(total.kind, total.heads) for total in totals.totals()] == [(AidKind.IN_KIND, 3)]


def test_work_waits_for_the_officer_and_families_are_led_to_their_own(app):
    TermFactory()
    student = StudentFactory(user=StudentUserFactory(), national=RURAL)
    plan(student)

    with app.test_request_context():
        assert [row.url for row in waiting_for(AidOfficerFactory())] == ["/aid/ledger?status=planned"]
        assert waiting_for(PrincipalFactory()) == []
        assert waiting_for(student.user) == []
        service.change_status(gift(student), "approve", by=None)
        assert [row.url for row in waiting_for(student.user)] == ["/aid/mine"]
