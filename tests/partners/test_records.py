"""What is recorded of a host: the newest counts, the former stays, and the page says what is still missing."""

import re

import pytest

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.partners.models import CreditCheck, InternshipPlan, SiteInspection
from exchange.partners.recording import KINDS
from exchange.partners.values import INSPECTION_ITEMS, PLAN_SECTIONS
from tests.factories.accounts import InternshipOfficerFactory, PrincipalFactory
from tests.factories.partners import HostOrganisationFactory

FORMS = {
    "inspection": dict.fromkeys(INSPECTION_ITEMS, "符合要求")
    | {
        "inspected_on": "2026-01-08",
        "signed_on": "2026-01-09",
        "inspectors": "示范教师",
        "complete": "yes",
        "fits_training": "yes",
        "fits_industry": "yes",
    },
    "credit-check": {"checked_on": "2026-01-07", "source": "信用中国", "has_dishonesty_record": "no"},
    "approval": {"party_meeting_on": "2026-01-12", "minutes_no": "〔2026〕1号"},
    "publication": {"published_on": "2026-01-13", "place": "校园网"},
    "plan": dict.fromkeys(PLAN_SECTIONS, "见方案") | {"agreed_on": "2026-01-15"},
}
RULES = {
    "inspection": {"INT-06", "INT-07"},
    "credit-check": {"INT-04"},
    "approval": set(),
    "publication": {"INT-08"},
    "plan": {"INT-09"},
}
"""Record → the rules that it clears, where the others are recorded before it."""


def test_officer_follows_the_checklist_until_the_host_may_take_students(sign_in, db):
    host = HostOrganisationFactory(records=[])
    browser, address = sign_in(InternshipOfficerFactory()), f"/partners/{host.id}"
    found = {"INT-04", "INT-06", "INT-07", "INT-08", "INT-09"}

    for kind, fields in FORMS.items():
        page = browser.get(address)
        assert {code for code in set().union(*RULES.values()) if code in page} == found
        browser.get(f"{address}/records/{kind}")
        browser.post(f"{address}/records/{kind}", **fields)
        found -= RULES[kind]

    page = browser.get(address)
    assert "可以安排学生" in page
    assert re.search(r"<dt>最近一次安全违法</dt><dd>没有</dd>", page)
    assert timeline(host)[0].action == "host_organisation.plan_recorded"


def test_checklist_leads_to_the_publication_once_the_meeting_has_decided(sign_in, db):
    host = HostOrganisationFactory(records=[])
    browser, address = sign_in(InternshipOfficerFactory()), f"/partners/{host.id}"
    checklist = f'class="button" href="{address}/records/'

    before = browser.get(address)
    browser.post(f"{address}/records/approval", **FORMS["approval"])
    after = browser.get(address)

    assert (f"{checklist}approval" in before, f"{checklist}publication" in before) == (True, False)
    assert (f"{checklist}approval" in after, f"{checklist}publication" in after) == (False, True)


@pytest.mark.parametrize("kind", KINDS)
def test_form_comes_back_with_what_is_recorded_and_keeps_the_former(sign_in, db, kind):
    host = HostOrganisationFactory()
    model = KINDS[kind].model
    browser, address = sign_in(InternshipOfficerFactory()), f"/partners/{host.id}/records/{kind}"
    fields = FORMS[kind]
    shown = next(value for value in fields.values() if value not in {"yes", "no"})

    assert shown in browser.get(address)
    browser.post(address, **fields)
    database.session.refresh(host)

    assert sum(isinstance(each, model) for each in host.records) == 2
    assert "以前的登记 1 份" in browser.get(f"/partners/{host.id}")


def test_no_and_a_missing_content_are_kept_as_they_were_said(sign_in, db):
    host = HostOrganisationFactory(records=[])
    browser, address = sign_in(InternshipOfficerFactory()), f"/partners/{host.id}/records"

    browser.post(f"{address}/inspection", **FORMS["inspection"] | {"complete": "no", "living_environment": " "})
    browser.post(f"{address}/credit-check", has_dishonesty_record="no")
    browser.post(f"{address}/plan", tasks="轮岗")
    database.session.refresh(host)

    assert host.newest(SiteInspection).complete is False
    assert "living_environment" not in host.newest(SiteInspection).items
    assert host.newest(CreditCheck).has_dishonesty_record is False
    assert (host.newest(InternshipPlan).sections, host.newest(InternshipPlan).agreed_on) == ({"tasks": "轮岗"}, None)


@pytest.mark.parametrize("kind", KINDS)
def test_empty_record_is_sent_back(sign_in, db, kind):
    host = HostOrganisationFactory(records=[])

    page = sign_in(InternshipOfficerFactory()).post(f"/partners/{host.id}/records/{kind}", expect=422, any="field")

    assert "至少填一项" in page
    assert host.records == []


def test_day_that_has_not_come_is_sent_back(sign_in, db):
    host = HostOrganisationFactory(records=[])
    browser = sign_in(InternshipOfficerFactory())

    page = browser.post(f"/partners/{host.id}/records/approval", expect=422, party_meeting_on="2999-01-01")

    assert "还没有到" in page


def test_principal_reads_what_is_missing_but_records_nothing(sign_in, db):
    host = HostOrganisationFactory(records=[])
    browser = sign_in(PrincipalFactory())

    page = browser.get(f"/partners/{host.id}")

    assert "INT-07" in page
    assert "records/inspection" not in page
    browser.get(f"/partners/{host.id}/records/inspection", expect=403)


def test_unknown_kind_is_not_found(sign_in, db):
    sign_in(InternshipOfficerFactory()).get(f"/partners/{HostOrganisationFactory().id}/records/nothing", expect=404)
