"""No page, download, script or message of a mistake shows anybody a mark that is not that person's to read."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from exchange.certificates import service as papers
from exchange.certificates.kinds import kind_named, read_settings
from exchange.certificates.queries import certificates_of_batch
from exchange.core.database import db as database
from exchange.core.database import now
from exchange.core.limits import limiter
from exchange.coursework.models import Assessment, Attempt, MarkSheet, SheetStatus
from exchange.partners.models import PartnerRegion
from exchange.students.models import Student
from tests.browser import Browser
from tests.factories.accounts import (
    GuardianUserFactory,
    PartnerUserFactory,
    RegistrarFactory,
    StudentUserFactory,
    SubjectTeacherFactory,
)
from tests.factories.conduct import ConductAssessmentFactory
from tests.factories.coursework import AssessmentFactory, MarkFactory, MarkSheetFactory
from tests.factories.students import GuardianshipFactory, StudentFactory
from tests.guards.records import make_records
from tests.guards.walk import AS_SCRIPT, addresses, answer, words_of

MARK, RESULT, MAKEUP, COMMENT = "73.37", "73.4", "68.9", "独一份的评语：沉静而笃实"
SECRETS = (MARK, RESULT, MAKEUP, COMMENT)
OWN = "81.53"


class Class:
    """Two classmates; in addresses ``theirs`` stands for the one with the secrets, ``own`` for the other."""

    def __init__(self):
        self.theirs = make_records()
        self.student = database.session.get_one(Student, self.theirs["student_id"])
        same = {"school_class": self.student.school_class}
        self.classmate = StudentFactory(user=StudentUserFactory(), **same)
        bond = GuardianshipFactory(student=self.classmate, guardian__user=GuardianUserFactory())
        self.sheet = database.session.get_one(MarkSheet, self.theirs["sheet_id"])
        self.teacher = self.sheet.teacher
        self.colleague = SubjectTeacherFactory()
        self._mark()
        self._assess()
        self.own = self.theirs | {
            "student_id": self.classmate.id,
            "guardian_id": bond.guardian_id,
            "guardianship_id": bond.id,
            "sheet_id": MarkSheetFactory(teacher=self.colleague, status=SheetStatus.PUBLISHED, **same).id,
            **self._transcript(),
        }
        bureau = PartnerUserFactory()
        database.session.add(PartnerRegion(user_id=bureau.id, area="533100"))
        database.session.commit()
        self.people = {
            "classmate": self.classmate.user,
            "guardian of the classmate": bond.guardian.user,
            "teacher of another course of the class": self.colleague,
            "teacher of another class": MarkSheetFactory(teacher=SubjectTeacherFactory()).teacher,
            "bureau of the county": bureau,
            "nobody": None,
        }

    def _mark(self):
        column = AssessmentFactory(sheet=self.sheet, weight=100)
        MarkFactory(assessment=column, student=self.student, score=Decimal(MARK))
        MarkFactory(assessment=column, student=self.classmate, score=Decimal(OWN))
        database.session.get_one(Attempt, self.theirs["attempt_id"]).score = Decimal(MAKEUP)
        self.sheet.status = SheetStatus.PUBLISHED

    def _assess(self):
        assessment = ConductAssessmentFactory(student=self.student, comment=COMMENT, released_at=now())
        ConductAssessmentFactory(student=self.classmate, term=assessment.term, released_at=now())
        self.theirs["term_id"] = assessment.term_id
        database.session.commit()

    def _transcript(self):
        """The paper that states the marks; the other set of records has a paper without any."""
        kind = kind_named("transcript")
        two = {"by": RegistrarFactory(), "approved_by": RegistrarFactory()}
        batch, _ = papers.issue_at_once(kind=kind, students=[self.student], settings=read_settings(kind, []), **two)
        database.session.commit()
        (paper,) = certificates_of_batch(batch)
        return {"certificate_id": paper.id, "number": paper.number, "batch_id": batch.id}


@pytest.fixture
def school_class(app, db, monkeypatch):
    monkeypatch.setattr(limiter, "enabled", False)
    return Class()


def told(app, person, method, url, headers=None):
    """The secrets that this person can read in the answer."""
    with answer(app, person, method, url, headers) as response:
        words = words_of(response)
    return [secret for secret in SECRETS if secret in words]


PEOPLE = [
    "classmate",
    "guardian of the classmate",
    "teacher of another course of the class",
    "teacher of another class",
    "bureau of the county",
    "nobody",
]


@pytest.mark.parametrize("who", PEOPLE)
def test_no_route_tells_the_mark_of_another(app, school_class, who):
    person = school_class.people[who]
    found = {
        f"{method} {url}": told(app, person, method, url, headers)
        for method, url in addresses(app, school_class.theirs, school_class.own)
        for headers in ([{}, AS_SCRIPT] if method == "GET" else [{}])
    }

    assert len(found) > 300
    assert {address: secrets for address, secrets in found.items() if secrets} == {}


def test_those_whose_business_it_is_do_read_it(app, school_class):
    """The same eyes find it where it belongs: page, workbook, paper, archive and script."""
    registrar, their, paper = RegistrarFactory(), school_class.theirs, school_class.own
    sheet = f"/coursework/sheets/{their['sheet_id']}"
    archive = f"/certificates/batches/{paper['batch_id']}"

    assert MARK in told(app, school_class.teacher, "GET", sheet)
    assert MARK in told(app, school_class.teacher, "POST", f"{sheet}/workbook")
    assert RESULT in told(app, registrar, "GET", f"/coursework/transcripts/{their['student_id']}")
    assert MAKEUP in told(app, registrar, "GET", f"/coursework/attempts/{their['attempt_id']}/withdraw")
    assert COMMENT in told(app, registrar, "GET", f"/students/{their['student_id']}/conduct")
    for ending in (f"/certificates/{paper['certificate_id']}.pdf", f"{archive}.pdf", f"{archive}.zip"):
        assert RESULT in told(app, registrar, "GET", ending), ending


def test_a_script_reads_it_where_it_belongs(app, school_class):
    """Who overtakes somebody else's mark is told what it was."""
    column = database.session.scalars(select(Assessment).filter_by(sheet_id=school_class.sheet.id)).one()
    cell = {"student": school_class.student.id, "assessment": column.id, "version": 0, "value": "70"}
    school_class.sheet.status = SheetStatus.DRAFT
    database.session.commit()
    browser = Browser(app.test_client(user=school_class.teacher))

    browser.send("PUT", f"/coursework/sheets/{school_class.sheet.id}/marks", {"cells": [cell]})

    assert MARK in words_of(browser.response)


def test_the_classmate_reads_the_own_mark(app, school_class):
    person, own = school_class.classmate.user, school_class.classmate.id

    with answer(app, person, "GET", f"/coursework/transcripts/{own}") as page:
        assert "81.5" in words_of(page)
