"""Request, approve, issue, revoke and replace papers.

A number is spent in the transaction that writes the paper's frozen words; the bytes are printed afterwards without any
lock, and a batch that was killed goes on where it stopped. So there is no number twice and no gap without a reason.
"""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from exchange import press
from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.certificates import documents, queries
from exchange.certificates.eligibility import no_longer_entitled
from exchange.certificates.events import CertificateEvent
from exchange.certificates.kinds import KINDS, Kind, valid_until
from exchange.certificates.models import (
    BatchMember,
    BatchStatus,
    Certificate,
    CertificateBatch,
    CertificateKind,
    CertificateStatus,
    NumberSeries,
)
from exchange.certificates.numbering import compose
from exchange.certificates.preflight import preflight
from exchange.core.database import db, is_sqlite, lock, now, today, unlocked
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.masking import mask_name
from exchange.core.storage import store
from exchange.jobs.models import Job
from exchange.jobs.service import advance, enqueue
from exchange.programmes.models import SchoolClass
from exchange.students.models import Student

CHUNK = 50


class NotAllowed(DomainError):
    """The two-person rule, or a step that does not fit the state of the batch."""


class AlreadyRevoked(DomainError):
    """A paper can end once."""


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
    if request_key and (existing := queries.batch_of_request(request_key)):
        _check_same_request(existing, kind, settings, students)
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
    members = db.session.scalar(select(func.count()).where(BatchMember.batch_id == batch.id)) or 0
    job = enqueue(
        "certificates.issue", by=by, dedupe=f"certificates.issue:{batch.id}", total=members, batch_id=batch.id
    )
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


def issue_batch(batch: CertificateBatch, *, report: Callable[[int, int], None] | None = None) -> None:
    """Number and print what is not printed yet, chunk by chunk; commits after each step and may be run again."""
    if batch.status == BatchStatus.ISSUED:
        return
    if batch.status != BatchStatus.APPROVED:
        raise NotAllowed(_("这批申请还没有批准。"))
    member_ids = queries.member_ids(batch)
    for start in range(0, len(member_ids), CHUNK):
        chunk = member_ids[start : start + CHUNK]
        _take_numbers(batch, chunk)
        db.session.commit()
        _print(batch, chunk)
        if report:
            report(min(start + CHUNK, len(member_ids)), len(member_ids))
        db.session.commit()
    _merge(batch)
    db.session.commit()


def issue_at_once(
    *,
    kind: Kind,
    students: Sequence[Student],
    settings: dict[str, str],
    by: User,
    approved_by: User,
    school_class: SchoolClass | None = None,
    request_key: str | None = None,
) -> tuple[CertificateBatch | None, int]:
    """Pre-flight, request, approve and issue in this process; commits. Gives the batch and how many were held back.

    Raises ``NotAllowed`` where maker and approver are one person. Nothing is written when nobody is ready.
    """
    if by.id == approved_by.id:
        raise NotAllowed(_("制作人和批准人不能是同一个人，请另一位同事批准。"))
    batch = queries.batch_of_request(request_key) if request_key else None
    if batch is None:
        with unlocked():  # fonts and trial papers take seconds
            checked = preflight(kind, students, settings, officer=by)
        blocked = len(checked.blocked)
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
        _check_same_request(batch, kind, settings, students)
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


def issue_in_background(job: Job, batch_id: int) -> None:
    """The job of an approved batch."""
    batch = db.session.get_one(CertificateBatch, batch_id)
    issue_batch(batch, report=lambda done, total: advance(job, done, total))


def revoke(certificate: Certificate, *, reason: str, by: User | None) -> None:
    """Declare a paper void; it stays in the register for ever. Raises ``AlreadyRevoked``."""
    _end(certificate, CertificateStatus.REVOKED, reason)
    record(CertificateEvent.REVOKED, certificate, by=by, reason=reason, number=certificate.number)


def reissue(certificate: Certificate, *, reason: str, by: User, approved_by: User) -> Certificate:
    """A new paper with a new number for one that is lost or wrong; commits. Raises as ``revoke`` does.

    The old paper is replaced only when the new one is printed, so nobody is left without; a second call goes on where
    the first was cut off.
    """
    if by.id == approved_by.id:
        raise NotAllowed(_("制作人和批准人不能是同一个人，请另一位同事批准。"))
    _check_can_end(certificate, reason)
    kind = KINDS[certificate.kind]
    settings = {setting.name: str(certificate.snapshot.get(setting.name, "")) for setting in kind.settings}
    if sentence := no_longer_entitled(certificate.student, certificate.kind, settings):
        raise NotAllowed(sentence)
    key = f"reissue-{certificate.id}"
    batch = request_batch(kind=kind, students=[certificate.student], settings=settings, request_key=key, by=by)
    if batch.status == BatchStatus.REQUESTED:
        approve(batch, by=approved_by)
    issue_batch(batch)
    replacement = queries.certificates_of_batch(batch)
    if not replacement:
        raise NotAllowed(_("新证书没有印出来，原因见这批申请的页面。旧证书仍然有效。"))
    _end(certificate, CertificateStatus.REPLACED, reason)
    replacement[0].replaces_id = certificate.id
    record(CertificateEvent.REPLACED, certificate, by=by, reason=reason, number=certificate.number)
    record(CertificateEvent.REPLACES, replacement[0], by=by, reason=reason, replaced=certificate.number)
    db.session.commit()
    return replacement[0]


