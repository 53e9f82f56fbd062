"""Numbering and printing what was approved.

A number is spent in the transaction that writes the paper's frozen words; the bytes are printed afterwards without any
lock, and a batch that was killed goes on where it stopped. So there is no number twice and no gap without a reason.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from exchange import press
from exchange.audit.service import record
from exchange.certificates import documents, queries
from exchange.certificates.eligibility import no_longer_entitled, not_entitled
from exchange.certificates.events import CertificateEvent
from exchange.certificates.kinds import KINDS, valid_until
from exchange.certificates.models import (
    BatchStatus,
    Certificate,
    CertificateBatch,
    CertificateKind,
    CertificateStatus,
    NumberSeries,
)
from exchange.certificates.numbering import compose
from exchange.certificates.service.refusals import NotAllowed
from exchange.core.database import db, is_sqlite, lock, today
from exchange.core.i18n import _
from exchange.core.masking import mask_name
from exchange.core.storage import store
from exchange.jobs.models import Job
from exchange.jobs.service import advance
from exchange.students.models import Student

CHUNK = 50


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


def issue_in_background(job: Job, batch_id: int) -> None:
    """The job of an approved batch."""
    batch = db.session.get_one(CertificateBatch, batch_id)
    issue_batch(batch, report=lambda done, total: advance(job, done, total))


def _take_numbers(batch: CertificateBatch, member_ids: Sequence[int]) -> None:
    """Freeze the words of each paper under its number, in one transaction with the series."""
    lock(batch)
    unnumbered = queries.members_without_paper(member_ids)
    if not unnumbered:
        return
    issued_on = batch.issued_on or today()
    why_not = no_longer_entitled if batch.is_reissue else not_entitled
    series = _series(batch.kind, issued_on.year)
    for member in unnumbered:
        if sentence := why_not(member.student, batch.kind, batch.settings):
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
    lock(batch)
    unprinted = {certificate.id for certificate in queries.papers_to_print(member_ids)}
    for certificate, paper in zip(waiting, printed, strict=True):
        if certificate.id not in unprinted:
            continue  # somebody who went on with the same batch was faster
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
    """One file for the printer, in the order of the batch; of two who issue the same, the first makes it."""
    lock(batch)
    if batch.status == BatchStatus.ISSUED:
        return
    papers = [store().get(paper.pdf_key) for paper in queries.certificates_of_batch(batch) if paper.pdf_key]
    if papers:
        batch.merged_key = store().put(press.merge(papers), suffix=".pdf")
    batch.status = BatchStatus.ISSUED
    record(CertificateEvent.COMPLETED, batch, by=batch.approver, papers=len(papers))
