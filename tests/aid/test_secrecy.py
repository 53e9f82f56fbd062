"""No page, file or answer of anybody but the aid officer names a hardship of a student who has one."""

from io import BytesIO
from zipfile import ZipFile, is_zipfile

import openpyxl
import pytest
from pypdfium2 import PdfDocument

from exchange.accounts.roles import Role
from exchange.aid import service
from exchange.aid.categories import categories
from exchange.core.database import db as database
from exchange.students.models import Student
from tests.factories.accounts import FACTORIES
from tests.factories.aid import PovertyStatusFactory, approved
from tests.factories.students import GuardianFactory, GuardianshipFactory
from tests.guards.records import make_records
from tests.guards.test_routes import rules

CODES = ("JC_TPBWD", "GE")
WORDS = ("监测对象", "脱贫", "孤儿", "Monitored", "Orphan", "JC_TPBWD")


@pytest.fixture
def school(app, db):
    """Every record of the guards; the student of them has two kinds of hardship, and so says the roster."""
    records = make_records()
    student = database.session.get(Student, records["student_id"])
    student.poverty = "监测对象"
    for code in CODES:
        PovertyStatusFactory(student=student, category_code=code)
    wrong = PovertyStatusFactory(student=student, category_code="DB")
    service.void_status(wrong, note="是监测对象，不是低保", by=None)
    approved(student, reason="监测对象", because="监测对象")
    people = {role: FACTORIES[role]() for role in Role}
    student.user = people[Role.STUDENT]
    student.school_class.homeroom_teacher = people[Role.HOMEROOM_TEACHER]
    GuardianshipFactory(student=student, guardian=GuardianFactory(user=people[Role.GUARDIAN]))
    database.session.commit()
    return records, people, student.name


def addresses(app, records, name):
    adapter = app.url_map.bind("localhost")
    found = [
        adapter.build(rule.endpoint, {argument: records[argument] for argument in rule.arguments})
        for rule in rules(app)
        if "GET" in rule.methods
    ]
    searches = [f"/students?q={name}", f"/finder?q={name}", "/students?q=监测对象", "/finder?q=监测对象"]
    return [*found, *searches, "/?lang=en", "/students?lang=en"]


def words_in(answer):
    """All text of an answer; of a workbook or archive that of its parts, of a paper what is printed."""
    content = answer.data
    if content.startswith(b"%PDF-"):
        return " ".join(page.get_textpage().get_text_range() for page in PdfDocument(content))
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            content = b"".join(archive.read(part) for part in archive.namelist())
    return content.decode("utf-8", errors="ignore")


def told(app, who, records, name):
    """Address → the words that are said there; what was only asked for does not count."""
    client = app.test_client(user=who)
    said = {}
    for url in addresses(app, records, name):
        with client.get(url) as answer:
            text = words_in(answer).replace(url, "").replace('value="监测对象"', "")
            if found := [word for word in WORDS if word in text]:
                said[url] = found
    return said


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AID_OFFICER])
def test_no_page_of_another_role_names_a_hardship(app, school, role):
    records, people, name = school

    assert told(app, people[role], records, name) == {}


def test_the_aid_officer_is_told(app, school):
    records, people, name = school

    said = told(app, people[Role.AID_OFFICER], records, name)

    assert {f"/students/{records['student_id']}/aid", "/aid/poverty"} <= set(said)


def test_the_national_sheet_of_the_registrar_leaves_the_column_empty(sign_in, school):
    """What may be chosen stands on a hidden sheet; the rows of the students say nothing."""
    _records, people, name = school
    browser = sign_in(people[Role.REGISTRAR])
    browser.get("/students/export")

    browser.post("/students/export", expect=200, class_name="")

    sheet = openpyxl.load_workbook(BytesIO(browser.response.data)).worksheets[0]
    cells = " ".join(str(cell) for row in sheet.iter_rows(values_only=True, min_row=2) for cell in row)
    assert name in cells
    assert [word for word in WORDS if word in cells] == []


def test_totals_name_kinds_of_aid_and_no_hardship(sign_in, school):
    _records, people, _name = school
    browser = sign_in(people[Role.PRINCIPAL])
    browser.get("/aid/totals")

    browser.post("/aid/totals", expect=200)

    assert [word for word in WORDS if word in words_in(browser.response)] == []


def test_words_that_are_looked_for_are_those_of_the_table():
    names = " ".join(f"{each.code} {each.name} {each.english}" for each in categories().values())

    assert [word for word in WORDS if word not in names and word != "监测对象"] == []
