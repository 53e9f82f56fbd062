"""The pages of supervision, as instructors and the school open them."""

import pytest
import time_machine

from exchange.core.database import db as database
from exchange.supervision.models import DailyCheck, Incident
from exchange.supervision.values import Step
from tests.factories.accounts import (
    HomeroomTeacherFactory,
    InstructorFactory,
    InternshipOfficerFactory,
    PrincipalFactory,
)
from tests.factories.journals import RunningPlacementFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.supervision import DailyCheckFactory, IncidentFactory


@pytest.fixture(autouse=True)
def monday(db):
    with time_machine.travel("2026-03-09 12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def teacher():
    return InstructorFactory()


@pytest.fixture
def placement(teacher):
    return RunningPlacementFactory(instructor=teacher, student__name="岩旺")


def test_all_fine_takes_one_tap(sign_in, teacher, placement):
    browser = sign_in(teacher)
    assert "超过一个工作日没有检查" in browser.get("/")
    assert "5 个工作日没有检查" in browser.get("/supervision")

    browser.post(f"/supervision/hosts/{placement.host.id}/check", way="call")

    assert "今天看过" in browser.get("/supervision")
    assert "没有检查" not in browser.get("/")


def test_who_is_not_fine_is_noted_with_a_word(sign_in, teacher, placement):
    browser = sign_in(teacher)
    browser.get("/supervision")

    browser.post(f"/supervision/hosts/{placement.host.id}/check", way="visit", **{f"note.{placement.id}": "想家"})

    page = browser.get(f"/supervision/placements/{placement.id}")
    assert "有事" in page
    assert "想家" in page


def test_check_of_nothing_notes_nothing(sign_in, teacher, placement):
    browser = sign_in(teacher)
    browser.get("/supervision")
    browser.post(f"/supervision/hosts/{placement.host.id}/check", way="dream")
    browser.post(f"/supervision/hosts/{RunningPlacementFactory().host.id}/check", expect=404, way="call")

    assert database.session.query(DailyCheck).count() == 0


def test_incident_is_reported_worked_off_and_closed(sign_in, teacher, placement):
    browser = sign_in(teacher)
    url = f"/supervision/placements/{placement.id}/incidents/new"
    assert 'value="2026-03-09T12:00"' in browser.get(url)
    browser.post(url, expect=422, kind="injury", occurred_at="2026-03-09T13:00", situation="滑倒")
    browser.post(url, kind="injury", occurred_at="2026-03-09T11:20", situation="滑倒")
    found = database.session.query(Incident).one().id
    page = browser.get(f"/supervision/incidents/{found}")
    assert "40 分钟" in page
    assert "岩旺：受伤" in sign_in(PrincipalFactory()).get("/")
    assert "还不能办结" in browser.post(f"/supervision/incidents/{found}/close", expect=409)
    for step in Step:
        browser.post(f"/supervision/incidents/{found}/steps/{step.value}", note="办了")
    browser.post(f"/supervision/incidents/{found}/close")

    assert "办结" in browser.get("/supervision/incidents")
    assert "岩旺：受伤" not in browser.get("/")


def test_deadline_that_passed_is_said(sign_in, teacher, placement):
    incident = IncidentFactory(placement=placement)
    browser = sign_in(teacher)

    assert "过了时限" in browser.get("/supervision/incidents")
    assert "过了时限：2026年3月9日 11:00" in browser.get(f"/supervision/incidents/{incident.id}")


def test_unknown_step_is_not_there(sign_in, teacher, placement):
    incident = IncidentFactory(placement=placement)
    browser = sign_in(teacher)
    browser.get("/supervision")

    browser.post(f"/supervision/incidents/{incident.id}/steps/dance", expect=404)


def test_other_instructor_sees_nothing_and_principal_only_reads(sign_in, placement):
    incident = IncidentFactory(placement=placement)
    other, principal = sign_in(InstructorFactory()), sign_in(PrincipalFactory())
    other.get("/supervision")

    other.get(f"/supervision/incidents/{incident.id}", expect=404)
    other.get(f"/supervision/placements/{placement.id}", expect=404)
    other.post(f"/supervision/incidents/{incident.id}/steps/leader", expect=404)
    assert "办了</button>" not in principal.get(f"/supervision/incidents/{incident.id}")
    principal.post(f"/supervision/incidents/{incident.id}/steps/leader", expect=403)


def test_homeroom_teacher_reads_of_the_own_class(sign_in):
    teacher = HomeroomTeacherFactory()
    placement = RunningPlacementFactory(student__school_class=SchoolClassFactory(homeroom_teacher=teacher))
    DailyCheckFactory(placement=placement)
    browser = sign_in(teacher)

    assert placement.student.name in browser.get("/supervision")
    assert "正常" in browser.get(f"/supervision/placements/{placement.id}")
    browser.get(f"/supervision/placements/{RunningPlacementFactory().id}", expect=404)


def test_pages_speak_english(sign_in, placement):
    IncidentFactory(placement=placement)
    browser = sign_in(InternshipOfficerFactory())

    assert "Checks of interns" in browser.get("/supervision?lang=en")
    assert "Incidents" in browser.get("/supervision/incidents?lang=en")
