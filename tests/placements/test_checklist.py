"""The checklist of a placement: what is open, who mends it and where, and what a reason has excused."""

from exchange.core.database import db as database
from exchange.partners.models import HostPublication
from exchange.placements.facts.values import Arranger
from exchange.placements.models import PlacementStatus
from exchange.placements.remedies import REMEDIES
from exchange.placements.rules import START
from tests.factories.accounts import InternshipOfficerFactory, PrincipalFactory
from tests.factories.partners import host_records
from tests.factories.placements import PlacementFactory, record_everything

IS = PlacementStatus


def test_filing_abroad_is_asked_for_a_host_abroad_only(sign_in, db):
    here, abroad = PlacementFactory(), PlacementFactory(post__host_organisation__country="JP")
    browser = sign_in(InternshipOfficerFactory())

    asked = ["records/abroad-filing" in browser.get(f"/placements/{each.id}") for each in (here, abroad)]

    assert asked == [False, True]


def test_own_choice_of_the_student_needs_the_three_dates(sign_in, db):
    placement = PlacementFactory(arranged_by=Arranger.SELF)
    browser, address = sign_in(InternshipOfficerFactory()), f"/placements/{placement.id}"
    unchanged = {
        "post_id": placement.post_id,
        "instructor_id": placement.instructor_id,
        "mentor_name": placement.mentor_name,
        "starts_on": placement.starts_on.isoformat(),
        "ends_on": placement.ends_on.isoformat(),
        "workplace": placement.workplace,
    }
    days = dict.fromkeys(["student_applied_on", "guardian_applied_on", "school_agreed_on"], "2026-01-05")

    before = browser.get(address)
    browser.post(f"{address}/edit", **unchanged, arranged_by="SELF", **days)

    assert "INT-15" in before
    assert "自选单位的，本人和监护人已申请" in browser.get(address)


def test_warning_is_approved_with_a_reason_and_stands_apart_afterwards(sign_in, db):
    placement = PlacementFactory(post__staff_same_kind=3)
    record_everything(placement)
    database.session.commit()
    principal, address = sign_in(PrincipalFactory()), f"/placements/{placement.id}"

    before = principal.get(address)
    principal.post(f"{address}/transitions/approve", expect=409)
    principal.post(f"{address}/transitions/approve", reason="带教师傅充足")
    after = sign_in(InternshipOfficerFactory()).get(address)

    assert ("有警告，写明理由" in before, "由校领导（批准时写明理由）办理" in before) == (True, True)
    assert "已说明理由 1 项" in after
    assert f"{address}/transitions/start" in after


def test_warning_after_the_approval_stands_in_the_way_of_the_office(sign_in, db):
    placement = PlacementFactory(status=IS.PREPARING, post__staff_same_kind=3)
    record_everything(placement)
    database.session.commit()

    page = sign_in(InternshipOfficerFactory()).get(f"/placements/{placement.id}")

    assert "“上岗”要等下面 1 项办齐" in page
    assert f"/placements/{placement.id}/transitions/start" not in page


def test_host_that_is_not_published_stands_on_the_checklist_with_its_page(sign_in, db):
    records = [each for each in host_records() if not isinstance(each, HostPublication)]
    placement = PlacementFactory(post__host_organisation__records=records)

    page = sign_in(InternshipOfficerFactory()).get(f"/placements/{placement.id}")

    assert f"/partners/{placement.host.id}/records/publication" in page


def test_every_rule_before_the_first_day_has_its_remedy():
    assert set(REMEDIES) == {rule.code for rule in START.rules}
