"""The fourteen scenarios of acceptance: by the command where the facts hold them, and by what is stored."""

import json
from datetime import date
from decimal import Decimal

import pytest

from exchange.core.rules import Unmet
from exchange.partners import service as partners
from exchange.partners.models import HostPublication, SiteInspection
from exchange.partners.values import Venue
from exchange.placements import service
from exchange.placements.facts.values import FilingKind, InternshipKind, WithheldDocument
from exchange.placements.models import PlacementStatus
from exchange.placements.record_facts import findings_of_host, open_findings
from tests.factories.accounts import InternshipOfficerFactory, PrincipalFactory
from tests.factories.partners import HostOrganisationFactory, PostFactory, host_records
from tests.factories.placements import (
    SIGNED_ON,
    PlacementFactory,
    record_agreement,
    record_declaration,
    record_everything,
)
from tests.factories.programmes import ProgrammeFactory
from tests.factories.students import StudentFactory
from tests.placements.documents import CLEAN, as_bytes, document

FIRST = date(2026, 3, 2)
IS = PlacementStatus


@pytest.fixture
def check(app):
    """check(changes) asks the command about the clean example with these changes: rule → severity; clean exits 0."""

    def run(changes):
        asked = ["placements", "check", "-", "--json"]
        result = app.test_cli_runner().invoke(args=asked, input=as_bytes(document(changes)))
        found = {each["rule"]: each["severity"] for each in json.loads(result.stdout)["findings"]}
        assert result.exit_code == int(bool({"BLOCK", "GATE"} & set(found.values())))
        return found

    return run


def stored(**values):
    """A placement for which everything is recorded."""
    placement = PlacementFactory(status=IS.PREPARING, **values)
    record_everything(placement)
    return placement


def codes(placement):
    return [finding.rule.code for finding in open_findings(placement)]


def approve(placement, **options):
    service.change_status(placement, "approve", by=PrincipalFactory(), **options)


def start(placement):
    service.change_status(placement, "start", by=InternshipOfficerFactory())


def born(day):
    return StudentFactory(birth_date=day, enrolled_on=date(2024, 9, 1))


@pytest.mark.parametrize(
    ("birth_date", "found"),
    [("2012-03-07", {"INT-23": "BLOCK"}), ("2012-03-06", {"INT-23": "BLOCK"}), ("2012-03-05", {})],
)
def test_1_nobody_is_placed_before_the_day_after_the_sixteenth_birthday(check, birth_date, found):
    assert check({"step": "PLACE", "student.birth_date": birth_date}) == found


@pytest.mark.parametrize(("birth_date", "is_refused"), [(date(2010, 3, 3), True), (date(2010, 3, 1), False)])
def test_1_stored(db, birth_date, is_refused):
    placement = PlacementFactory(student=born(birth_date))
    record_declaration(placement)

    if is_refused:
        with pytest.raises(Unmet, match="INT-23"):
            approve(placement)
    else:
        approve(placement)

    assert (placement.status is IS.DRAFT) == is_refused


def test_2_who_came_in_december_is_still_in_the_first_grade_in_april(check):
    days = {"student.enrolled_on": "2027-12-15", "placement.start": "2028-04-03", "placement.end": "2028-10-02"}

    guided = {"instructors.0.to": "2028-10-02", "mentors.0.to": "2028-10-02"}

    assert check(days | guided | {"step": "PLACE"}) == {"INT-22": "BLOCK"}


def test_2_stored(db):
    newcomer = StudentFactory(birth_date=date(2008, 1, 6), enrolled_on=date(2025, 12, 15))
    placement = PlacementFactory(student=newcomer, starts_on=date(2026, 4, 1), ends_on=date(2026, 9, 30))
    record_declaration(placement)

    with pytest.raises(Unmet, match="INT-22"):
        approve(placement)


@pytest.mark.parametrize(
    ("counted", "found"),
    [
        ({"post.interns_at_once": 4, "host.interns_at_once": 32}, {}),
        ({"post.interns_at_once": 5}, {"INT-17": "WARN"}),
        ({"host.interns_at_once": 33}, {"INT-16": "WARN"}),
    ],
)
def test_3_a_fifth_of_the_post_and_a_tenth_of_the_host(check, counted, found):
    assert check(counted) == found


def test_3_stored_the_fifth_in_the_banquet_needs_a_reason(db):
    banquet = PostFactory(name="宴会服务")
    placements = PlacementFactory.create_batch(4, post=banquet)
    for each in placements:
        record_declaration(each)
        approve(each)
    fifth = PlacementFactory(post=banquet)
    record_declaration(fifth)

    with pytest.raises(Unmet, match="INT-17"):
        approve(fifth)
    approve(fifth, reason="宴会旺季，带教师傅充足")

    assert (fifth.status, fifth.excused) == (IS.PREPARING, ["INT-17"])


