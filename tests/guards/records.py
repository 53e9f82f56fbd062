"""One real record for every name that stands in an address."""

from sqlalchemy import select

from exchange.attachments.service import attach
from exchange.attendance.models import LeaveStatus
from exchange.certificates.models import BatchMember
from exchange.core.database import db
from exchange.core.storage import store
from exchange.imports import headings
from exchange.imports.models import HeadingMapping, Import, ImportStatus
from exchange.jobs import service as jobs
from exchange.orders.kinds import OrderKind
from exchange.students.models import ConsentKind
from tests.factories.accounts import PartnerUserFactory, RegistrarFactory
from tests.factories.aid import AidRuleFactory, PovertyStatusFactory, gift
from tests.factories.attachments import PDF
from tests.factories.attendance import LeaveRequestFactory
from tests.factories.certificates import issue_letters
from tests.factories.coursework import AttemptFactory, MarkSheetFactory
from tests.factories.enrolment import ApplicantFactory, ArrivalGroupFactory
from tests.factories.links import ask_by_link
from tests.factories.orders import draft
from tests.factories.partners import PostFactory
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import PlannedCourseFactory, TermFactory
from tests.factories.registry import make_registry_records
from tests.factories.selection import make_selection_records
from tests.factories.students import (
    ConsentRecordFactory,
    ContactFactory,
    CorrectionFactory,
    GuardianshipFactory,
    PhotoItemFactory,
    StudentFactory,
)
from tests.factories.welfare import AbsenceFactory, BedStayFactory, SeatFactory, VisitReportFactory

FIXED = {"name": "approve", "kind": "leave", "consent_kind": "publicity", "year": 2026}
"""Names in addresses that are no records."""


def make_records() -> dict[str, object]:
    """Argument → value; an argument that is missing here makes the guards say so."""
    student, post = StudentFactory(), PostFactory()
    sheet = MarkSheetFactory(school_class=student.school_class)
    placement = PlacementFactory(student=student, post=post)
    (paper,) = issue_letters([student])
    member = db.session.scalars(select(BatchMember)).one()
    upload = Import(kind="roster", filename="roster.xlsx", upload=store().put(b""), status=ImportStatus.REVIEWED)
    order = draft(OrderKind.LEAVE, [student])
    proof = attach(student, filename="proof.pdf", content=PDF, by=None)
    applicant, group = ApplicantFactory(), ArrivalGroupFactory()
    guardianship = GuardianshipFactory(student=student)
    consent, contact = ConsentRecordFactory(student=student), ContactFactory(student=student)
    correction, photo_item = CorrectionFactory(student=student), PhotoItemFactory(student=student)
    status, rule, award = PovertyStatusFactory(student=student), AidRuleFactory(), gift(student)
    seat = SeatFactory(student=student)
    report = VisitReportFactory(sheet__student=student)
    bed = BedStayFactory(student=student)
    job = jobs.enqueue("no.task", by=RegistrarFactory())
    headings.remember("roster", "芒市教育局", {"寨子": "home_address"}, by=None)
    mapping = db.session.scalars(select(HeadingMapping)).one()
    link, token = ask_by_link(guardianship, ConsentKind.TRAVEL)
    planned = PlannedCourseFactory(version__programme=sheet.course.programme)
    db.session.add(upload)
    db.session.commit()
    return FIXED | {
        "applicant_id": applicant.id,
        "aid_rule_id": rule.id,
        "group_id": seat.group_id,
        "seat_id": seat.id,
        "trip_id": seat.trip_id,
        "key": report.key,
        "report_id": report.id,
        "visit_id": report.sheet_id,
        "room_id": bed.room_id,
        "stay_id": bed.id,
        "leave_id": LeaveRequestFactory(student=student, status=LeaveStatus.PENDING).id,
        "absence_id": AbsenceFactory(student=student).id,
        "attachment_id": proof.id,
        "attempt_id": AttemptFactory(student=student).id,
        "award_id": award.id,
        "batch_id": member.batch_id,
        "certificate_id": paper.id,
        "class_id": student.school_class_id,
        "arrival_group_id": group.id,
        "consent_id": consent.id,
        "contact_id": contact.id,
        "course_id": sheet.course_id,
        "correction_id": correction.id,
        "guardian_id": guardianship.guardian_id,
        "guardianship_id": guardianship.id,
        "host_id": post.host_organisation_id,
        "import_id": upload.id,
        "job_id": job.id,
        "link_id": link.id,
        "mapping_id": mapping.id,
        "number": paper.number,
        "order_id": order.id,
        "photo_batch_id": photo_item.batch_id,
        "photo_item_id": photo_item.id,
        "placement_id": placement.id,
        "planned_id": planned.id,
        "post_id": post.id,
        "programme_id": sheet.course.programme_id,
        "project_id": applicant.project_id,
        "poverty_status_id": status.id,
        "sheet_id": sheet.id,
        "student_id": student.id,
        "term_id": TermFactory().id,
        "token": token,
        "user_id": PartnerUserFactory().id,
        "version_id": planned.version_id,
        **make_registry_records(),
        **make_selection_records(student),
    }
