"""Batches: asked for by the maker, approved by somebody else, then issued."""

import secrets
from collections.abc import Callable, Sequence
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from sqlalchemy.exc import IntegrityError

from exchange import press
from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.certificates import documents, queries
from exchange.certificates.eligibility import Obstacle
from exchange.certificates.events import CertificateEvent
from exchange.certificates.kinds import KINDS, Kind
from exchange.certificates.models import BatchMember, BatchStatus, CertificateBatch
from exchange.certificates.preflight import preflight
from exchange.certificates.service.issuing import issue_batch
from exchange.certificates.service.refusals import NotAllowed
from exchange.core.database import db, lock, now, today, unlocked
from exchange.core.i18n import _
from exchange.core.storage import store
from exchange.jobs.models import Job, JobState
from exchange.jobs.service import enqueue
from exchange.programmes.models import SchoolClass
from exchange.students.models import Student

LONGEST_KEY = 120


def request_batch(
    *,
    kind: Kind,
    students: Sequence[Student],
    settings: dict[str, str],
    by: User | None,
    school_class: SchoolClass | None = None,
    request_key: str | None = None,
    blocked: int = 0,
) -> CertificateBatch:
    """Ask for papers. The same ``request_key`` gives the batch that exists, whoever asks again."""
    if len(request_key or "") > LONGEST_KEY:
        raise NotAllowed(_("请求编号最多 %(most)s 个字符。", most=LONGEST_KEY))
    if request_key and (existing := queries.batch_of_request(request_key)):
        _check_same_request(existing, kind, settings, students, school_class)
        return existing
    if not students:
        raise NotAllowed(_("没有可以开具的学生。"))
    batch = CertificateBatch(
        kind=kind.kind,
        school_class=school_class,
        settings=settings,
        request_key=request_key,
        blocked=blocked,
        maker_id=by.id if by else None,
    )
    db.session.add(batch)
    try:
        db.session.flush()
    except IntegrityError:  # the same request arrived twice at once
        db.session.rollback()
        existing = queries.batch_of_request(request_key or "")
        if existing is None:
            raise
        return existing
    db.session.add_all(
        BatchMember(batch_id=batch.id, student_id=student.id, position=position)
        for position, student in enumerate(students, start=1)
    )
    record(CertificateEvent.REQUESTED, batch, by=by, kind=kind.kind, people=len(students), settings=settings)
    return batch


def approve_batch(batch: CertificateBatch, *, by: User) -> Job:
    """Release the batch for printing; maker and approver are two people. Raises ``NotAllowed``."""
    approve(batch, by=by)
    return _enqueue(batch, by=by)


def resume_batch(batch: CertificateBatch, *, by: User) -> Job:
    """Go on with an approved batch whose job failed; numbers that were spent are kept. Raises ``NotAllowed``."""
    lock(batch)
    job = db.session.get(Job, batch.job_id) if batch.job_id else None
    if batch.status != BatchStatus.APPROVED or job is None or job.state != JobState.FAILED:
        raise NotAllowed(_("这批申请没有中断，不用继续。"))
    record(CertificateEvent.RESUMED, batch, by=by)
    return _enqueue(batch, by=by)


def _enqueue(batch: CertificateBatch, *, by: User) -> Job:
    people = len(queries.member_ids(batch))
    key = f"certificates.issue:{batch.id}"
    job = enqueue("certificates.issue", by=by, dedupe=key, total=people, batch_id=batch.id)
    batch.job_id = job.id
    return job


def approve(batch: CertificateBatch, *, by: User) -> None:
    """The second signature alone, for whoever issues in the same process."""
    lock(batch)
    if batch.maker_id == by.id:
        raise NotAllowed(_("制作人和批准人不能是同一个人，请另一位同事批准。"))
    if batch.status != BatchStatus.REQUESTED:
        raise NotAllowed(_("这批申请已经处理过了。"))
    batch.status, batch.approver_id = BatchStatus.APPROVED, by.id
    batch.approved_at, batch.issued_on = now(), today()
    record(CertificateEvent.APPROVED, batch, by=by)


def decline_batch(batch: CertificateBatch, *, reason: str, by: User) -> None:
    """Send the request back with a reason."""
    lock(batch)
    if batch.status != BatchStatus.REQUESTED:
        raise NotAllowed(_("这批申请已经处理过了。"))
    batch.status = BatchStatus.DECLINED
    record(CertificateEvent.DECLINED, batch, by=by, reason=reason)


def issue_at_once(
    *,
    kind: Kind,
    students: Sequence[Student],
    settings: dict[str, str],
    by: User,
    approved_by: User,
    school_class: SchoolClass | None = None,
    request_key: str | None = None,
    on_blocked: Callable[[Sequence[Obstacle]], None] | None = None,
) -> tuple[CertificateBatch | None, int]:
    """Pre-flight, request, approve and issue in this process; commits. Gives the batch and how many were held back.

    ``on_blocked`` is told why. Raises ``NotAllowed`` where maker and approver are one person. Nothing is written when
    nobody is ready.
    """
    if by.id == approved_by.id:
        raise NotAllowed(_("制作人和批准人不能是同一个人，请另一位同事批准。"))
    batch = queries.batch_of_request(request_key) if request_key else None
    if batch is None:
        with unlocked():  # fonts and trial papers take seconds
            checked = preflight(kind, students, settings, officer=by)
        blocked = len(checked.blocked)
        if on_blocked:
            on_blocked(checked.findings)
        if not checked.ready:
            return None, blocked
        batch = request_batch(
            kind=kind,
            students=checked.ready,
            settings=settings,
            by=by,
            school_class=school_class,
            request_key=request_key,
            blocked=blocked,
        )
    else:
        _check_same_request(batch, kind, settings, students, school_class)
    lock(batch)  # the same request may be running elsewhere at this moment
    if batch.status == BatchStatus.REQUESTED:
        approve(batch, by=approved_by)
    issue_batch(batch)
    return batch, batch.blocked


def specimen(batch: CertificateBatch) -> bytes:
    """The first paper of a batch as it will look, marked as a specimen and without a number."""
    first = queries.members(batch)[0].student
    paper = documents.compose_paper(batch.kind, first, batch.settings, issued_on=today(), officer=batch.maker)
    values = documents.numbered(paper, documents.TRIAL_NUMBER) | {"qr": ""}
    printed = next(iter(press.print_papers(KINDS[batch.kind].template, [values], printed_on=today())))
    if printed.problems:
        raise NotAllowed("；".join(problem.message for problem in printed.problems))
    return printed.pdf


def zip_of(batch: CertificateBatch) -> bytes:
    """The single files of a batch, named by number and person."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for certificate in queries.certificates_of_batch(batch):
            name = f"{certificate.number} {certificate.student.name}.pdf"
            archive.writestr(name, store().get(certificate.pdf_key or ""))
    return packed.getvalue()


def new_request_key() -> str:
    """A key for one opening of the pre-flight page: sending it twice asks once."""
    return f"page-{secrets.token_hex(12)}"


def _check_same_request(
    batch: CertificateBatch,
    kind: Kind,
    settings: dict[str, str],
    students: Sequence[Student],
    school_class: SchoolClass | None,
) -> None:
    """The same request asks for the same papers of the same class, or of the same people."""
    asked = (kind.kind, settings, school_class.id if school_class else None)
    same_people = school_class or set(queries.member_student_ids(batch)) == {student.id for student in students}
    if (batch.kind, batch.settings, batch.school_class_id) != asked or not same_people:
        raise NotAllowed(_("请求编号已经用于另一批证书，请换一个。"))
