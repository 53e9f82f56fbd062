"""One real record for every name that stands in an address."""

from sqlalchemy import select

from exchange.attachments.service import attach
from exchange.certificates.models import BatchMember
from exchange.core.database import db
from exchange.core.storage import store
from exchange.imports import headings
from exchange.imports.models import HeadingMapping, Import, ImportStatus
from exchange.jobs import service as jobs
from exchange.orders.kinds import OrderKind
from tests.factories.accounts import PartnerUserFactory, RegistrarFactory
from tests.factories.attachments import PDF
from tests.factories.certificates import issue_letters
from tests.factories.coursework import MarkSheetFactory
from tests.factories.enrolment import ApplicantFactory, ArrivalGroupFactory
from tests.factories.orders import draft
from tests.factories.partners import PostFactory
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import TermFactory
from tests.factories.students import StudentFactory

FIXED = {"name": "approve", "kind": "leave", "year": 2026}
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
    job = jobs.enqueue("no.task", by=RegistrarFactory())
    headings.remember("roster", "芒市教育局", {"寨子": "home_address"}, by=None)
    mapping = db.session.scalars(select(HeadingMapping)).one()
    db.session.add(upload)
    db.session.commit()
    return FIXED | {
        "applicant_id": applicant.id,
        "attachment_id": proof.id,
        "batch_id": member.batch_id,
        "certificate_id": paper.id,
        "class_id": student.school_class_id,
        "group_id": group.id,
        "host_id": post.host_organisation_id,
        "import_id": upload.id,
        "job_id": job.id,
        "mapping_id": mapping.id,
        "number": paper.number,
        "order_id": order.id,
        "placement_id": placement.id,
        "post_id": post.id,
        "project_id": applicant.project_id,
        "sheet_id": sheet.id,
        "student_id": student.id,
        "term_id": TermFactory().id,
        "user_id": PartnerUserFactory().id,
    }
