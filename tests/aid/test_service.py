"""What can be done about aid: each verb with its trace, each refusal once."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
import time_machine
from sqlalchemy import select

from exchange.aid import service
from exchange.aid.categories import categories
from exchange.aid.models import Award, ImpactDone, Payment
from exchange.aid.months import Months
from exchange.aid.queries import poverty
from exchange.aid.queries.candidates import entitled
from exchange.aid.queries.impacts import find_open, open_impacts
from exchange.aid.values import (
    AidKind,
    AwardStatus,
    CardHolder,
    Evidence,
    HardshipLevel,
    Item,
    PaidPer,
    Payer,
    Step,
)
from exchange.aid.workflow import AWARD_WORKFLOW
from exchange.attachments.queries import attachments_of
from exchange.audit.models import AuditEvent
from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.rules import Unmet
from exchange.core.workflow import InvalidTransition
from exchange.students import service as students_service
from exchange.students.history import Span, State, state_of
from exchange.students.models import Student, StudentStatus
from tests.at_once import pressed_twice
from tests.factories.accounts import AidOfficerFactory
from tests.factories.aid import AUTUMN, PovertyStatusFactory, approved, card, gift, plan
from tests.factories.attachments import PDF
from tests.factories.students import GuardianshipFactory, StudentFactory

pytestmark = pytest.mark.usefixtures("db")
NOVEMBER, LEAVE = date(2026, 11, 20), date(2026, 10, 12)
IS = AwardStatus
FULL_TIME = {"学习形式": "全日制", "户口性质": "农业户口"}


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(f"{NOVEMBER} 12:00 +0800", tick=False):
        yield


def on_leave(student, since=LEAVE, back=None):
    away, here = (
        State(status, student.school_class_id) for status in (StudentStatus.ON_LEAVE, StudentStatus.REGISTERED)
    )
    spans = [Span(student.enrolled_on, here), Span(since, away), *([Span(back, here)] if back else [])]
    students_service.set_history(student, spans)
    database.session.commit()


def withdrawn(student, since=LEAVE):
    gone = State(StudentStatus.WITHDRAWN, student.school_class_id)
    students_service.set_history(student, [Span(student.enrolled_on, state_of(student)), Span(since, gone)])
    database.session.commit()


def record_status(student, category="TPH", begins_on=date(2026, 9, 1), **values):
    return service.record_status(
        student,
        category=category,
        begins_on=begins_on,
        evidence=Evidence.HANDBOOK,
        assessed_on=date(2026, 9, 10),
        by=AidOfficerFactory(),
        **values,
    )


def test_status_is_kept_with_its_proof_and_the_trail_does_not_say_which():
    status = record_status(StudentFactory(), level=HardshipLevel.SEVERE, file=("proof.pdf", PDF))

    assert (status.category.name, status.level, status.evidence) == ("脱贫户", HardshipLevel.SEVERE, Evidence.HANDBOOK)
    assert [file.filename for file in attachments_of(status)] == ["proof.pdf"]
    told = " ".join(f"{event.label} {event.reason} {event.changes}" for event in timeline(status))
    assert not any(each.name in told or each.code in told for each in categories().values())


def test_several_kinds_hold_at_once_and_each_as_of_its_days():
    student = StudentFactory()
    record_status(student, "DB", date(2026, 9, 1), until=date(2026, 11, 1))
    record_status(student, "CJ", date(2026, 10, 1))

    held = {
        day: [each.category_code for each in poverty.statuses_on(day, [student.id])[student.id]]
        for day in (date(2026, 8, 31), date(2026, 9, 1), date(2026, 10, 31), date(2026, 11, 1))
    }

    assert list(held.values()) == [[], ["DB"], ["DB", "CJ"], ["CJ"]]


@pytest.mark.parametrize(
    ("category", "begins_on", "refusal"),
    [
        ("JDLK", date(2021, 1, 1), service.NotGivenThen),
        ("TPH", date(2020, 12, 31), service.NotGivenThen),
        ("XXX", date(2026, 9, 1), service.NotGivenThen),
    ],
)
def test_status_of_another_time_is_refused(category, begins_on, refusal):
    with pytest.raises(refusal):
        record_status(StudentFactory(), category, begins_on)


def test_same_kind_twice_in_the_same_days_is_refused_and_one_after_the_other_is_not():
    student = StudentFactory()
    first = record_status(student, "DB", date(2026, 9, 1))

    with pytest.raises(service.NotGivenThen):
        record_status(student, "DB", date(2027, 9, 1))
    service.end_status(first, until=date(2026, 10, 1), by=None)
    record_status(student, "DB", date(2026, 10, 1))

    assert len(poverty.statuses_of(student)) == 2


def test_end_must_come_after_the_beginning():
    status = PovertyStatusFactory(begins_on=date(2026, 9, 1))

    with pytest.raises(service.InvalidDays):
        service.end_status(status, until=date(2026, 9, 1), by=None)


def test_void_needs_a_note_that_stays_out_of_the_trail():
    status = PovertyStatusFactory()

    with pytest.raises(service.NoteMissing):
        service.void_status(status, note=" ", by=None)
    service.void_status(status, note="其实是低保", by=None)

    assert poverty.statuses_on(NOVEMBER, [status.student_id]) == {}
    assert status.void_note == "其实是低保"
    assert "低保" not in f"{timeline(status)[0].reason} {timeline(status)[0].changes}"


def test_roster_value_is_taken_over_as_a_status_with_the_roster_as_its_source():
    student = StudentFactory(poverty="监测对象")

    with pytest.raises(service.NotGivenThen):
        service.take_over(student, category="TPH", on=NOVEMBER, by=None)
    status = service.take_over(student, category="JC_BYYZP", on=NOVEMBER, by=None)

    assert (status.evidence, status.begins_on, student.poverty) == (Evidence.ROSTER, NOVEMBER, "监测对象")
    assert poverty.disagreements(NOVEMBER) == []


def test_school_sets_an_amount_for_an_area_and_everything_below_it():
    rule = service.set_rule(
        kind="prefecture_subsidy",
        region="533100",
        begins_on=date(2026, 9, 1),
        amount=Decimal(800),
        period=PaidPer.YEAR,
        condition="on_roll",
        source="州政府文件",
        by=None,
    )

    assert rule.region == "5331"
    assert timeline(rule)[0].action == "aid_rule.set"


@pytest.mark.parametrize(
    "flaw",
    [{"region": "999999"}, {"condition": "poorest"}, {"kind": "lottery"}, {"amount": Decimal(-1)}],
    ids=lambda flaw: next(iter(flaw)),
)
def test_unusable_rule_is_refused(flaw):
    values = {"kind": "in_kind", "amount": Decimal(1), "period": PaidPer.TERM, "begins_on": NOVEMBER, "source": "x"}

    with pytest.raises(service.NotUsable):
        service.set_rule(**values | flaw, by=None)


def test_proposal_says_why_and_how_much_and_is_granted_as_a_whole():
    first, second = StudentFactory.create_batch(2, national=FULL_TIME)

    found = entitled(AidKind.NATIONAL_GRANT, AUTUMN)
    granted = service.grant(found, kind=AidKind.NATIONAL_GRANT, months=AUTUMN, by=None)

    assert {award.student for award in granted} == {first, second}
    assert [(award.amount, award.status) for award in granted] == [(Decimal(1150), IS.APPROVED)] * 2
    assert "原连片特困地区农村学生" in granted[0].because


def test_grant_of_a_group_is_refused_as_a_whole_when_one_has_it_already():
    students = StudentFactory.create_batch(2, national=FULL_TIME)
    plan(students[0])

    with pytest.raises(Unmet, match="AID-1"):
        service.grant(entitled(AidKind.NATIONAL_GRANT, AUTUMN), kind=AidKind.NATIONAL_GRANT, months=AUTUMN, by=None)

    assert database.session.query(Award).count() == 1


def test_warning_is_excused_by_a_reason_and_a_block_is_not():
    unusual = plan(StudentFactory(national=FULL_TIME), amount=Decimal(900))
    student = StudentFactory(national=FULL_TIME)
    twice = [plan(student), plan(student)]

    with pytest.raises(Unmet, match="AID-9"):
        service.change_status(unusual, "approve", by=None)
    service.change_status(unusual, "approve", reason="第二档", by=None)
    with pytest.raises(Unmet, match="AID-1"):
        service.change_status(twice[0], "approve", reason="没关系", by=None)

    assert unusual.status is IS.APPROVED
    assert timeline(unusual)[0].changes["excused"] == ["AID-9"]
    assert timeline(unusual)[0].reason is None


@pytest.mark.parametrize("name", ["suspend", "stop"])
def test_step_back_needs_a_reason(name):
    award = approved(StudentFactory(national=FULL_TIME))

    with pytest.raises(service.NoteMissing):
        service.change_status(award, name, by=None)


@pytest.mark.parametrize("status", AwardStatus)
@pytest.mark.parametrize("name", ["approve", "suspend", "resume", "stop", "return"])
def test_step_starts_from_its_statuses_only(name, status):
    award = gift(StudentFactory())
    award.status = status
    step = AWARD_WORKFLOW.transitions[name]
    database.session.flush()

    if status in step.sources:
        service.change_status(award, name, reason="理由", by=None)
        assert award.status is step.target
    else:
        with pytest.raises(InvalidTransition):
            service.change_status(award, name, reason="理由", by=None)


def test_gift_says_what_it_is_and_other_aid_does_not():
    student = StudentFactory()

    with pytest.raises(service.NotUsable):
        plan(student, AidKind.IN_KIND)
    with pytest.raises(service.NotUsable):
        plan(student, AidKind.NATIONAL_GRANT, item=Item.GIFT)
    with pytest.raises(service.NotUsable):
        plan(student, AidKind.NATIONAL_GRANT, amount=None)


def test_card_belongs_to_the_student_or_a_guardian_never_to_the_teacher():
    student = StudentFactory()
    guardian = GuardianshipFactory(student=student).guardian

    own = card(student)
    household = card(student, "6217000000000000018", CardHolder.HOUSEHOLD, guardian.name)
    with pytest.raises(service.NotTheirCard):
        card(student, "6217000000000000026", CardHolder.HOUSEHOLD, "尹老师")
    with pytest.raises(service.NotTheirCard):
        card(student, "6217000000000000026", CardHolder.STUDENT, guardian.name)
    with pytest.raises(service.NotTheirCard):
        card(student, "12345")

    assert (own.retired_at is None, household.retired_at is None) == (False, True)
    assert household.last_four == "0018"
    stored = database.session.execute(database.text("SELECT card_number FROM bank_card")).scalars()
    assert not any("6217" in value for value in stored)
    assert "6217000000000000018" not in str(timeline(household)[0].changes)


def test_payment_in_two_parts_ends_the_award_when_nothing_is_left():
    student = StudentFactory(national=FULL_TIME)
    award = approved(student)
    card(student)

    service.pay(award, paid_on=NOVEMBER, amount=Decimal(1000), batch="1", receipt=("r.pdf", PDF), by=None)
    assert (award.status, award.rest) == (IS.APPROVED, Decimal(150))
    with pytest.raises(service.NotPayable):
        service.pay(award, paid_on=NOVEMBER, amount=Decimal(151), by=None)
    service.pay(award, paid_on=NOVEMBER, by=None)

    assert (award.status, award.rest) == (IS.PAID, 0)
    assert [payment.card.last_four for payment in award.payments] == ["0001", "0001"]
    assert attachments_of(award.payments[0])[0].filename == "r.pdf"
    with pytest.raises(InvalidTransition):
        service.pay(award, paid_on=NOVEMBER, by=None)


def test_payment_without_a_card_on_a_day_to_come_or_during_leave_is_refused():
    student = StudentFactory(national=FULL_TIME)
    award = approved(student)

    with pytest.raises(service.NotTheirCard):
        service.pay(award, paid_on=NOVEMBER, by=None)
    card(student)
    with pytest.raises(service.InvalidDays):
        service.pay(award, paid_on=date(2026, 11, 21), by=None)
    on_leave(student)
    with pytest.raises(service.NotPayable, match="第20条"):
        service.pay(award, paid_on=LEAVE, by=None)
    service.pay(award, paid_on=date(2026, 10, 11), by=None)

    assert award.status is IS.PAID


def test_payment_after_the_student_left_is_refused():
    student = StudentFactory(national=FULL_TIME)
    award = approved(student)
    card(student)
    withdrawn(student)

    with pytest.raises(service.NotPayable, match="不在籍"):
        service.pay(award, paid_on=LEAVE, by=None)


def test_list_of_the_bank_is_recorded_for_all_or_for_none():
    students = StudentFactory.create_batch(2, national=FULL_TIME)
    awards = [approved(student) for student in students]
    card(students[0])

    with pytest.raises(service.NotTheirCard):
        service.pay_all(awards, paid_on=NOVEMBER, batch="2026-11", by=None)
    database.session.rollback()

    assert database.session.query(Payment).count() == 0
    assert [award.student for award in service.missing_cards(awards)] == [students[1]]


def test_waiver_county_and_gift_need_no_card():
    student = StudentFactory(national=FULL_TIME)
    waiver = approved(student, AidKind.TUITION_WAIVER)
    county = approved(student, AidKind.RAIN_AND_DEW, amount=Decimal(1500))
    coat = gift(student)
    service.change_status(coat, "approve", by=None)

    service.pay(waiver, paid_on=NOVEMBER, by=None)
    service.pay(county, paid_on=NOVEMBER, payer=Payer.COUNTY, by=None)
    service.pay(coat, paid_on=NOVEMBER, by=None)

    assert [award.status for award in (waiver, county, coat)] == [IS.PAID] * 3


def tasks():
    return [(impact.task.step, impact.task.kind) for impact in open_impacts()]


def test_leave_asks_until_done_and_the_award_follows():
    student = StudentFactory(national=FULL_TIME)
    award = approved(student)
    PovertyStatusFactory(student=student)
    on_leave(student)

    assert tasks() == [(Step.SUSPEND, AidKind.NATIONAL_GRANT), (Step.TELL_COUNTY, AidKind.RAIN_AND_DEW)]
    suspend, tell = open_impacts()
    with pytest.raises(service.NoteMissing):
        service.settle(suspend, note="", by=None)
    service.settle(suspend, note="停发十一月", by=AidOfficerFactory())
    service.settle(tell, note="电话告知", by=None)

    assert tasks() == []
    assert award.status is IS.SUSPENDED
    assert find_open(suspend.key) is None
    assert database.session.query(ImpactDone).count() == 2


def settle_all():
    for impact in open_impacts():
        service.settle(impact, note="办了", by=None)


def test_return_resumes_what_still_runs_and_leaves_what_ran_out():
    student = StudentFactory(national=FULL_TIME, enrolled_on=date(2025, 9, 1))
    running, over = approved(student), approved(student, AidKind.TUITION_WAIVER, Months(2025))
    on_leave(student, since=date(2026, 9, 15))
    settle_all()
    assert (running.status, over.status) == (IS.SUSPENDED, IS.APPROVED)

    on_leave(student, since=date(2026, 9, 15), back=date(2026, 11, 2))
    assert tasks() == [(Step.RESUME, AidKind.NATIONAL_GRANT)]
    settle_all()

    assert (running.status, over.status) == (IS.APPROVED, IS.APPROVED)
    assert tasks() == []


@pytest.mark.parametrize("order", [1, -1])
def test_nobody_who_is_back_already_is_suspended_in_whatever_order_it_is_done(order):
    student = StudentFactory(national=FULL_TIME)
    award = approved(student)
    on_leave(student, since=date(2026, 9, 15), back=date(2026, 11, 2))

    for key in [impact.key for impact in open_impacts()][::order]:
        service.settle(find_open(key), note="办了", by=None)

    assert award.status is IS.APPROVED
    steps = set(database.session.scalars(select(ImpactDone.step)))
    assert steps == {Step.SUSPEND, Step.RESUME}


def test_leaving_stops_what_runs():
    student = StudentFactory(national=FULL_TIME)
    award = approved(student)
    withdrawn(student)

    (impact,) = open_impacts()
    service.settle(impact, note="收回指标", by=None)

    assert award.status is IS.STOPPED


def test_change_that_concerns_no_aid_or_has_not_come_asks_for_nothing():
    on_leave(StudentFactory())
    student = StudentFactory(national=FULL_TIME)
    approved(student)
    on_leave(student, since=date(2026, 11, 21))

    assert tasks() == []


def test_no_line_of_the_trail_about_aid_carries_a_reason_that_the_register_of_it_shows():
    student = StudentFactory(national=FULL_TIME)
    award = approved(student, reason="脱贫户")
    service.change_status(award, "stop", reason="脱贫户", by=None)
    database.session.commit()

    lines = database.session.scalars(select(AuditEvent).where(AuditEvent.subject_type == "award"))
    assert [line.reason for line in lines] == [None, None, None]


def test_of_two_who_grant_at_once_one_is_refused(app):
    """The second waits for the household, and then sees what the first has approved."""
    student_id = StudentFactory().id
    database.session.commit()

    def grant():
        student = database.session.get_one(Student, student_id)
        mine = SimpleNamespace(student=student, amount=Decimal(1150), reasons=())
        service.grant([mine], kind=AidKind.NATIONAL_GRANT, months=AUTUMN, reason="名单已核", by=None)

    assert pressed_twice(app, grant, done="approved", refusal=Unmet) == ["approved", "refused"]
    assert [award.status for award in database.session.scalars(select(Award))] == [IS.APPROVED]


def test_what_somebody_else_has_approved_meanwhile_is_not_approved_again():
    award = plan(StudentFactory())
    database.session.commit()
    database.session.execute(Award.__table__.update().values(status=IS.APPROVED))

    with pytest.raises(InvalidTransition):
        service.approve_all([award], reason="名单已核", by=None)


def suspended_for_a_leave():
    student = StudentFactory()
    award = approved(student)
    on_leave(student)
    (task,) = [each for each in open_impacts() if each.awards]
    service.settle(task, note="停发", by=None)
    database.session.commit()
    return student, award


def cancel_leave(student):
    here = State(StudentStatus.REGISTERED, student.school_class_id)
    students_service.set_history(student, [Span(student.enrolled_on, here)])


def test_a_cancelled_leave_asks_for_the_grant_back():
    student, award = suspended_for_a_leave()
    cancel_leave(student)

    (task,) = open_impacts()
    assert (task.task.step, task.awards) == (Step.RESUME, (award,))
    service.settle(find_open(task.key), note="休学撤销，恢复", by=None)

    assert award.status is IS.APPROVED
    assert open_impacts() == []


def test_a_second_leave_from_the_same_day_asks_again():
    student, award = suspended_for_a_leave()
    cancel_leave(student)
    service.change_status(award, "resume", reason="休学撤销", by=None)
    on_leave(student)

    (task,) = [each for each in open_impacts() if each.awards]
    service.settle(task, note="又休学，停发", by=None)

    assert award.status is IS.SUSPENDED
    assert len(database.session.scalars(select(ImpactDone)).all()) == 1
