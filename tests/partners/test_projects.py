"""Cooperation projects, their quotas, and the regions of bureaus."""

from datetime import date

import pytest

from exchange.audit.queries import timeline
from exchange.partners import queries, service
from exchange.partners.models import ProjectMode
from tests.factories.accounts import (
    AdministratorFactory,
    InstructorFactory,
    PartnerUserFactory,
    PrincipalFactory,
    RegistrarFactory,
    SubjectTeacherFactory,
)
from tests.factories.partners import CooperationProjectFactory

FIELDS = {"name": "冕宁项目", "regions": ["513433", "513400"], "starts_on": date(2026, 7, 1)}


def test_create_project_keeps_each_region_once_and_in_order(db):
    registrar = RegistrarFactory()

    project = service.create_project(**FIELDS | {"regions": ["513433", "511900", "513433"]}, by=registrar)

    assert project.areas == ["511900", "513433"]
    assert timeline(project)[0].actor == registrar


@pytest.mark.parametrize(
    ("flaw", "refusal"),
    [
        ({"regions": []}, service.InvalidProject),
        ({"regions": ["513499"]}, service.UnknownRegion),
        ({"regions": ["533121"]}, service.UnknownRegion),  # 潞西县, until 1996
        ({"regions": ["冕宁县"]}, service.UnknownRegion),
        ({"ends_on": date(2026, 6, 30)}, service.InvalidProject),
    ],
)
def test_create_project_refuses(db, flaw, refusal):
    with pytest.raises(refusal):
        service.create_project(**FIELDS | flaw, by=None)


def test_create_project_accepts_one_that_ends_on_its_first_day(db):
    assert service.create_project(**FIELDS, ends_on=FIELDS["starts_on"], mode=ProjectMode.UPGRADE, by=None)


def test_create_project_refuses_a_name_that_is_taken(db):
    taken = CooperationProjectFactory()

    with pytest.raises(service.ProjectExists, match=taken.name):
        service.create_project(**FIELDS | {"name": taken.name}, by=None)


def test_change_project_records_old_and_new_values(db):
    project = CooperationProjectFactory()

    service.change_project(project, name=project.name, regions=["513433"], mode=ProjectMode.SHORT_TERM, by=None)

    assert timeline(project)[0].changes == {"mode": ["full", "short_term"], "regions": [["533100"], ["513433"]]}


def test_change_project_without_a_difference_leaves_no_line(db):
    project = CooperationProjectFactory()

    service.change_project(project, name=project.name, regions=["533100"], by=None)

    assert timeline(project) == []


def test_counties_of_a_project_are_those_of_all_its_regions(db):
    project = service.create_project(**FIELDS | {"regions": ["533103", "533102"]}, by=None)

    assert [county.name for county in queries.counties_of(project)] == ["瑞丽市", "芒市"]


def test_quotas_are_set_changed_and_taken_away(db):
    project = CooperationProjectFactory()
    service.set_quotas(project, {(2026, "533103"): 12, (2026, "533102"): 6, (2027, "533102"): None}, by=None)

    service.set_quotas(project, {(2026, "533103"): 0, (2026, "533102"): None}, by=None)

    assert [(quota.area, quota.places) for quota in queries.quotas_of(project, year=2026)] == [("533103", 0)]
    assert timeline(project)[0].changes == {"2026 533103": [12, 0], "2026 533102": [6, None]}


def test_quota_of_a_county_of_somewhere_else_is_refused(db):
    with pytest.raises(service.UnknownRegion, match="513433"):
        service.set_quotas(CooperationProjectFactory(), {(2026, "513433"): 1}, by=None)


def test_regions_are_granted_to_bureaus_only(db):
    bureau = PartnerUserFactory()

    service.grant_regions(bureau, ["533103"], by=None)
    service.grant_regions(bureau, ["533102", "533100"], by=None)

    assert queries.regions_of(bureau) == ["533100", "533102"]
    assert timeline(bureau)[0].changes == {"regions": [["533103"], ["533100", "533102"]]}
    with pytest.raises(service.NotABureau):
        service.grant_regions(RegistrarFactory(), ["533103"], by=None)


def test_registrar_manages_a_project_through_its_pages(sign_in, db):
    browser = sign_in(RegistrarFactory())
    browser.get("/partners/projects")
    browser.get("/partners/projects/new")

    browser.post(
        "/partners/projects/new",
        name="冕宁项目",
        regions="冕宁县\n云南省德宏州芒市",
        mode="full",
        starts_on="2026-07-01",
    )

    project = queries.find_project("冕宁项目")
    assert project.areas == ["513433", "533103"]
    browser.get(f"/partners/projects/{project.id}/quotas")
    browser.post(f"/partners/projects/{project.id}/quotas", places_2026_513433="8", places_2026_533103="")
    assert [(quota.area, quota.places) for quota in queries.quotas_of(project)] == [("513433", 8)]
    page = browser.get(f"/partners/projects/{project.id}")
    assert "四川省凉山彝族自治州冕宁县" in page
    browser.get(f"/partners/projects/{project.id}/edit")
    assert "513433" in browser.page.text
    browser.post(
        f"/partners/projects/{project.id}/edit",
        name="改了",
        regions="513433",
        mode="short_term",
        starts_on="2026-07-01",
    )
    assert project.areas == ["513433"]


@pytest.mark.parametrize(
    ("written", "sentence"), [("火星县", "火星县"), ("朝阳区", "不止一个"), ("533121", "533121"), ("", "必填")]
)
def test_region_that_nobody_can_place_comes_back(sign_in, db, written, sentence):
    browser = sign_in(RegistrarFactory())
    browser.get("/partners/projects/new")

    page = browser.post(
        "/partners/projects/new", expect=422, name="项目", regions=written, mode="full", starts_on="2026-07-01"
    )

    assert sentence in page
    assert written in page


def test_quota_that_is_no_number_comes_back(sign_in, db):
    project = CooperationProjectFactory(starts_on=date(2026, 7, 1))
    browser = sign_in(RegistrarFactory())
    browser.get(f"/partners/projects/{project.id}/quotas")

    page = browser.post(f"/partners/projects/{project.id}/quotas", expect=422, places_2026_533103="-1")

    assert "填 0 到 9999 的整数" in page


def test_principal_and_instructor_read_projects_and_others_do_not(sign_in, db):
    project = CooperationProjectFactory()

    for reader in (PrincipalFactory(), InstructorFactory()):
        sign_in(reader).get(f"/partners/projects/{project.id}")
        sign_in(reader).get(f"/partners/projects/{project.id}/quotas", expect=403)
    sign_in(SubjectTeacherFactory()).get("/partners/projects", expect=403)


def test_administrator_sets_the_regions_of_a_bureau(sign_in, db):
    bureau = PartnerUserFactory()
    browser = sign_in(AdministratorFactory())
    assert bureau.name in browser.get("/partners/bureaus")
    browser.get(f"/partners/bureaus/{bureau.id}")

    browser.post(f"/partners/bureaus/{bureau.id}", regions="德宏州")

    assert queries.regions_of(bureau) == ["533100"]
    browser.get(f"/partners/bureaus/{bureau.id}")
    browser.post(f"/partners/bureaus/{bureau.id}", regions="")
    assert queries.regions_of(bureau) == []
    browser.get(f"/partners/bureaus/{RegistrarFactory().id}", expect=404)