def test_3_stored_the_33rd_in_the_hotel_from_two_schools_needs_a_reason(db):
    hotel = HostOrganisationFactory(other_interns=31)
    one, other = (PlacementFactory(post=PostFactory(host_organisation=hotel)) for _post in range(2))
    record_declaration(one)

    with pytest.raises(Unmet, match="INT-16"):
        approve(one)
    service.change_status(other, "terminate", by=None, reason="学生另有安排")
    approve(one)

    assert (one.status, one.excused) == (IS.PREPARING, [])


def test_4_an_adult_needs_the_guardians_signature_too(check):
    assert check({"student.birth_date": "2009-12-06", "consent.guardian_signed_on": None}) == {"INT-13": "BLOCK"}


def test_4_stored(db):
    placement = stored(student=born(date(2007, 12, 2)))
    service.record_consent(placement, student_signed_on=SIGNED_ON, guardian_signed_on=None, by=None)

    with pytest.raises(Unmet, match="INT-13"):
        start(placement)


def test_5_agreement_is_signed_by_the_first_day_and_speaks_of_accidents(check):
    assert check({"agreement.school_signed_on": "2028-03-07"}) == {"INT-20": "BLOCK"}
    assert check({"agreement.items.insurance_and_accidents": False}) == {"INT-21": "BLOCK"}


@pytest.mark.parametrize(
    ("signed_on", "accidents", "rule"), [(date(2026, 3, 3), True, "INT-20"), (SIGNED_ON, False, "INT-21")]
)
def test_5_stored(db, signed_on, accidents, rule):
    placement = stored()
    kept = record_agreement(placement).items
    service.record_agreement(
        placement,
        school_signed_on=signed_on,
        host_signed_on=SIGNED_ON,
        student_signed_on=SIGNED_ON,
        guardian_signed_on=SIGNED_ON,
        items=kept | {"insurance_and_accidents": accidents},
        by=None,
    )

    with pytest.raises(Unmet) as refused:
        start(placement)

    assert [finding.rule.code for finding in refused.value.findings] == [rule]


def test_6_beijing_needs_the_filing_with_the_province(check):
    assert check({"filings.1.filed_on": None}) == {"INT-41": "BLOCK"}


def test_6_stored(db):
    placement = stored()
    service.record_filing(placement, kind=FilingKind.CROSS_PROVINCE, authority_consent_on=SIGNED_ON, by=None)

    with pytest.raises(Unmet, match="跨省实习未见省级主管部门备案"):
        start(placement)


SATURDAY = {"step": "DAILY", "shifts.0.date": "2028-03-11"}


def test_7_saturdays_are_worked_only_when_filed_in_advance(check):
    """Shift plans are not stored yet: here the facts alone decide."""
    assert check(SATURDAY) == {}
    assert check(SATURDAY | {"filings": CLEAN["filings"][:2]}) == {"INT-30": "BLOCK"}
    assert check(SATURDAY | {"filings.2.filed_on": "2028-03-07"}) == {"INT-30": "BLOCK"}


def test_8_host_is_inspected_in_all_points_and_published(check):
    assert check({"step": "UNIT", "host.inspection.items.living_environment": None}) == {"INT-07": "GATE"}
    assert check({"step": "UNIT", "host.published_on": None}) == {"INT-08": "GATE"}


def test_8_stored_report_without_the_living_environment(db):
    records = host_records()
    del records[0].items["living_environment"]
    placement = PlacementFactory(post__host_organisation__records=records)
    record_declaration(placement)

    with pytest.raises(Unmet, match="考察报告缺生活环境"):
        approve(placement)

    assert isinstance(records[0], SiteInspection)
    assert [finding.rule.code for finding in findings_of_host(placement.host)] == ["INT-07"]


def test_8_stored_host_that_is_not_published(db):
    records = [each for each in host_records() if not isinstance(each, HostPublication)]
    placement = PlacementFactory(post__host_organisation__records=records)
    record_declaration(placement)

    with pytest.raises(Unmet, match="INT-08"):
        approve(placement)
    partners.record_publication(placement.host, published_on=SIGNED_ON, place="校园网", by=None)
    approve(placement)

    assert placement.status is IS.PREPARING


@pytest.mark.parametrize(
    ("pay", "found"),
    [
        ({"pay.amount": 2200}, {}),
        ({"pay.amount": 2000}, {"INT-33": "WARN"}),
        ({"pay.method": "VOUCHER"}, {"INT-35": "BLOCK"}),
        ({"pay.payee": "SCHOOL"}, {"INT-35": "BLOCK"}),
    ],
)
def test_9_pay_reaches_the_floor_in_money_and_the_student(check, pay, found):
    """Pay is not stored yet: here the facts alone decide."""
    assert check(pay | {"step": "PAY"}) == found


