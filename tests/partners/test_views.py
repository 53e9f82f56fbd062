"""The pages of host organisations."""

import re

import pytest
from sqlalchemy import select

from exchange.core.database import db as database
from exchange.partners.models import HostOrganisation, Post
from tests.factories.accounts import InternshipOfficerFactory, PrincipalFactory, RegistrarFactory
from tests.factories.partners import HostOrganisationFactory, PostFactory, uscc

FIELDS = {"name": "示范大酒店", "venue": "HOTEL", "province": "110000", "city": "北京市"}


def test_officer_registers_a_host_and_a_post(sign_in, db):
    browser = sign_in(InternshipOfficerFactory())
    browser.get("/partners")
    browser.get("/partners/new")

    browser.post("/partners/new", **FIELDS, uscc=uscc(5))
    host = database.session.scalar(select(HostOrganisation))
    browser.get(f"/partners/{host.id}")
    browser.get(f"/partners/{host.id}/posts/new")
    browser.post(
        f"/partners/{host.id}/posts/new", name="前厅接待", venue="HOTEL", labour_intensity="I", hazards_known="none"
    )

    assert "前厅接待" in browser.get(f"/partners/{host.id}")
    assert database.session.scalar(select(Post)).hazards == []


def test_host_and_post_keep_what_head_counts_majors_and_pay_need(sign_in, db):
    browser = sign_in(InternshipOfficerFactory())
    counted = {"staff_total": "320", "other_interns": "0", "staff_counted_on": "2026-01-08"}

    browser.post("/partners/new", **FIELDS, **counted, uscc=uscc(6), legal_status="LEGAL_PERSON")
    host = database.session.scalar(select(HostOrganisation))
    post = {"name": "前厅接待", "venue": "HOTEL", "labour_intensity": "I", "hazards_known": "none"}
    paid = {"staff_same_kind": "22", "wage": "3000", "lowest_grade_wage": "2200.50"}
    browser.post(f"/partners/{host.id}/posts/new", **post, **paid, majors=["740104", "740101"])
    stored = database.session.scalar(select(Post))

    assert (host.legal_status, host.staff_total, host.other_interns) == ("LEGAL_PERSON", 320, 0)
    assert (stored.majors, stored.staff_same_kind, stored.lowest_grade_wage) == (["740101", "740104"], 22, 2200.50)
    assert "高星级饭店运营与管理" in browser.get(f"/partners/{host.id}")
    form = browser.get(f"/partners/{host.id}/posts/{stored.id}/edit")
    assert re.findall(r'checked id="majors-\d+" name="majors" type="checkbox" value="(\d+)"', form) == [
        "740101",
        "740104",
    ]


def test_post_whose_majors_nobody_has_looked_up_has_none_recorded(sign_in, db):
    post = PostFactory()
    address = f"/partners/{post.host_organisation_id}/posts/{post.id}/edit"

    sign_in(InternshipOfficerFactory()).post(address, name="前厅", venue="HOTEL", hazards_known="none")

    assert post.majors is None


def test_wrong_credit_code_comes_back_with_what_was_typed(sign_in, db):
    browser = sign_in(InternshipOfficerFactory())

    page = browser.post("/partners/new", expect=422, **FIELDS, uscc="123456789012345679")

    assert "校验码" in page
    assert "示范大酒店" in page


def test_host_is_changed(sign_in, db):
    host = HostOrganisationFactory()
    browser = sign_in(InternshipOfficerFactory())
    browser.get(f"/partners/{host.id}/edit")

    browser.post(f"/partners/{host.id}/edit", **FIELDS | {"name": "新名字"}, uscc=host.uscc)

    assert "新名字" in browser.get(f"/partners/{host.id}")


@pytest.mark.parametrize(
    ("known", "hazards", "expect", "stored"),
    [
        ("some", ["HEAT"], 302, ["HEAT"]),
        ("none", [], 302, []),
        ("not_recorded", [], 302, None),
        ("some", [], 422, []),
        ("none", ["HEAT"], 422, []),
    ],
)
def test_hazards_of_a_post_are_said_in_two_steps(sign_in, db, known, hazards, expect, stored):
    post = PostFactory()
    address = f"/partners/{post.host_organisation_id}/posts/{post.id}/edit"
    browser = sign_in(InternshipOfficerFactory())
    browser.get(address)

    browser.post(
        address, expect=expect, name=post.name, venue="HOTEL", labour_intensity="", hazards_known=known, hazards=hazards
    )

    assert post.hazards == stored


@pytest.mark.parametrize(("query", "found"), [("?q=示范", True), ("?q=%25", False), ("?province=330000", False)])
def test_hosts_are_found(sign_in, db, query, found):
    host = HostOrganisationFactory()

    page = sign_in(PrincipalFactory()).get(f"/partners{query}")

    assert (host.uscc in page) == found


def test_principal_reads_and_registrar_does_not(sign_in, db):
    host = HostOrganisationFactory()

    sign_in(PrincipalFactory()).get(f"/partners/{host.id}")
    sign_in(PrincipalFactory()).get("/partners/new", expect=403)
    sign_in(RegistrarFactory()).get("/partners", expect=403)


def test_unknown_host_is_not_found(sign_in, db):
    sign_in(PrincipalFactory()).get("/partners/999", expect=404)


def test_post_of_another_host_is_not_found(sign_in, db):
    post, other = PostFactory(), HostOrganisationFactory()

    sign_in(InternshipOfficerFactory()).get(f"/partners/{other.id}/posts/{post.id}/edit", expect=404)
