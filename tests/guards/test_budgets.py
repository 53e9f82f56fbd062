"""How many statements a page may send to the database: within its budget, and as many for three records as for one."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from exchange.accounts.roles import Role
from exchange.aid.values import AidKind, Item
from exchange.core.database import db as database
from exchange.core.storage import store
from exchange.coursework.models import MarkSheet
from exchange.imports.models import Import, ImportStatus
from exchange.orders.kinds import OrderKind
from exchange.partners.models import PartnerRegion
from exchange.registry.service import states
from exchange.students import service as students
from exchange.students.history import Span, State, state_of
from exchange.students.models import StudentStatus
from tests.factories.accounts import FACTORIES, HomeroomTeacherFactory, RegistrarFactory
from tests.factories.agreements import issued
from tests.factories.aid import PovertyStatusFactory, approved
from tests.factories.attendance import LeaveRequestFactory, RollEntryFactory, RollFactory
from tests.factories.certificates import issue_letters, requested_letters
from tests.factories.complaints import ComplaintFactory
from tests.factories.conduct import ConductAssessmentFactory
from tests.factories.coursework import (
    AssessmentFactory,
    MarkFactory,
    MarkSheetFactory,
    RecognitionFactory,
    first_sitting,
)
from tests.factories.enrolment import ApplicantFactory, ArrivalGroupFactory, TermRegistrationFactory
from tests.factories.journals import MONDAY, InternshipReportFactory, RunningPlacementFactory, WeeklyLogFactory
from tests.factories.orders import confirmed, draft
from tests.factories.partners import CooperationProjectFactory, PostFactory
from tests.factories.pay import PayReceiptFactory
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import HomeroomPeriodFactory, PlannedCourseFactory, SchoolClassFactory, TermFactory
from tests.factories.registry import compared, row_of, sent
from tests.factories.selection import SelectionOfClass
from tests.factories.students import (
    ConsentRecordFactory,
    ContactFactory,
    CorrectionFactory,
    GuardianshipFactory,
    PhotoBatchFactory,
    StudentFactory,
)
from tests.factories.supervision import DailyCheckFactory, IncidentFactory
from tests.factories.welfare import (
    AbsenceFactory,
    BedStayFactory,
    ContactNoteFactory,
    DormitoryRoomFactory,
    HolidayStayFactory,
    SeatFactory,
    TravelGroupFactory,
    VisitReportFactory,
    VisitSheetFactory,
)

HOME, LIST, RECORD, SAVE = 12, 10, 12, 12
START = datetime(2026, 9, 1, tzinfo=UTC)
PLACEMENTS = 14  # eight kinds of records, those of the hosts and the head counts, one statement each
PLACEMENT = 19  # the same, with people and history
SHIFTS = 20  # what the law asks of the placement, and the versions of its plan
PIPELINE = 30  # every step of a batch, and what is missing of its placements
OUTLINE = 14  # one statement for each feature that tells something
MINE = 14  # all that is kept about a person stands on one page
TODAY = 24  # where everybody is, whom to call, what is counted or a reason: one statement for each source
AID = 28  # the check compares with others, households, cards and numbers, one statement each for all awards of a page
CHASE = 16  # the list and its counts, and what the words of a page take: sheets with what they lack, outcomes, terms
PAGES = [
    *((role.value, "/", HOME) for role in Role),
    ("registrar", "/students", LIST),
    ("registrar", "/students?q=岩", LIST),
    ("registrar", "/students?q=yan", LIST),
    ("registrar", "/finder?q=y", LIST),
    ("registrar", "/students/{student}", RECORD),
    ("partner", "/students?county=533103&sort=-name", LIST),
    ("partner", "/students?as_of=2026-10-08", LIST),
    ("partner", "/students/{student}", OUTLINE),
    ("auditor", "/students", LIST),
    ("auditor", "/students/{student}", OUTLINE),
    ("registrar", "/students/{student}/certificates", RECORD),
    ("registrar", "/students/export", LIST),
    ("registrar", "/students?as_of=2026-10-08", LIST),
    ("registrar", "/students/{student}/orders", RECORD),
    ("registrar", "/orders", LIST),
    ("registrar", "/orders/new/leave?student={student}", LIST),
    ("registrar", "/orders/{order}", RECORD),
    ("registrar", "/orders/counts", LIST),
    ("registrar", "/students/{student}/edit", RECORD),
    ("registrar", "/students/{student}/consents", RECORD),
    ("registrar", "/students/guardians/{guardian}", RECORD),
    ("registrar", "/students/consents", LIST),
    ("registrar", "/students/corrections?show=all", LIST),
    ("registrar", "/students/photos", LIST),
    ("homeroom_teacher", "/students/consents", LIST),
    ("homeroom_teacher", "/students/{student}", RECORD),
    ("student", "/students/mine", MINE),
    ("guardian", "/students/mine", MINE),
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
    ("registrar", "/programmes", LIST),
    ("registrar", "/programmes/{programme}", LIST),
    ("registrar", "/programmes/versions/{draft}", LIST),
    ("registrar", "/programmes/versions/{draft}/checks", LIST),
    ("registrar", "/programmes/versions/{draft}/approval", LIST),
    ("registrar", "/programmes/versions/{draft}/courses/new", LIST),
    ("registrar", "/programmes/planned/{planned}/edit", LIST),
    ("registrar", "/programmes/classes", LIST),
    ("registrar", "/programmes/classes/new", LIST),
    ("registrar", "/programmes/classes/{class_id}", LIST),
    ("registrar", "/programmes/classes/{class_id}/edit", LIST),
    ("registrar", "/programmes/classes/{class_id}/homeroom", LIST),
    ("registrar", "/programmes/terms", LIST),
    ("homeroom_teacher", "/programmes/classes", LIST),
    ("principal", "/programmes/classes/{class_id}", LIST),
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
    ("registrar", "/coursework/sheets/{sheet}/attempts", RECORD),
    ("registrar", "/coursework/sheets/{sheet}/history", LIST),
    ("registrar", "/coursework/transcripts/{student}/recognise", RECORD),
    ("registrar", "/coursework/sheets/new", LIST),
    ("registrar", "/coursework/classes/{class_id}/sheets/new", LIST),
    ("registrar", "/coursework/classes/{class_id}/sheets/new?course={course}", LIST),
    ("registrar", "/coursework/classes/{class_id}/recognise", LIST),
    ("registrar", "/coursework/classes/{class_id}/recognise?course={course}", LIST),
    ("registrar", "/coursework/chase", CHASE),
    ("subject_teacher", "/coursework/chase", CHASE),
    ("homeroom_teacher", "/coursework/chase?kind=roll", CHASE),
    ("registrar", "/coursework/makeups", RECORD),
    ("subject_teacher", "/coursework/makeups", RECORD),
    ("registrar", "/coursework/transcripts/{student}", RECORD),
    ("registrar", "/registry", LIST),
    ("registrar", "/registry/students", LIST),
    ("registrar", "/registry/students?show=changed&lacks=性别&class={class_name}", LIST),
    ("registrar", "/students/{student}/registry", RECORD),
    ("registrar", "/registry/submissions", LIST),
    ("registrar", "/registry/submissions/{submission}", RECORD),
    ("registrar", "/registry/reconciliations", LIST),
    ("registrar", "/registry/corrections", LIST),
    ("homeroom_teacher", "/registry", LIST),
    ("homeroom_teacher", "/registry/students", LIST),
    ("internship_officer", "/partners", LIST),
    ("internship_officer", "/partners/{host}", RECORD),
    ("internship_officer", "/placements", PLACEMENTS),
    ("internship_officer", "/placements/{placement}", PLACEMENT),
    ("internship_officer", "/students/{student}/placements", PLACEMENTS),
    ("internship_officer", "/placements/{placement}/shifts", SHIFTS),
    ("internship_officer", "/placements/{placement}/shifts/week", PLACEMENT),
    ("internship_officer", "/placements/{placement}/shifts/days/2026-03-03", PLACEMENT),
    ("internship_officer", "/shifts/hosts/{host}?month=2026-03", LIST),
    ("internship_officer", "/agreements", LIST),
    ("internship_officer", "/agreements/hosts/{host}", RECORD),
    ("internship_officer", "/placements/{placement}/agreements", PLACEMENT),
    ("student", "/agreements/mine", LIST),
    ("guardian", "/agreements/mine", LIST),
    ("homeroom_teacher", "/students", LIST),
    ("subject_teacher", "/coursework", LIST),
    ("homeroom_teacher", "/welfare", LIST),
    ("homeroom_teacher", "/welfare/classes/{class_id}", LIST),
    ("homeroom_teacher", "/students/{student}/welfare", RECORD),
    ("homeroom_teacher", "/conduct", LIST),
    ("homeroom_teacher", "/conduct/terms/{term}/classes/{class_id}", LIST),
    ("registrar", "/welfare/dormitory", LIST),
    ("registrar", "/welfare/dormitory/rooms/{room}", RECORD),
    ("registrar", "/welfare/dormitory/classes/{class_id}", LIST),
    ("registrar", "/welfare/travel", LIST),
    ("homeroom_teacher", "/welfare/travel/{trip}", RECORD),
    ("homeroom_teacher", "/welfare/travel/groups/{group}", RECORD),
    ("homeroom_teacher", "/welfare/travel/{trip}/classes/{class_id}", RECORD),
    ("homeroom_teacher", "/welfare/visits", LIST),
    ("homeroom_teacher", "/welfare/visits/offline", LIST),
    ("homeroom_teacher", "/welfare/visits/{visit}", RECORD),
    ("homeroom_teacher", "/attendance/today", TODAY),
    ("homeroom_teacher", "/attention", TODAY),
    ("principal", "/attention?kind=talk&q={class_name}", TODAY),
    ("subject_teacher", "/attendance?q=", LIST),
    ("homeroom_teacher", "/attendance/classes/{class_id}/roll?day=2026-11-23&time=1", RECORD),
    ("homeroom_teacher", "/attendance/leave?show=all", LIST),
    ("homeroom_teacher", "/attendance/leave/{leave}", RECORD),
    ("homeroom_teacher", "/students/{student}/attendance", RECORD),
    ("student", "/attendance/mine", MINE),
    ("guardian", "/attendance/mine", MINE),
    ("student", "/placements/mine", RECORD),
    ("internship_officer", "/selection", LIST),
    ("internship_officer", "/selection/batches/{internship_batch}", PIPELINE),
    ("internship_officer", "/selection/batches/{internship_batch}/applications", RECORD),
    ("internship_officer", "/selection/batches/{internship_batch}/proposal", RECORD),
    ("internship_officer", "/selection/rounds/{round}", RECORD),
    ("internship_officer", "/selection/assignments/{assignment}/edit", RECORD),
    ("homeroom_teacher", "/selection/batches/{internship_batch}/applications", RECORD),
    ("homeroom_teacher", "/selection/batches/{internship_batch}/students/{student}/application", PLACEMENTS),
    ("principal", "/selection/appeals", LIST),
    ("principal", "/selection/appeals/{appeal}", RECORD),
    ("student", "/selection/mine", PLACEMENTS),
    ("guardian", "/selection/mine", PLACEMENTS),
    ("student", "/journals/mine", RECORD),
    ("guardian", "/journals/mine", RECORD),
    ("instructor", "/journals", LIST),
    ("internship_officer", "/journals/placements/{running}", RECORD),
    ("student", "/pay/mine", RECORD),
    ("guardian", "/pay/mine", RECORD),
    ("internship_officer", "/pay", LIST),
    ("internship_officer", "/pay?show=open", LIST),
    ("internship_officer", "/pay/placements/{running}", RECORD),
    ("instructor", "/supervision", LIST),
    ("principal", "/supervision", LIST),
    ("instructor", "/supervision/placements/{running}", RECORD),
    ("principal", "/supervision/incidents", LIST),
    ("instructor", "/supervision/incidents/{incident}", RECORD),
    ("student", "/complaints/mine", RECORD),
    ("principal", "/complaints", LIST),
    ("principal", "/complaints?show=all", LIST),
    ("principal", "/complaints/{complaint}", RECORD),
    ("guardian", "/coursework/transcripts/{student}", RECORD),
    ("auditor", "/audit?action=order.confirmed", LIST),
    ("aid_officer", "/aid", LIST),
    ("aid_officer", "/aid/poverty", LIST),
    ("aid_officer", "/aid/roster-differences", LIST),
    ("aid_officer", "/aid/proposals?kind=rain_and_dew&months=2026-1", AID),
    ("aid_officer", "/aid/ledger?status=approved", LIST),
    ("aid_officer", "/aid/claims?months=2026-1", AID),
    ("aid_officer", "/aid/impacts", LIST),
    ("aid_officer", "/aid/amounts", LIST),
    ("aid_officer", "/students/{student}/aid", AID),
    ("aid_officer", "/aid/awards/{award}", AID),
    ("aid_officer", "/certificates/counties", LIST),
    ("principal", "/aid/totals", LIST),
    ("student", "/aid/mine", LIST),
]


class School:
    """A class with everything that hangs on it, one more of each as often as it is asked."""

    def __init__(self):
        self.people = {role: factory() for role, factory in FACTORIES.items()}
        database.session.add(PartnerRegion(user_id=self.people[Role.PARTNER].id, area="533100"))
        self.school_class = SchoolClassFactory(homeroom_teacher=self.people[Role.HOMEROOM_TEACHER])
        self.post, self.room = PostFactory(), DormitoryRoomFactory(capacity=20)
        self.group = TravelGroupFactory(meets_at=START, arrives_at=START + timedelta(days=1))
        self.visit = VisitSheetFactory(student__school_class=self.school_class)
        self.members, self.placements, self.assessments = [], [], []
        self.running = None
        self.roll = RollFactory(school_class=self.school_class, taken_by=self.people[Role.HOMEROOM_TEACHER])
        self.arrivals, self.applicants = ArrivalGroupFactory(project=self.school_class.project), []
        self.term_id = TermFactory().id
        self.selection = SelectionOfClass(self.school_class)
        self.sheet = self._sheet()
        self.planned = PlannedCourseFactory(version__programme=self.school_class.programme)
        self.draft = self.planned.version

    def grow(self):
        """One more student, guardian, sheet, assessment, mark, placement, paper, host, import and request."""
        user = None if self.members else self.people[Role.STUDENT]
        student = StudentFactory(school_class=self.school_class, user=user)
        self.members.append(student)
        first = self.members[0]
        guardianship = GuardianshipFactory(student=first)
        GuardianshipFactory(student=StudentFactory(), guardian=guardianship.guardian)
        ContactFactory(student=first)
        ConsentRecordFactory(student=first)
        CorrectionFactory(student=student, asked_by=self.people[Role.STUDENT])
        PhotoBatchFactory()
        if len(self.members) == 1:
            self.guardian = guardianship.guardian
            self.guardian.user = self.people[Role.GUARDIAN]
        self._sheet()
        PlannedCourseFactory(version=self.draft)
        RecognitionFactory(school_class=self.school_class)
        first_sitting(student, "45", teacher=self.people[Role.SUBJECT_TEACHER])
        HomeroomPeriodFactory(school_class=self.school_class)
        self.assessments.append(AssessmentFactory(sheet=self.sheet, weight=10))
        for member in self.members:
            MarkFactory(assessment=self.assessments[-1], student=member)
        self.placements.append(PlacementFactory(student=student, post=self.post))
        if len(self.members) == 1 or student.guardianships:
            issued(self.placements[-1])
        PlacementFactory(student=first, post=PostFactory(host_organisation=self.post.host_organisation))
        self._work(student)
        self._apply()
        self.selection.grow(student, first, self.placements[-1])
        TermRegistrationFactory(term=TermFactory(), student=student)
        ConductAssessmentFactory(student=student, assessed_by=RegistrarFactory())
        AbsenceFactory(student=student, starts_on=date(2026, 9, 7), hours=40)
        AbsenceFactory(student=first, starts_on=date(2026, 9, 8), hours=1)
        BedStayFactory(student=StudentFactory(), room=self.room, bed=2 * len(self.members), ended_on=date(2026, 9, 9))
        BedStayFactory(student=student, room=self.room, bed=len(self.members))
        SeatFactory(group=self.group, student=student)
        SeatFactory(student=student)
        VisitSheetFactory(student=student)
        VisitReportFactory(sheet__student=student)
        HolidayStayFactory(trip=self.group.trip, student=StudentFactory(school_class=self.school_class))
        ContactNoteFactory(student=student)
        ContactNoteFactory(student=first)
        self._keep_rolls(student, first)
        StudentFactory(school_class__homeroom_teacher=HomeroomTeacherFactory())
        self._give_aid(first)
        PostFactory()
        issue_letters([student])
        issue_letters([first])
        self.order = draft(OrderKind.LEAVE, self.members)
        confirmed(OrderKind.AWARD, self.members)
        self.batch = requested_letters(self.members, by=RegistrarFactory())
        self.submission = sent(*self.members)
        compared(row_of(student, 联系电话="13900003333"))
        states.check_all()
        database.session.add(
            Import(kind="roster", filename="roster.xlsx", upload=store().put(b""), status=ImportStatus.REVIEWED)
        )
        database.session.commit()

    def _keep_rolls(self, student, first):
        """One more absent from a lesson, one more request for leave, and one more lesson that the first has missed."""
        RollEntryFactory(student=student, roll=self.roll)
        RollEntryFactory(student=first, roll__day=START.date() + timedelta(days=len(self.members)))
        self.leave = LeaveRequestFactory(student=student, starts_on=date(2026, 11, 23))
        starts_on = date(2026, 10, 1) + timedelta(days=len(self.members))
        LeaveRequestFactory(student=first, starts_on=starts_on, asked_by=self.people[Role.STUDENT])

    def _work(self, student):
        """One more at work, with a log and a report; and one more log of the first."""
        instructor = self.people[Role.INSTRUCTOR]
        placement = RunningPlacementFactory(student=student, post=self.post, instructor=instructor)
        self.running = self.running or placement
        WeeklyLogFactory(placement=placement, reviewed_by=instructor)
        WeeklyLogFactory(placement=self.running, week=MONDAY + timedelta(days=7 * len(self.members)))
        InternshipReportFactory(placement=placement)
        PayReceiptFactory(placement=placement)
        PayReceiptFactory(placement=self.running)
        DailyCheckFactory(placement=placement, checked_by=instructor)
        self.incident = IncidentFactory(placement=placement, reported_by=instructor)
        IncidentFactory(placement=self.running)
        self.complaint = ComplaintFactory(placement=placement, owner=instructor)
        ComplaintFactory(placement=self.running)

    def _apply(self):
        """One more project, and one more at every step of this one."""
        CooperationProjectFactory()
        same = {"project": self.school_class.project, "school_class": self.school_class}
        self.applicants.append(ApplicantFactory(arrived=True, arrival_group=self.arrivals, **same))
        ApplicantFactory(admitted=True, arrival_group=self.arrivals, **same)
        ApplicantFactory(**same)

    def _give_aid(self, first):
        """Hardship in the roster and recorded, a gift, and somebody on leave whose grant runs."""
        away = StudentFactory(poverty="脱贫户", national={"学习形式": "全日制"})
        PovertyStatusFactory(student=first)
        PovertyStatusFactory(student=away)
        self.award = approved(first, AidKind.IN_KIND, item=list(Item)[len(self.members)])
        approved(away)
        PovertyStatusFactory(student=StudentFactory(national={"学习形式": "全日制"}))
        StudentFactory(poverty="脱贫户")
        on_leave = State(StudentStatus.ON_LEAVE, away.school_class_id)
        students.set_history(away, [Span(away.enrolled_on, state_of(away)), Span(date(2026, 10, 12), on_leave)])

    def _sheet(self) -> MarkSheet:
        return MarkSheetFactory(school_class=self.school_class, teacher=self.people[Role.SUBJECT_TEACHER])

    @property
    def records(self):
        """What stands in the addresses."""
        return self.selection.records | {
            "applicant": self.applicants[0].id,
            "award": self.award.id,
            "batch": self.batch.id,
            "class_id": self.school_class.id,
            "complaint": self.complaint.id,
            "class_name": self.school_class.name,
            "course": self.sheet.course_id,
            "draft": self.draft.id,
            "planned": self.planned.id,
            "order": self.order.id,
            "guardian": self.guardian.id,
            "incident": self.incident.id,
            "host": self.post.host_organisation_id,
            "placement": self.placements[0].id,
            "running": self.running.id,
            "programme": self.school_class.programme_id,
            "project": self.school_class.project_id,
            "school_class": self.school_class.id,
            "group": self.group.id,
            "room": self.room.id,
            "trip": self.group.trip_id,
            "visit": self.visit.id,
            "leave": self.leave.id,
            "sheet": self.sheet.id,
            "student": self.members[0].id,
            "term": self.term_id,
            "submission": self.submission.id,
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
