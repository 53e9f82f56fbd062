"""How many statements a page may send to the database: within its budget, and as many for three records as for one."""

from functools import partial

import pytest

from exchange.accounts.roles import Role
from exchange.core.database import db as database
from exchange.core.storage import store
from exchange.coursework.models import MarkSheet
from exchange.imports.models import Import, ImportStatus
from exchange.orders.kinds import OrderKind
from tests.factories.accounts import FACTORIES, RegistrarFactory
from tests.factories.certificates import issue_letters, requested_letters
from tests.factories.coursework import AssessmentFactory, MarkFactory, MarkSheetFactory
from tests.factories.enrolment import ApplicantFactory, ArrivalGroupFactory, TermRegistrationFactory
from tests.factories.orders import confirmed, draft
from tests.factories.partners import CooperationProjectFactory, PostFactory
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import SchoolClassFactory, TermFactory
from tests.factories.students import GuardianshipFactory, StudentFactory

HOME, LIST, RECORD, SAVE = 12, 10, 12, 12
PLACEMENT = 14  # its checklist reads five kinds of records, each in one statement
PAGES = [
    *((role.value, "/", HOME) for role in Role),
    ("registrar", "/students", LIST),
    ("registrar", "/students?q=岩", LIST),
    ("registrar", "/students?q=yan", LIST),
    ("registrar", "/finder?q=y", LIST),
    ("registrar", "/students/{student}", RECORD),
    ("registrar", "/students/{student}/certificates", RECORD),
    ("registrar", "/students/export", LIST),
    ("registrar", "/students?as_of=2026-10-08", LIST),
    ("registrar", "/students/{student}/orders", RECORD),
    ("registrar", "/orders", LIST),
    ("registrar", "/orders/new/leave?student={student}", LIST),
    ("registrar", "/orders/{order}", RECORD),
    ("registrar", "/orders/counts", LIST),
    ("registrar", "/imports", LIST),
    ("registrar", "/imports/headings", LIST),
    ("registrar", "/enrolment", LIST),
    ("registrar", "/enrolment/intakes/{project}/2026", RECORD),
    ("registrar", "/enrolment/applicants/{applicant}", RECORD),
    ("registrar", "/enrolment/registration", LIST),
    ("registrar", "/enrolment/registration/{school_class}", RECORD),
    ("registrar", "/enrolment/intakes/{project}/2026/letters", LIST),
    ("registrar", "/enrolment/terms", LIST),
    ("registrar", "/enrolment/terms/{term}/classes/{school_class}", RECORD),
    ("registrar", "/partners/projects", LIST),
    ("registrar", "/partners/projects/{project}", LIST),
    ("registrar", "/partners/bureaus", LIST),
    ("homeroom_teacher", "/enrolment/arrivals?day=2026-08-28", LIST),
    ("partner", "/enrolment", LIST),
    ("registrar", "/certificates", LIST),
    ("registrar", "/certificates/new?kind=enrolment_letter&school_class={class_name}", LIST),
    ("registrar", "/certificates/preflight?kind=enrolment_letter&school_class={class_name}", RECORD),
    ("registrar", "/certificates/batches/{batch}", RECORD),
    ("registrar", "/coursework", LIST),
    ("registrar", "/coursework/sheets/{sheet}", LIST),
    ("registrar", "/coursework/sheets/{sheet}/students/{student}", RECORD),
    ("registrar", "/coursework/sheets/new", LIST),
    ("registrar", "/coursework/transcripts/{student}", RECORD),
    ("internship_officer", "/partners", LIST),
    ("internship_officer", "/partners/{host}", RECORD),
    ("internship_officer", "/placements", LIST),
    ("internship_officer", "/placements/{placement}", PLACEMENT),
    ("internship_officer", "/students/{student}/placements", RECORD),
    ("homeroom_teacher", "/students", LIST),
    ("subject_teacher", "/coursework", LIST),
    ("student", "/placements/mine", RECORD),
    ("guardian", "/coursework/transcripts/{student}", RECORD),
    ("auditor", "/audit", LIST),
]


