"""Recording what families answer, and taking it back. What is not necessary is never made a condition of anything."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from exchange.accounts.models import User
from exchange.attachments.service import attach
from exchange.audit.service import record
from exchange.core.database import db, lock, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.links import service as links
from exchange.students import queries
from exchange.students.consents import TEXTS, check_guardian, check_student
from exchange.students.events import StudentEvent
from exchange.students.models import (
    ConsentAnswer,
    ConsentChannel,
    ConsentKind,
    ConsentRecord,
    Guardianship,
    Student,
)

CONSENT_LINK = "consent"


class ProofMissing(DomainError):
    """Paper without its scan, or a signature of somebody who cannot read it without a witness."""


class File(NamedTuple):
    """An uploaded file: its name and what is in it."""

    filename: str
    content: bytes


def record_answer(
    student: Student,
    *,
    kind: ConsentKind,
    answer: ConsentAnswer,
    guardianship: Guardianship | None,
    answered_on: date,
    channel: ConsentChannel,
    witness: str = "",
    scans: Sequence[File] = (),
    by: User | None,
) -> ConsentRecord:
    """Keep an answer of a guardian, or without one of the student.

    Raises ``NotTheirs``, ``ProofMissing`` and ``NotPossible``.
    """
    lock(student)
    if answered_on > today():
        raise NotPossible(_("答复的日期还没有到。"))
    if guardianship is None:
        check_student(kind, student, on=answered_on)
    else:
        check_guardian(kind, guardianship, on=answered_on)
        _check_witness(guardianship, channel, witness)
    if channel is ConsentChannel.PAPER and not scans:
        raise ProofMissing(_("纸质的要附上扫描件或照片。"))
    _check_new(student, kind, answer, answered_on)
    kept = ConsentRecord(
        student=student,
        kind=kind,
        text_version=TEXTS[kind].version,
        answer=answer,
        answered_on=answered_on,
        channel=channel,
        guardian_id=guardianship.guardian_id if guardianship else None,
        given_by=guardianship.guardian.name if guardianship else student.name,
        witness=witness.strip(),
        recorded_by_id=by.id if by else None,
    )
    db.session.add(kept)
    event = StudentEvent.CONSENT_GIVEN if answer is ConsentAnswer.GIVEN else StudentEvent.CONSENT_REFUSED
    record(event, student, by=by, kind=kind, version=kept.text_version, given_by=kept.given_by)
    for scan in scans:
        attach(kept, filename=scan.filename, content=scan.content, by=by)
    return kept


def make_link(kind: ConsentKind, guardianship: Guardianship, *, valid_for: timedelta, by: User) -> str:
    """The token of a link with which the guardian answers on a phone; it cannot be told again.

    Raises ``NotTheirs``, ``ProofMissing`` and ``NotPossible``.
    """
    check_guardian(kind, guardianship, on=today())
    name = guardianship.guardian.name
    if guardianship.guardian.reads_mandarin is False:
        raise ProofMissing(_("%(name)s不识汉字，要有人念给本人听，用当面签署。", name=name))
    present = queries.standing(guardianship.student, kind)
    if present and present.text_version == TEXTS[kind].version:
        raise NotPossible(_("“%(kind)s”已经有答复。要改的，登记新的答复。", kind=kind.label))
    _link, token = links.make(
        purpose=CONSENT_LINK, subject=guardianship, about=kind.value, recipient=name, valid_for=valid_for, by=by
    )
    return token


def withdraw(kept: ConsentRecord, *, withdrawn_by: str, reason: str = "", on: date | None = None, by: User) -> None:
    """Take a consent back: as easy as giving it, no reason is asked. Raises ``NotPossible``."""
    day = on or today()
    lock(kept)
    if not kept.is_standing:
        raise NotPossible(_("现在没有可以撤回的同意。"))
    if not kept.answered_on <= day <= today():
        raise NotPossible(_("撤回的日期要在同意以后，也不能在今天以后。"))
    kept.withdrawn_on, kept.withdrawn_by, kept.withdrawn_because = day, withdrawn_by, reason.strip() or None
    record(StudentEvent.CONSENT_WITHDRAWN, kept.student, by=by, reason=reason.strip(), kind=kept.kind)


def _check_witness(guardianship: Guardianship, channel: ConsentChannel, witness: str) -> None:
    signs = channel in {ConsentChannel.PAPER, ConsentChannel.ON_SITE}
    if signs and guardianship.guardian.reads_mandarin is False and not witness.strip():
        name = guardianship.guardian.name
        raise ProofMissing(_("%(name)s不识汉字，要有人念给本人听。写下见证人是谁，比如村干部。", name=name))


def _check_new(student: Student, kind: ConsentKind, answer: ConsentAnswer, day: date) -> None:
    present = queries.standing(student, kind)
    if present is None:
        return
    if present.answer is answer and present.text_version == TEXTS[kind].version:
        raise NotPossible(_("“%(kind)s”已经登记过同样的答复。", kind=kind.label))
    if day < present.answered_on:
        raise NotPossible(_("已有更晚的答复，是 %(day)s 的。", day=present.answered_on))