def test_10_safety_test_is_passed_and_insurance_lasts_to_the_end(check):
    assert check({"safety_test.score": 58}) == {"INT-46": "BLOCK"}
    assert check({"insurance.to": "2028-08-31"}) == {"INT-47": "BLOCK"}


def test_10_stored_test_with_58_of_60(db):
    placement = stored()
    service.record_safety_test(placement, score=Decimal(58), pass_score=Decimal(60), taken_on=SIGNED_ON, by=None)

    with pytest.raises(Unmet, match="INT-46"):
        start(placement)


def test_10_stored_insurance_that_ends_a_day_early(db):
    placement = stored()
    covered = placement.insurances[-1]
    service.record_insurance(
        placement,
        covers_from=covered.covers_from,
        covers_to=date(2026, 8, 27),
        payer=covered.payer,
        student_listed=True,
        by=None,
    )

    with pytest.raises(Unmet, match="INT-47"):
        start(placement)


def test_11_a_withheld_identity_card_stops_everything(check):
    """What follows by itself, a complaint with its deadline and alarms, is not built yet: here is the rule."""
    assert check({"step": "UNIT", "documents_withheld": ["RESIDENT_ID"]}) == {"INT-37": "BLOCK"}


def test_11_stored(db):
    placement = stored()
    taken = {"fees": {}, "documents_withheld": [WithheldDocument.RESIDENT_ID], "guarantees": []}
    service.record_declaration(placement, **taken, by=None)

    with pytest.raises(Unmet, match="INT-37"):
        start(placement)


def test_12_visits_are_not_chosen_by_students_and_karaoke_is_no_post(check):
    own_visit = {"placement.kind": "COGNITIVE", "placement.arranged_by": "SELF", "step": "PLACE"}
    applied = dict.fromkeys(("student_signed_on", "guardian_signed_on", "school_approved_on"), "2028-01-05")

    assert check(own_visit | {"placement.self_application": applied}) == {"INT-14": "BLOCK"}
    assert check({"post.venue": "KARAOKE", "step": "PLACE"}) == {"INT-26": "BLOCK"}
    assert check({"post.venue": "HOTEL", "step": "PLACE"}) == {}


def test_12_stored_visit_of_the_students_own_choice(db):
    days = dict.fromkeys(("student_applied_on", "guardian_applied_on", "school_agreed_on"), date(2026, 1, 5))
    placement = PlacementFactory(kind=InternshipKind.COGNITIVE, arranged_by="SELF", **days)
    record_declaration(placement)

    with pytest.raises(Unmet, match="INT-14"):
        approve(placement)


def test_12_stored_karaoke_in_a_hotel_is_refused_and_its_front_desk_is_not(db):
    hotel = HostOrganisationFactory()
    karaoke, front_desk = (
        PlacementFactory(post=PostFactory(host_organisation=hotel, venue=venue))
        for venue in (Venue.KARAOKE, Venue.HOTEL)
    )
    for each in (karaoke, front_desk):
        record_declaration(each)

    with pytest.raises(Unmet, match="INT-26"):
        approve(karaoke)
    approve(front_desk)

    assert (karaoke.status, front_desk.status) == (IS.DRAFT, IS.PREPARING)


def test_13_archive_names_the_missing_kind(app):
    """The archive is not stored yet: here the facts alone decide."""
    seven = [each for each in CLEAN["archive"] if each != "SUMMARY"]
    content = as_bytes(document({"step": "ARCHIVE", "archive": seven}))

    result = app.test_cli_runner().invoke(args=["placements", "check", "-", "--json"], input=content)

    (finding,) = json.loads(result.stdout)["findings"]
    assert (result.exit_code, finding["rule"], finding["missing"]) == (1, "INT-45", ["archive.SUMMARY"])
    assert finding["message"] == "缺实习总结"


def test_14_hotel_student_on_an_electronics_line_needs_a_reason(check):
    assert check({"post.majors": ["710101"], "step": "PLACE"}) == {"INT-12": "WARN"}


def test_14_stored(db):
    student = StudentFactory(
        birth_date=date(2008, 5, 6), enrolled_on=date(2024, 9, 1), school_class__programme=ProgrammeFactory()
    )
    placement = PlacementFactory(student=student, post__majors=["710101"])
    record_declaration(placement)

    with pytest.raises(Unmet, match="INT-12"):
        approve(placement)
    approve(placement, reason="学生本人申请，单位有对口岗位轮换")

    assert placement.excused == ["INT-12"]
    assert "INT-12" not in codes(placement)
