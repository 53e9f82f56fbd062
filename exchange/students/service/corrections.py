"""Asking for a correction, and deciding on it. An approved one writes the record; a refused one says why."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from exchange.accounts.models import User
from exchange.attachments.service import attach
from exchange.audit.service import record
from exchange.core.database import db, lock, now, today
from exchange.core.encryption import blind_index
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.students import queries
from exchange.students.events import CorrectionEvent, StudentEvent
from exchange.students.models import (
    KEY_DATA,
    Correction,
    CorrectionField,
    CorrectionStatus,
    Guardian,
    Sex,
    Student,
)
from exchange.students.pinyin import initials_of, pinyin_of
from exchange.students.queries import corrections as requests
from exchange.students.roster.identity import normalise_id, read_resident_id
from exchange.students.roster.names import read_name, visible
from exchange.students.service.consents import File, ProofMissing
from exchange.students.service.guardians import checked_phone
from exchange.students.service.records import note_reveal
from exchange.students.values import RESIDENT_ID
from exchange.students.workflow import CORRECTION_WORKFLOW

LONGEST_ADDRESS, LONGEST_NAME = 200, 100
COLUMNS = {
    CorrectionField.PHONE: "phone",
    CorrectionField.ADDRESS: "address",
    CorrectionField.NAME: "name",
    CorrectionField.SEX: "sex",
    CorrectionField.BIRTH_DATE: "birth_date",
    CorrectionField.RESIDENT_ID: "resident_id",
}
SEXES = {"男": Sex.MALE, "male": Sex.MALE, "女": Sex.FEMALE, "female": Sex.FEMALE}
Is = CorrectionStatus


class InvalidValue(DomainError):
    """The new value cannot be one of this field, or it is the old one."""


class AlreadyAsked(DomainError):
    """A request about the same field waits for its answer."""


def ask(
    student: Student,
    *,
    field: CorrectionField,
    new_value: str,
    reason: str,
    guardian: Guardian | None = None,
    proofs: Sequence[File] = (),
    by: User,
) -> Correction:
    """Ask to have one field put right. Raises ``InvalidValue``, ``ProofMissing`` and ``AlreadyAsked``."""
    lock(student)
    if field is CorrectionField.GUARDIAN_PHONE and guardian is None:
        raise InvalidValue(_("选择是哪一位监护人的电话。"))
    guardian = guardian if field is CorrectionField.GUARDIAN_PHONE else None
    value = CHECKS[field](student, new_value)
    old = value_of(student, field, guardian)
    if value == old:
        raise InvalidValue(_("现在登记的就是这个内容，不用更正。"))
    if requests.pending(student, field, guardian.id if guardian else None):
        raise AlreadyAsked(_("“%(field)s”已有一件申请在等待处理。等答复，或先撤回那一件。", field=field.label))
    if field in KEY_DATA and not proofs:
        raise ProofMissing(
            _("更正%(field)s要附证明，比如户口簿或身份证照片（浙江省学籍管理实施细则第二十四条）。", field=field.label)
        )
    correction = Correction(
        student=student,
        field=field,
        guardian=guardian,
        old_value=old,
        new_value=value,
        reason=reason.strip(),
        asked_by_id=by.id,
    )
    db.session.add(correction)
    record(StudentEvent.CORRECTION_ASKED, student, by=by, reason=reason.strip(), field=field, correction=correction.id)
    for proof in proofs:
        attach(correction, filename=proof.filename, content=proof.content, by=by)
    return correction


def approve(correction: Correction, *, filed_on: date | None = None, by: User) -> None:
    """Write the new value into the record. Raises ``NotPossible`` where the record has moved on since.

    Of key data ``filed_on`` says when the authority was told, now or later through ``file``.
    """
    _take(correction, "approve")
    student, field = correction.student, correction.field
    lock(student)
    present = value_of(student, field, correction.guardian)
    if present != correction.old_value:
        raise NotPossible(_("申请以后，记录里的%(field)s已经改过。请按现在的内容答复。", field=field.label))
    value = CHECKS[field](student, correction.new_value)  # the number may be taken, the birth date contradicted, by now
    changes = _write(student, field, correction.guardian, value)
    correction.filed_on = _filing_day(correction, filed_on)
    _decide(correction, Is.APPROVED, CorrectionEvent.APPROVED, by=by)
    record(StudentEvent.CORRECTION_MADE, student, by=by, reason=correction.reason, changes=changes)


def refuse(correction: Correction, *, reason: str, by: User) -> None:
    """Leave the record as it is; whoever asked reads why. Raises ``NotPossible``."""
    if not reason.strip():
        raise NotPossible(_("写下为什么不更正，申请人会看到。"))
    _take(correction, "refuse")
    correction.refusal = reason.strip()
    _decide(correction, Is.REFUSED, CorrectionEvent.REFUSED, by=by, reason=reason.strip())


def reveal_request(correction: Correction, *, reason: str, by: User) -> None:
    """Somebody sees both values whole to decide; the look is recorded with the student. Raises ``ReasonMissing``."""
    note_reveal(correction.student, field=correction.field.value, reason=reason, by=by)


def withdraw_request(correction: Correction, *, by: User) -> None:
    """Take the request back before it is decided."""
    _take(correction, "withdraw")
    correction.status = Is.WITHDRAWN
    record(CorrectionEvent.WITHDRAWN, correction, by=by)


def file(correction: Correction, *, filed_on: date, by: User) -> None:
    """Note when the authority was told of corrected key data. Raises ``NotPossible``."""
    lock(correction)
    if not correction.awaits_filing:
        raise NotPossible(_("这件更正不用登记报备，或者已经登记过。"))
    correction.filed_on = _filing_day(correction, filed_on)
    record(CorrectionEvent.FILED, correction, by=by, filed_on=filed_on)


def mark_seen(correction_ids: Sequence[int], *, by_id: int) -> None:
    """Whoever asked has read the answers; by ids, because it is noted after the page was made."""
    user = db.session.get_one(User, by_id)
    unread = select(Correction).where(Correction.id.in_(correction_ids), Correction.seen_at.is_(None))
    for correction in db.session.scalars(unread):
        correction.seen_at = now()
        record(CorrectionEvent.SEEN, correction, by=user)


def value_of(student: Student, field: CorrectionField, guardian: Guardian | None) -> str:
    """What the record says now, as text."""
    if field is CorrectionField.GUARDIAN_PHONE:
        return (guardian.phone if guardian else None) or ""
    value = getattr(student, COLUMNS[field])
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _take(correction: Correction, step: str) -> None:
    lock(correction)
    CORRECTION_WORKFLOW.find(step, correction.status)


def _decide(
    correction: Correction, status: CorrectionStatus, event: CorrectionEvent, *, by: User, reason: str = ""
) -> None:
    correction.status, correction.decided_by_id, correction.decided_at = status, by.id, now()
    record(event, correction, by=by, reason=reason, field=correction.field)


def _filing_day(correction: Correction, day: date | None) -> date | None:
    if day is None or not correction.is_key_data:
        return None
    if day > today():
        raise NotPossible(_("报备的日期还没有到。"))
    return day


def _write(student: Student, field: CorrectionField, guardian: Guardian | None, value: str) -> dict[str, Any]:
    """Set the field and what follows from it; gives what changed from what to what."""
    if field is CorrectionField.GUARDIAN_PHONE:
        if guardian is None:
            raise NotPossible(_("这位监护人的登记已不在。"))
        old, guardian.phone = guardian.phone, value
        return {"guardian": guardian.name, "phone": [old, value]}
    values = _following(student, field, value)
    changes = {name: [getattr(student, name), new] for name, new in values.items() if getattr(student, name) != new}
    for name, new in values.items():
        setattr(student, name, new)
    db.session.flush()
    if "birth_date" in changes:
        _count_majority_anew(student)
    changes.pop("resident_id_index", None)
    return changes


def _following(student: Student, field: CorrectionField, value: str) -> dict[str, Any]:
    """The columns that a value fills: a name has a pinyin, a number an index, a birth date and a sex."""
    match field:
        case CorrectionField.NAME:
            pinyin = pinyin_of(value, "")
            return {"name": value, "pinyin": pinyin, "initials": initials_of(pinyin)}
        case CorrectionField.SEX:
            return {"sex": Sex(value)}
        case CorrectionField.BIRTH_DATE:
            return {"birth_date": date.fromisoformat(value)}
        case CorrectionField.RESIDENT_ID:
            read = read_resident_id(value, today=today())
            return {
                "resident_id": value,
                "resident_id_index": blind_index(value, RESIDENT_ID),
                "birth_date": read.birth_date,
                "sex": Sex(read.sex),
            }
        case _:
            return {COLUMNS[field]: value}


def _count_majority_anew(student: Student) -> None:
    """Another birth date is another day of majority; the daily job notes it when it has come."""
    for guardianship in student.guardianships:
        guardianship.authority_ended_on = None


def _phone(_student: Student, written: str) -> str:
    phone = checked_phone(written)
    if phone is None:
        raise InvalidValue(_("写下新的内容。"))
    return phone


def _address(_student: Student, written: str) -> str:
    address = written.strip()
    if not 4 <= len(address) <= LONGEST_ADDRESS:
        raise InvalidValue(_("地址写到村、组和门牌，4 到 200 个字。"))
    return address


def _name(_student: Student, written: str) -> str:
    name = read_name(written)
    if not name.text or len(name.text) > LONGEST_NAME:
        raise InvalidValue(_("姓名照身份证写，1 到 100 个字。"))
    if name.forbidden:
        raise InvalidValue(_("姓名里不能有“%(characters)s”。", characters=visible(name.forbidden)))
    return name.text


def _sex(student: Student, written: str) -> str:
    meant = SEXES.get(written.strip().lower())
    if meant is None:
        raise InvalidValue(_("性别写“男”或“女”。"))
    if read_resident_id(student.resident_id, today=today()).sex not in {"", meant.value}:
        raise InvalidValue(_("这和身份证件号里的不一样。号码也不对时，申请更正身份证件号。"))
    return meant.value


def _birth_date(student: Student, written: str) -> str:
    try:
        day = date.fromisoformat(written.strip())
    except ValueError:
        raise InvalidValue(_("日期写成 2009-05-06 这样。")) from None
    if read_resident_id(student.resident_id, today=today()).birth_date not in {None, day}:
        raise InvalidValue(_("这和身份证件号里的不一样。号码也不对时，申请更正身份证件号。"))
    return day.isoformat()


def _resident_id(student: Student, written: str) -> str:
    number = normalise_id(written)
    if read_resident_id(number, today=today()).problem:
        raise InvalidValue(_("这不是有效的身份证件号，请核对。"))
    if queries.bears_number(number, beside=student):
        raise InvalidValue(_("这个身份证件号已登记给别的学生，请和学籍管理员联系。"))
    return number


CHECKS: dict[CorrectionField, Callable[[Student, str], str]] = {
    CorrectionField.PHONE: _phone,
    CorrectionField.ADDRESS: _address,
    CorrectionField.GUARDIAN_PHONE: _phone,
    CorrectionField.NAME: _name,
    CorrectionField.SEX: _sex,
    CorrectionField.BIRTH_DATE: _birth_date,
    CorrectionField.RESIDENT_ID: _resident_id,
}
