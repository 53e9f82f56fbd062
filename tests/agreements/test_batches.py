"""Who has not signed, by host and first day; links for exactly them; all papers in one file; the homes."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import func, select

from exchange.agreements import queries
from exchange.agreements.models import Signature
from exchange.agreements.queries import waiting_for
from exchange.core.database import db as database
from exchange.links.models import Link
from exchange.placements.models import Placement, PlacementStatus
from tests.browser import Browser
from tests.factories.accounts import (
    GuardianUserFactory,
    InstructorFactory,
    InternshipOfficerFactory,
    PrincipalFactory,
    StudentUserFactory,
)
from tests.factories.agreements import issued, placement_with_family
from tests.factories.placements import record_agreement, record_consent


@pytest.fixture(autouse=True)
def before_the_first_day():
    with time_machine.travel("2026-02-01T08:00:00+08:00"):
        yield


@pytest.fixture
def three(db):
    """At one host: all signed, nothing signed, nothing issued."""
    first, _bond = placement_with_family()
    others = [placement_with_family(name=name, guardian=f"{name}之父", post=first.post)[0] for name in ("岩温", "咩罕")]
    for placement in (first, others[0]):
        issued(placement)
    record_agreement(first)
    record_consent(first)
    database.session.commit()
    return first, *others


@pytest.fixture
def office(sign_in):
    return sign_in(InternshipOfficerFactory())


def address(placement):
    return f"/agreements/hosts/{placement.host.id}"


def test_batches_say_how_many_are_missing(three):
    (batch,) = [queries.Batch(*row) for row in database.session.execute(queries.batches(select(Placement))).all()]

    assert (batch.students, batch.without_text, batch.unsigned) == (3, 1, 2)
    assert batch.starts_on == date(2026, 3, 2)


def test_what_is_over_is_no_batch(three):
    for placement in three:
        placement.status = PlacementStatus.TERMINATED

    assert database.session.execute(queries.batches(select(Placement))).all() == []


def test_pages_name_who_is_missing(office, three):
    first, _second, _third = three
    assert "2 人没签齐" in office.get("/agreements")

    page = office.get(address(first))

    assert "学校、实习单位、学生本人、监护人" in page
    assert page.count("签齐") == 2
    assert page.count("没出具") == 2
    assert "这一天没有学生" in office.get(address(first) + "?starts=2027-03-01")


def test_one_click_makes_links_for_exactly_who_is_missing(app, office, three):
    first, second, _third = three
    office.get(address(first))

    page = office.post(f"{address(first)}/links", expect=200, days="7")

    assert page.count("请打开链接看内容再签字") == 2
    assert "刀玉兰从" not in page
    assert database.session.scalar(select(func.count()).select_from(Link)) == 4
    token = page.split("实习知情同意书 ")[1].split(" ")[0].rsplit("/", 1)[1]
    assert "签知情同意书" in Browser(app.test_client()).get(f"/m/{token}")

    office.get(address(first))
    office.post(f"{address(first)}/links", expect=200, days="3")
    open_links = [link for link in database.session.scalars(select(Link)) if link.revoked_at is None]
    assert len(open_links) == 4
    assert second.id in {each.placement_id for each in queries.versions_of(second)}


def test_who_cannot_read_gets_no_link_but_a_sentence(office, three):
    first, second, _third = three
    second.student.guardianships[0].guardian.reads_mandarin = False
    database.session.commit()
    office.get(address(first))

    page = office.post(f"{address(first)}/links", expect=200, days="7")

    assert "不识汉字" in page
    assert page.count("请打开链接看内容再签字") == 1


def test_principal_signs_the_whole_batch(sign_in, three):
    first, _second, _third = three
    principal = sign_in(PrincipalFactory(name="王校长"))
    assert "代表学校签 1 份三方协议" in principal.get("/")
    principal.get(address(first))

    principal.post(f"{address(first)}/school")

    assert [each.signed_by for each in database.session.scalars(select(Signature))] == ["王校长"]
    principal.get("/")  # says once that it is done
    assert "代表学校签" not in principal.get("/")


def test_papers_of_all_come_in_one_file(office, three):
    assert office.get(f"{address(three[0])}.pdf?kind=consent").startswith(b"%PDF")
    office.get(f"{address(three[0])}.pdf?kind=other", expect=404)


def test_host_of_nobody_in_sight_is_not_found(sign_in, three):
    sign_in(InstructorFactory()).get(address(three[0]), expect=404)


def test_homes_say_what_waits(app, three):
    _first, second, _third = three
    second.student.user = StudentUserFactory()
    guardianship = second.student.guardianships[0]
    guardianship.guardian.user = GuardianUserFactory()
    database.session.commit()

    with app.test_request_context():
        told = {
            "officer": waiting_for(InternshipOfficerFactory()),
            "student": waiting_for(second.student.user),
            "guardian": waiting_for(guardianship.guardian.user),
            "instructor": waiting_for(InstructorFactory()),
        }
        titles = {who: [str(title) for title, _detail, _url in rows] for who, rows in told.items()}

    assert titles == {
        "officer": ["1 名学生的协议和同意书还没签齐"],
        "student": ["看 2 份实习文件，签字"],
        "guardian": ["看 2 份实习文件，签字"],
        "instructor": [],
    }
