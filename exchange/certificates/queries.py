"""Reading batches and the register."""

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.certificates.models import (
    BatchMember,
    BatchStatus,
    Certificate,
    CertificateBatch,
    CertificateKind,
    CertificateStatus,
)
from exchange.certificates.numbering import tidy
from exchange.core.database import db
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.programmes.models import SchoolClass
from exchange.students.models import Student


def batch_of_request(request_key: str) -> CertificateBatch | None:
    """The batch that this request made before."""
    return db.session.scalar(select(CertificateBatch).where(CertificateBatch.request_key == request_key))


def member_ids(batch: CertificateBatch) -> list[int]:
    """The members of a batch in the order they are printed."""
    members = select(BatchMember.id).where(BatchMember.batch_id == batch.id).order_by(BatchMember.position)
    return list(db.session.scalars(members))


def member_student_ids(batch: CertificateBatch) -> list[int]:
    """Whose papers a batch holds."""
    return list(db.session.scalars(select(BatchMember.student_id).where(BatchMember.batch_id == batch.id)))


def members(batch: CertificateBatch) -> list[BatchMember]:
    """The people of a batch with their papers."""
    people = select(BatchMember).where(BatchMember.batch_id == batch.id).order_by(BatchMember.position)
    loaded = people.options(joinedload(BatchMember.student), joinedload(BatchMember.certificate))
    return list(db.session.scalars(loaded))


def members_without_paper(ids: Sequence[int]) -> list[BatchMember]:
    """Members that wait for a number, with all that stands on their papers."""
    people = (
        select(BatchMember)
        .where(BatchMember.id.in_(ids), BatchMember.certificate_id.is_(None), BatchMember.failure.is_(None))
        .order_by(BatchMember.position)
        .options(joinedload(BatchMember.student).joinedload(Student.school_class).joinedload(SchoolClass.programme))
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(people))


def papers_to_print(ids: Sequence[int]) -> list[Certificate]:
    """Papers of these members that have a number but no bytes yet."""
    papers = (
        select(Certificate)
        .join(BatchMember, BatchMember.certificate_id == Certificate.id)
        .where(BatchMember.id.in_(ids), Certificate.status == CertificateStatus.PRINTING)
        .order_by(BatchMember.position)
    )
    return list(db.session.scalars(papers))


def certificates_of_batch(batch: CertificateBatch) -> list[Certificate]:
    """The papers that came out, in the order of the batch."""
    papers = (
        select(Certificate)
        .join(BatchMember, BatchMember.certificate_id == Certificate.id)
        .where(BatchMember.batch_id == batch.id, Certificate.pdf_key.is_not(None))
        .order_by(BatchMember.position)
        .options(joinedload(Certificate.student))
    )
    return list(db.session.scalars(papers))


def member_of(certificate: Certificate) -> BatchMember | None:
    """The place of a paper in its batch."""
    return db.session.scalar(select(BatchMember).where(BatchMember.certificate_id == certificate.id))


def batch_of(certificate: Certificate) -> CertificateBatch | None:
    """The batch that the paper came out of."""
    batch = select(CertificateBatch).join(BatchMember, BatchMember.batch_id == CertificateBatch.id)
    return db.session.scalar(batch.where(BatchMember.certificate_id == certificate.id))


def find_number(text: str) -> Certificate | None:
    """The paper with this number, as people type it."""
    return db.session.scalar(select(Certificate).where(Certificate.number == tidy(text)))


def find_hash(sha256: str) -> Certificate | None:
    """The paper with exactly these bytes."""
    return db.session.scalar(select(Certificate).where(Certificate.sha256 == sha256))


def replacement_of(certificate: Certificate) -> Certificate | None:
    """The paper that took this one's place."""
    return db.session.scalar(select(Certificate).where(Certificate.replaces_id == certificate.id))


def searched(
    certificates: Select[Certificate], *, text: str = "", kind: str = "", year: int | None = None, sort: str = ""
) -> Select[Certificate]:
    """The register, narrowed to a number, a name or pinyin, a kind, a year; newest first unless sorted by number."""
    if text:
        pattern = f"%{text.strip()}%"
        holders = select(Student.id).where(
            or_(Student.name.ilike(pattern), Student.pinyin.ilike(pattern), Student.student_no.ilike(pattern))
        )
        certificates = certificates.where(
            or_(Certificate.number.ilike(f"%{tidy(text)}%"), Certificate.student_id.in_(holders))
        )
    if kind in {each.value for each in CertificateKind}:
        certificates = certificates.where(Certificate.kind == CertificateKind(kind))
    if year:
        certificates = certificates.where(func.extract("year", Certificate.issued_on) == year)
    orders = {"number": Certificate.number, "-number": Certificate.number.desc(), "issued": Certificate.id}
    order = orders.get(sort, Certificate.id.desc())
    return certificates.options(joinedload(Certificate.student)).order_by(order, Certificate.id.desc())


def open_batches() -> list[CertificateBatch]:
    """Batches that are not finished, newest first."""
    unfinished = {BatchStatus.REQUESTED, BatchStatus.APPROVED}
    batches = (
        select(CertificateBatch)
        .where(CertificateBatch.status.in_(unfinished))
        .options(joinedload(CertificateBatch.school_class), joinedload(CertificateBatch.maker))
        .order_by(CertificateBatch.id.desc())
        .limit(50)
    )
    return list(db.session.scalars(batches).unique())


def waiting_approval_of(user: User) -> list[CertificateBatch]:
    """Batches that this person can approve: somebody else asked."""
    if not user.may(Permission.CERTIFICATE_APPROVE):
        return []
    return [
        batch
        for batch in open_batches()
        if batch.status == BatchStatus.REQUESTED and batch.maker_id not in {None, user.id}
    ]


def students_of_class(school_class: SchoolClass) -> list[Student]:
    """A class in the order its papers are printed: by student number."""
    people = select(Student).where(Student.school_class_id == school_class.id).order_by(Student.student_no)
    return list(db.session.scalars(people.options(joinedload(Student.school_class).joinedload(SchoolClass.programme))))


def students_numbered(student_nos: Sequence[str]) -> list[Student]:
    """The students with these numbers, in this order. Raises ``UsageProblem`` for a number that nobody has."""
    people = select(Student).where(Student.student_no.in_(student_nos))
    loaded = people.options(joinedload(Student.school_class).joinedload(SchoolClass.programme))
    found = {student.student_no: student for student in db.session.scalars(loaded)}
    for student_no in student_nos:
        if student_no not in found:
            raise UsageProblem(_("没有学号 %(no)s 的学生。", no=student_no))
    return [found[student_no] for student_no in dict.fromkeys(student_nos)]


def class_named(name: str) -> SchoolClass:
    """The class with this name. Raises ``UsageProblem``."""
    school_class = db.session.scalar(select(SchoolClass).where(SchoolClass.name == name))
    if school_class is None:
        raise UsageProblem(_("没有名为“%(name)s”的班级。", name=name))
    return school_class


def failures(batch: CertificateBatch) -> int:
    """How many people of the batch got no paper."""
    failed = select(func.count()).where(BatchMember.batch_id == batch.id, BatchMember.failure.is_not(None))
    return db.session.scalar(failed) or 0


def class_names() -> list[str]:
    """The names to choose from: the newest hundred classes (any other can be typed)."""
    names = select(SchoolClass.name).order_by(SchoolClass.intake_year.desc(), SchoolClass.name).limit(100)
    return list(db.session.scalars(names))