def _check_same_request(
    batch: CertificateBatch, kind: Kind, settings: dict[str, str], students: Sequence[Student]
) -> None:
    members = set(queries.member_student_ids(batch))
    if (batch.kind, batch.settings) != (kind.kind, settings) or not members <= {student.id for student in students}:
        raise NotAllowed(_("请求编号已经用于另一批证书，请换一个。"))


def _end(certificate: Certificate, status: CertificateStatus, reason: str) -> None:
    lock(certificate)
    _check_can_end(certificate, reason)
    certificate.status, certificate.revoked_on, certificate.revoked_because = status, today(), reason


def _check_can_end(certificate: Certificate, reason: str) -> None:
    if not reason.strip():
        raise NotAllowed(_("请写明原因。"))
    if certificate.status != CertificateStatus.VALID:
        raise AlreadyRevoked(
            _(
                "编号 %(number)s 的状态是“%(status)s”，不能再改。",
                number=certificate.number,
                status=certificate.status.label,
            )
        )


def _take_numbers(batch: CertificateBatch, member_ids: Sequence[int]) -> None:
    """Freeze the words of each paper under its number, in one transaction with the series."""
    lock(batch)
    unnumbered = queries.members_without_paper(member_ids)
    if not unnumbered:
        return
    issued_on = batch.issued_on or today()
    series = _series(batch.kind, issued_on.year)
    for member in unnumbered:
        if sentence := no_longer_entitled(member.student, batch.kind, batch.settings):
            member.failure = sentence
            continue
        series.last += 1
        number = compose(current_app.config["SCHOOL_CODE"], batch.kind.letters, issued_on.year, series.last)
        member.certificate = _frozen(batch, member.student, number, issued_on)
    db.session.flush()


def _series(kind: CertificateKind, year: int) -> NumberSeries:
    """The series, held until the transaction ends (SQLite holds the whole database)."""
    wanted = select(NumberSeries).where(NumberSeries.kind == kind, NumberSeries.year == year)
    if not is_sqlite():
        db.session.execute(insert(NumberSeries).values(kind=kind, year=year, last=0).on_conflict_do_nothing())
        wanted = wanted.with_for_update()
    series = db.session.scalar(wanted.execution_options(populate_existing=True))
    if series is None:
        series = NumberSeries(kind=kind, year=year, last=0)
        db.session.add(series)
    return series


def _frozen(batch: CertificateBatch, student: Student, number: str, issued_on: date) -> Certificate:
    paper = documents.compose_paper(batch.kind, student, batch.settings, issued_on=issued_on, officer=batch.maker)
    values = documents.numbered(paper, number)
    return Certificate(
        number=number,
        kind=batch.kind,
        student=student,
        issued_on=issued_on,
        valid_until=valid_until(batch.settings, issued_on),
        holder_masked=mask_name(student.name),
        snapshot=values,
        template_version=press.template_version(KINDS[batch.kind].template),
        maker_id=batch.maker_id,
        approver_id=batch.approver_id,
    )


def _print(batch: CertificateBatch, member_ids: Sequence[int]) -> None:
    """Print what has a number and no bytes; no lock is held meanwhile."""
    waiting = queries.papers_to_print(member_ids)
    snapshots: list[dict[str, Any]] = [certificate.snapshot for certificate in waiting]
    issued_on = batch.issued_on or today()
    db.session.commit()
    printed = list(press.print_papers(KINDS[batch.kind].template, snapshots, printed_on=issued_on)) if waiting else []
    for certificate, paper in zip(waiting, printed, strict=True):
        if paper.problems:
            _spoil(certificate, "；".join(problem.message for problem in paper.problems), batch)
        else:
            certificate.pdf_key = store().put(paper.pdf, suffix=".pdf")
            certificate.sha256 = hashlib.sha256(paper.pdf).hexdigest()
            certificate.status = CertificateStatus.VALID
            record(CertificateEvent.ISSUED, certificate, by=batch.approver, number=certificate.number)


def _spoil(certificate: Certificate, why: str, batch: CertificateBatch) -> None:
    """A number that could not be printed stays in the register with its reason."""
    certificate.status, certificate.revoked_on, certificate.revoked_because = CertificateStatus.REVOKED, today(), why
    member = queries.member_of(certificate)
    if member:
        member.failure = why
    record(CertificateEvent.SPOILED, certificate, by=batch.approver, reason=why, number=certificate.number)


def _merge(batch: CertificateBatch) -> None:
    """One file for the printer, in the order of the batch."""
    papers = [store().get(paper.pdf_key) for paper in queries.certificates_of_batch(batch) if paper.pdf_key]
    if papers:
        batch.merged_key = store().put(press.merge(papers), suffix=".pdf")
    batch.status = BatchStatus.ISSUED
    record(CertificateEvent.COMPLETED, batch, by=batch.approver, papers=len(papers))