class School:
    """A class with everything that hangs on it, one more of each as often as it is asked."""

    def __init__(self):
        self.people = {role: factory() for role, factory in FACTORIES.items()}
        self.school_class = SchoolClassFactory(homeroom_teacher=self.people[Role.HOMEROOM_TEACHER])
        self.post = PostFactory()
        self.members, self.placements, self.assessments = [], [], []
        self.group, self.applicants = ArrivalGroupFactory(project=self.school_class.project), []
        self.term = TermFactory()
        self.sheet = self._sheet()

    def grow(self):
        """One more student, guardian, sheet, assessment, mark, placement, paper, host, import and request."""
        user = None if self.members else self.people[Role.STUDENT]
        student = StudentFactory(school_class=self.school_class, user=user)
        self.members.append(student)
        first = self.members[0]
        guardianship = GuardianshipFactory(student=first)
        if len(self.members) == 1:
            guardianship.guardian.user = self.people[Role.GUARDIAN]
        self._sheet()
        self.assessments.append(AssessmentFactory(sheet=self.sheet, weight=10))
        for member in self.members:
            MarkFactory(assessment=self.assessments[-1], student=member)
        self.placements.append(PlacementFactory(student=student, post=self.post))
        PlacementFactory(student=first, post=PostFactory(host_organisation=self.post.host_organisation))
        self._apply()
        TermRegistrationFactory(term=self.term, student=student)
        StudentFactory()
        PostFactory()
        issue_letters([student])
        issue_letters([first])
        self.order = draft(OrderKind.LEAVE, self.members)
        confirmed(OrderKind.AWARD, self.members)
        self.batch = requested_letters(self.members, by=RegistrarFactory())
        database.session.add(
            Import(kind="roster", filename="roster.xlsx", upload=store().put(b""), status=ImportStatus.REVIEWED)
        )
        database.session.commit()

    def _apply(self):
        """One more project, and one more at every step of this one."""
        CooperationProjectFactory()
        same = {"project": self.school_class.project, "school_class": self.school_class}
        self.applicants.append(ApplicantFactory(arrived=True, arrival_group=self.group, **same))
        ApplicantFactory(admitted=True, arrival_group=self.group, **same)
        ApplicantFactory(**same)

    def _sheet(self) -> MarkSheet:
        return MarkSheetFactory(school_class=self.school_class, teacher=self.people[Role.SUBJECT_TEACHER])

    @property
    def records(self):
        """What stands in the addresses."""
        return {
            "applicant": self.applicants[0].id,
            "batch": self.batch.id,
            "class_name": self.school_class.name,
            "order": self.order.id,
            "host": self.post.host_organisation_id,
            "placement": self.placements[0].id,
            "project": self.school_class.project_id,
            "school_class": self.school_class.id,
            "sheet": self.sheet.id,
            "student": self.members[0].id,
            "term": self.term.id,
        }


@pytest.fixture
def count(app, count_queries):
    """count(request) → the statements of a request in a session that knows nothing yet."""

    def counted(request):
        database.session.remove()
        with count_queries() as statements:
            request()
        return statements.count - (database.engine.dialect.name == "sqlite")  # its BEGIN is counted, too

    return counted


def test_every_page_keeps_its_budget_and_takes_no_more_for_three_records(sign_in, count):
    school = School()
    browsers = {role: sign_in(person) for role, person in school.people.items()}

    def count_all():
        school.grow()
        opened = {(role, address): address.format(**school.records) for role, address, _budget in PAGES}
        return {page: count(partial(browsers[page[0]].get, url)) for page, url in opened.items()}

    for_one = count_all()
    school.grow()
    for_three = count_all()

    assert {(*page, for_one[tuple(page)]) for *page, budget in PAGES if for_one[tuple(page)] > budget} == set()
    assert {page: (taken, for_three[page]) for page, taken in for_one.items() if for_three[page] != taken} == {}


def test_the_sign_in_asks_nothing_of_the_database(stranger, count):
    assert count(lambda: stranger.get("/accounts/sign-in")) <= 1


def test_saving_marks_takes_no_more_statements_for_two_than_for_one(sign_in, count):
    school = School()
    for _number in range(3):
        school.grow()
    browser = sign_in(school.people[Role.SUBJECT_TEACHER])
    url = f"/coursework/sheets/{school.sheet.id}"
    browser.get(url)

    def save(students, value):
        cells = [
            {"student": student.id, "assessment": school.assessments[-1].id, "version": 1, "value": value}
            for student in students
        ]
        return lambda: browser.send("PUT", f"{url}/marks", {"cells": cells})

    one, two = save(school.members[:1], "70"), save(school.members[1:], "71")

    for_one = count(one)
    for_two = count(two)

    assert for_one <= SAVE
    assert for_two == for_one
