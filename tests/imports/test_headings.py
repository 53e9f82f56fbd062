"""What is remembered of a sender's headings."""

import json

import pytest
from sqlalchemy import select

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.errors import UsageProblem
from exchange.imports import headings, service
from exchange.imports.models import HeadingMapping, Import
from exchange.jobs.service import run_pending
from tests.factories.accounts import RegistrarFactory
from tests.factories.imports import upload_form
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import StudentFactory

CLASS = "2026级云南班"
BUREAU = "芒市教育局"
SHEET = "姓名,身份证号,寨子,鞋码\n刀玉兰,999999201105161011,芒市,37\n"
DECISIONS = {"寨子": "home_address", "鞋码": ""}


@pytest.fixture
def school_class(db):
    return SchoolClassFactory(name=CLASS, number=7)


def reviewed(*, sender=BUREAU, mapping=None, text=SHEET, by=None):
    import_ = service.upload(
        text.encode(), filename="x.csv", kind="roster", target=CLASS, sender=sender, mapping=mapping, by=by
    )
    service.review(import_, by=by)
    database.session.commit()
    return import_


def kept():
    return {each.heading: each.field for each in database.session.scalars(select(HeadingMapping))}


def test_what_a_person_decides_is_applied_to_the_next_sheet_of_the_sender(school_class):
    registrar = RegistrarFactory()

    first = reviewed(mapping=DECISIONS, by=registrar)
    second = reviewed()

    assert (first.remembered, first.ignored, first.unmapped) == ({}, ["鞋码"], [])
    assert (second.remembered, second.ignored, second.unmapped) == (DECISIONS, ["鞋码"], [])
    assert second.columns["寨子"] == "home_address"
    decision = database.session.scalars(select(HeadingMapping).where(HeadingMapping.heading == "寨子")).one()
    assert [(event.action, event.actor) for event in timeline(decision)] == [("import.heading_remembered", registrar)]


def test_another_sender_is_asked_anew(school_class):
    reviewed(mapping=DECISIONS)

    assert reviewed(sender="盈江县教育局").unmapped == ["寨子", "鞋码"]
    assert reviewed(sender="").unmapped == ["寨子", "鞋码"]


def test_without_a_sender_nothing_is_kept(school_class):
    reviewed(sender="", mapping=DECISIONS)

    assert kept() == {}


def test_a_sender_is_the_same_however_it_is_spaced(school_class):
    reviewed(mapping=DECISIONS)

    assert reviewed(sender="　芒市 教育局 ").remembered == DECISIONS


def test_what_is_decided_now_goes_before_what_is_remembered(school_class):
    reviewed(mapping=DECISIONS)

    again = reviewed(mapping={"寨子": "household_address"})

    assert (again.columns["寨子"], again.remembered) == ("household_address", {"鞋码": ""})
    assert kept()["寨子"] == "household_address"


def test_a_remembered_heading_that_is_missing_is_no_error(school_class):
    reviewed(mapping=DECISIONS)

    assert reviewed(text=SHEET.replace("寨子", "家庭住址")).remembered == {"鞋码": ""}


def test_a_decision_that_is_taken_back_is_asked_anew(school_class):
    reviewed(mapping=DECISIONS)
    decision = database.session.scalars(select(HeadingMapping).where(HeadingMapping.heading == "鞋码")).one()

    headings.forget(decision, by=None)
    database.session.commit()

    assert reviewed().unmapped == ["鞋码"]


def test_a_sender_of_any_length_is_refused_with_a_sentence(school_class):
    with pytest.raises(UsageProblem, match="100"):
        reviewed(sender="局" * 101)


def test_command_keeps_what_it_maps(runner, school_class, tmp_path):
    (tmp_path / "x.csv").write_text(SHEET, encoding="utf-8")
    review = ["imports", "review", str(tmp_path / "x.csv"), "--class", CLASS, "--sender", BUREAU, "--json"]

    runner.invoke(args=[*review, "--map", "寨子=home_address", "--map", "鞋码="])
    told = json.loads(runner.invoke(args=review).stdout)

    assert (told["sender"], told["remembered"], told["ignored"]) == (BUREAU, DECISIONS, ["鞋码"])


def test_pages_map_several_headings_show_what_was_remembered_and_take_it_back(sign_in, school_class):
    StudentFactory(county_of_origin="533103")
    browser = sign_in(RegistrarFactory())
    offered = browser.get("/imports")
    for _time in range(2):
        browser.get("/imports")
        browser.post("/imports", **upload_form(SHEET.encode(), "x.csv"), target=CLASS, sender=BUREAU)
        run_pending()
        if _time == 0:
            first = database.session.scalars(select(Import)).one()
            browser.get(f"/imports/{first.id}")
            decided = {"heading-0": "home_address", "heading-1": "-"}
            browser.post(f"/imports/{first.id}/columns", sender=BUREAU, **decided)
            run_pending()

    last = database.session.scalars(select(Import).order_by(Import.id.desc())).first()
    page = browser.get(f"/imports/{last.id}")
    listed = browser.get("/imports/headings")
    decision = database.session.scalars(select(HeadingMapping).where(HeadingMapping.heading == "寨子")).one()
    browser.post(f"/imports/headings/{decision.id}/forget")

    assert f'<option value="{BUREAU}">' in offered
    assert page.count("这个单位上次定的") == 2
    assert "表头“寨子”读作“家庭现地址”" in page
    assert "表头“鞋码”不导入" in page
    assert "不导入这一列" in listed
    assert kept() == {"鞋码": ""}


def test_a_form_in_which_nothing_is_chosen_reads_nothing_again(sign_in, school_class):
    import_ = reviewed()
    browser = sign_in(RegistrarFactory())
    browser.get(f"/imports/{import_.id}/columns")

    refused = browser.post(f"/imports/{import_.id}/columns", sender=BUREAU, expect=422, **{"heading-0": ""})

    assert "没有改任何一列" in refused
    assert database.session.get(Import, import_.id).unmapped == ["寨子", "鞋码"]
