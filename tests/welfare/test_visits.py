"""Home visits: planned, printed, written down exactly once, and nothing of two writers is lost."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select, text

from exchange.attachments.queries import attachments_of
from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.students.models import Student, StudentStatus
from exchange.welfare import service
from exchange.welfare.models import VisitReport, VisitSheet
from exchange.welfare.queries.contacts import overdue
from exchange.welfare.service.visits import AlreadyFilled, ImpossibleDay, NobodyToVisit
from tests.factories.accounts import HomeroomTeacherFactory, PrincipalFactory, RegistrarFactory, StudentUserFactory
from tests.factories.attachments import PNG
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory, StudentFactory
from tests.factories.welfare import VisitReportFactory, VisitSheetFactory

WRITTEN = {
    "visited_on": date(2026, 11, 24),
    "with_whom": "外婆",
    "situation": "外婆照顾，离镇上两小时路。",
    "wishes": "学门手艺。",
    "agreed": "每两周打一次电话。",
    "visitors": "尹老师",
}
SENT = WRITTEN | {"visited_on": "2026-11-24"}


@pytest.fixture(autouse=True)
def wednesday(db):
    with time_machine.travel("2026-11-25 10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def teacher():
    return HomeroomTeacherFactory()


@pytest.fixture
def sheet(teacher):
    return VisitSheetFactory(student__name="岩旺", student__school_class=SchoolClassFactory(homeroom_teacher=teacher))


def reports():
    return database.session.scalars(select(VisitReport).order_by(VisitReport.id)).all()


def address(sheet, key=None):
    return f"/welfare/visits/{sheet.id}/reports/{key or uuid4()}"


def test_everybody_gets_one_sheet_for_an_occasion(db):
    students = [*StudentFactory.create_batch(2), StudentFactory(status=StudentStatus.WITHDRAWN)]
    service.plan_visits(students[:1], occasion="暑期家访", by=None)

    planned = service.plan_visits(students, occasion="暑期家访", by=None)
    database.session.commit()

    assert [each.student for each in planned] == [students[1]]
    assert timeline(students[1])[0].action == "visit_sheet.planned"
    with pytest.raises(NobodyToVisit):
        service.plan_visits(students, occasion="暑期家访", by=None)


def test_report_is_sealed_and_the_trail_does_not_know_its_words(db, sheet, teacher):
    service.fill_sheet(sheet, key=str(uuid4()), by=teacher, **WRITTEN)
    database.session.commit()

    stored = database.session.execute(text("SELECT with_whom, situation, wishes, agreed FROM visit_report")).one()
    line = timeline(sheet.student)[0]
    assert [word for word in ("外婆", "手艺", "电话") if word in "".join(stored)] == []
    assert (line.action, line.actor, line.changes["visited_on"]) == ("visit_report.written", teacher, "2026-11-24")


def test_same_key_writes_once(db, sheet):
    key = str(uuid4())

    first = service.fill_sheet(sheet, key=key, by=None, **WRITTEN)
    database.session.commit()
    again = service.fill_sheet(sheet, key=key, by=None, **WRITTEN)
    once_more = service.supplement_sheet(sheet, key=key, by=None, **WRITTEN)
    database.session.commit()

    assert first == again == once_more
    assert len(reports()) == 1


def test_filled_sheet_is_refused_and_may_be_supplemented(db, sheet):
    service.fill_sheet(sheet, key=str(uuid4()), by=RegistrarFactory(name="沈老师"), **WRITTEN)
    database.session.commit()

    with pytest.raises(AlreadyFilled, match="沈老师已经填了这张家访表"):
        service.fill_sheet(sheet, key=str(uuid4()), by=None, **WRITTEN)
    service.supplement_sheet(sheet, key=str(uuid4()), by=None, **WRITTEN | {"agreed": "还要修路"})
    database.session.commit()

    assert [report.agreed for report in reports()] == ["每两周打一次电话。", "还要修路"]


@pytest.mark.parametrize("day", [date(2026, 11, 26), date(2026, 8, 31)])
def test_impossible_days_are_refused(db, sheet, day):
    with pytest.raises(ImpossibleDay):
        service.fill_sheet(sheet, key=str(uuid4()), by=None, **WRITTEN | {"visited_on": day})


def test_visit_counts_as_family_contact(db, sheet):
    assert database.session.scalar(select(overdue(select(Student), date(2026, 11, 25))[0])) == 1

    service.fill_sheet(sheet, key=str(uuid4()), by=None, **WRITTEN)
    database.session.commit()

    assert database.session.scalar(select(overdue(select(Student), date(2026, 11, 25))[0])) == 0


def test_photo_is_kept_once(db, sheet):
    report, key = VisitReportFactory(sheet=sheet), str(uuid4())

    service.add_photo(report, key=key, content=PNG, by=None)
    database.session.commit()
    service.add_photo(report, key=key, content=PNG, by=None)
    database.session.commit()

    assert [file.filename for file in attachments_of(report)] == [f"{key}.png"]


def test_phone_sends_a_report_and_hears_what_became_of_it(sign_in, teacher, sheet):
    browser, key = sign_in(teacher), uuid4()

    answer = browser.send("PUT", address(sheet, key), SENT)
    again = browser.send("PUT", address(sheet, key), SENT)

    (report,) = reports()
    assert answer == again == {"state": "sent", "report": report.id, "url": f"/welfare/visits/{sheet.id}"}
    assert (report.written_by, report.situation) == (teacher, WRITTEN["situation"])


def test_phone_is_told_of_a_conflict_and_may_supplement(sign_in, teacher, sheet):
    VisitReportFactory(sheet=sheet, written_by=RegistrarFactory(name="沈老师"))
    browser, key = sign_in(teacher), uuid4()

    answer = browser.send("PUT", address(sheet, key), SENT, expect=409)
    assert (answer["state"], "沈老师" in answer["message"]) == ("conflict", True)
    assert len(reports()) == 1

    assert browser.send("PUT", address(sheet, key), SENT | {"is_supplement": True})["state"] == "sent"
    assert len(reports()) == 2


@pytest.mark.parametrize(
    ("flaw", "word"),
    [
        ({"situation": " "}, "家里的情况"),
        ({"visited_on": "昨天"}, "哪天去的"),
        ({"visited_on": "2026-11-26"}, "今天以前"),
    ],
)
def test_phone_is_told_what_is_wrong(sign_in, teacher, sheet, flaw, word):
    answer = sign_in(teacher).send("PUT", address(sheet), SENT | flaw, expect=422)

    assert answer["state"] == "refused"
    assert word in answer["message"]
    assert reports() == []


@pytest.mark.parametrize(
    "document",
    [["a list"], SENT | {"situation": 5}, SENT | {"situation": {"a": "b"}}, SENT | {"wishes": "\ud800"}],
)
def test_phone_sends_no_other_documents(sign_in, teacher, sheet, document):
    sign_in(teacher).send("PUT", address(sheet), document, expect=400)

    assert reports() == []


def test_photos_come_with_the_form_where_there_is_network(sign_in, teacher, sheet):
    browser, page = sign_in(teacher), f"/welfare/visits/{sheet.id}/fill"
    browser.get(page)

    browser.post(page, **SENT, photos=[(BytesIO(PNG), "家.png"), (BytesIO(PNG), "路.png")])

    (report,) = reports()
    assert [file.filename for file in attachments_of(report)] == ["家.png", "路.png"]


def test_phone_of_another_class_finds_no_sheet(sign_in, sheet):
    sign_in(HomeroomTeacherFactory()).send("PUT", address(sheet), SENT, expect=404)
    sign_in(PrincipalFactory()).send("PUT", address(sheet), SENT, expect=403)


def test_phone_that_is_signed_out_is_told_so(stranger, sheet):
    answer = stranger.client.put(address(sheet), json=SENT)
    token = answer.json["csrf_token"]

    assert stranger.client.put(address(sheet), json=SENT, headers={"X-CSRFToken": token}).status_code == 401
    assert reports() == []


def test_photo_comes_as_the_body_of_a_request(sign_in, teacher, sheet):
    report, key = VisitReportFactory(sheet=sheet), uuid4()
    browser = sign_in(teacher)
    browser.get("/welfare/visits")
    head = {"X-CSRFToken": browser.page.csrf_token, "Content-Type": "image/png"}

    for content, expected in ((PNG, 200), (PNG, 200), (b"GIF89a", 422)):
        answer = browser.client.put(
            f"/welfare/visits/reports/{report.id}/photos/{key if expected == 200 else uuid4()}",
            data=content,
            headers=head,
        )
        assert answer.status_code == expected
    assert len(attachments_of(report)) == 1


def test_photos_are_open_to_those_who_see_the_visit(sign_in, teacher, sheet):
    file = service.add_photo(VisitReportFactory(sheet=sheet), key=str(uuid4()), content=PNG, by=None)
    database.session.commit()
    sheet.student.user = StudentUserFactory()
    database.session.commit()

    for user, expected in (
        (teacher, 200),
        (RegistrarFactory(), 200),
        (HomeroomTeacherFactory(), 404),
        (sheet.student.user, 404),
    ):
        sign_in(user).post(f"/attachments/{file.id}", expect=expected)


def test_teacher_plans_prints_and_fills(sign_in, teacher, sheet):
    student = sheet.student
    student.phone, student.address = "13900000001", "勐戛镇三台山12号"
    GuardianshipFactory(student=student, guardian=GuardianFactory(name="刀玉", phone="13800000009", language="傣语"))
    browser = sign_in(teacher)
    plan = f"/welfare/visits/classes/{student.school_class_id}"
    browser.get(plan)
    assert "先勾选学生" in browser.post(plan, expect=422, occasion="暑期家访")
    browser.post(plan, occasion="暑期家访", ids=[student.id])
    new = database.session.scalar(select(VisitSheet).where(VisitSheet.occasion == "暑期家访"))
    assert "勐戛镇" not in browser.get(f"/welfare/visits/{new.id}")

    paper = browser.post("/welfare/visits/print", expect=200, ids=[new.id])
    assert [each for each in ("勐戛镇三台山12号", "13800000009", "傣语", "<path d=") if each not in paper] == []
    assert timeline(student)[0].changes == {"occasion": "暑期家访", "fields": ["address", "phone"]}

    browser.get(f"/welfare/visits/{new.id}/fill")
    browser.post(f"/welfare/visits/{new.id}/fill", **SENT)
    page = browser.get(f"/welfare/visits/{new.id}")
    assert WRITTEN["situation"] in page
    browser.post(f"/welfare/visits/{new.id}/fill", **SENT | {"agreed": "补一句"})
    assert "补充：2026年11月24日 家访" in browser.get(f"/welfare/visits/{new.id}")


def test_nothing_is_printed_of_another_class(sign_in, sheet):
    browser = sign_in(HomeroomTeacherFactory())
    browser.get("/welfare/visits")

    assert "岩旺" not in browser.post("/welfare/visits/print", expect=200, ids=[sheet.id])
    browser.post("/welfare/visits/print", expect=302)


def test_offline_page_holds_open_sheets_and_no_phone_numbers(sign_in, teacher, sheet):
    sheet.student.phone = "13900000001"
    filled = VisitReportFactory(sheet__student__name="刀玉兰", sheet__student__school_class=sheet.student.school_class)
    database.session.commit()

    page = sign_in(teacher).get("/welfare/visits/offline")

    assert "岩旺" in page
    assert filled.sheet.student.name not in page
    assert "1390000" not in page


def test_list_tells_who_is_still_to_be_visited(sign_in, teacher, sheet):
    VisitReportFactory(sheet__student__name="刀玉兰", sheet__student__school_class=sheet.student.school_class)
    browser = sign_in(teacher)

    page = browser.get("/welfare/visits")
    assert page.index("岩旺") < page.index("刀玉兰")
    assert "刀玉兰" not in browser.get("/welfare/visits?state=open")
    assert "岩旺" not in browser.get("/welfare/visits?state=filled")
