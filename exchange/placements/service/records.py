"""Recording what was signed, passed, taken out or filed. A new record voids the one it takes the place of."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.placements import models
from exchange.placements.events import PlacementEvent
from exchange.placements.facts.values import (
    ExceptionScope,
    FeeKind,
    FilingKind,
    InsurancePayer,
    WithheldDocument,
)
from exchange.placements.listeners import tell_plan_changed
from exchange.placements.models import Filing, Placement, PlacementRecord, VoidReason
from exchange.placements.workflow import OPEN

AGREEMENT_TEMPLATE = "职业学校学生岗位实习三方协议（示范文本）"
FILED_FOR_A_PLACE = frozenset({FilingKind.CROSS_PROVINCE, FilingKind.ABROAD})

Record = TypeVar("Record", bound=PlacementRecord)


def record_consent(
    placement: Placement, *, student_signed_on: date | None, guardian_signed_on: date | None, by: User | None
) -> models.Consent:
    """When student and guardian signed the consent form (article 9)."""
    values = {"student_signed_on": student_signed_on, "guardian_signed_on": guardian_signed_on}
    return _add(models.Consent(**values), placement, PlacementEvent.CONSENT_RECORDED, values, by=by)


def record_agreement(
    placement: Placement,
    *,
    template: str = AGREEMENT_TEMPLATE,
    school_signed_on: date | None,
    host_signed_on: date | None,
    student_signed_on: date | None,
    guardian_signed_on: date | None,
    items: Mapping[str, bool],
    by: User | None,
) -> models.Agreement:
    """When each party signed the agreement, and which of the nine contents it holds (articles 14 and 15)."""
    values = {
        "template": template,
        "school_signed_on": school_signed_on,
        "host_signed_on": host_signed_on,
        "student_signed_on": student_signed_on,
        "guardian_signed_on": guardian_signed_on,
        "items": dict(items),
    }
    return _add(models.Agreement(**values), placement, PlacementEvent.AGREEMENT_RECORDED, values, by=by)


def record_safety_test(
    placement: Placement, *, score: Decimal | None, pass_score: Decimal | None, taken_on: date | None, by: User | None
) -> models.SafetyTest:
    """The safety test before the first day (article 31)."""
    values = {"score": score, "pass_score": pass_score, "taken_on": taken_on}
    return _add(models.SafetyTest(**values), placement, PlacementEvent.SAFETY_TEST_RECORDED, values, by=by)


def record_insurance(
    placement: Placement,
    *,
    covers_from: date | None,
    covers_to: date | None,
    payer: InsurancePayer | None,
    student_listed: bool | None,
    student_paid: Decimal | None = Decimal(0),
    by: User | None,
) -> models.Insurance:
    """The liability insurance of the internship (article 35)."""
    values = {
        "covers_from": covers_from,
        "covers_to": covers_to,
        "payer": payer,
        "student_listed": student_listed,
        "student_paid": student_paid,
    }
    return _add(models.Insurance(**values), placement, PlacementEvent.INSURANCE_RECORDED, values, by=by)


def record_filing(
    placement: Placement,
    *,
    kind: FilingKind,
    scopes: Iterable[ExceptionScope] = (),
    authority_consent_on: date | None = None,
    filed_on: date | None = None,
    package_sent_on: date | None = None,
    by: User | None,
) -> models.Filing:
    """A filing with the authority (articles 5, 17, 24, 25); it takes the place of one of the same kind."""
    values = {
        "kind": kind,
        "scopes": sorted(scope.value for scope in scopes),
        "authority_consent_on": authority_consent_on,
        "filed_on": filed_on,
        "package_sent_on": package_sent_on,
    }
    return _add(models.Filing(**values), placement, PlacementEvent.FILING_RECORDED, values, by=by)


def record_training(
    placement: Placement,
    *,
    student_on: date | None,
    instructor_on: date | None,
    mentor_on: date | None,
    by: User | None,
) -> models.Training:
    """When student, instructor and mentor were trained before the internship (article 8)."""
    values = {"student_on": student_on, "instructor_on": instructor_on, "mentor_on": mentor_on}
    return _add(models.Training(**values), placement, PlacementEvent.TRAINING_RECORDED, values, by=by)


def record_lodging(
    placement: Placement,
    *,
    away_from_home: bool | None,
    unified: bool | None = None,
    address: str = "",
    warden_phone: str = "",
    guardian_agreed_on: date | None = None,
    school_filed_on: date | None = None,
    by: User | None,
) -> models.Lodging:
    """Where the student sleeps; elsewhere than with the others only as the guardian has agreed (article 24)."""
    values = {
        "away_from_home": away_from_home,
        "unified": unified,
        "address": address,
        "warden_phone": warden_phone,
        "guardian_agreed_on": guardian_agreed_on,
        "school_filed_on": school_filed_on,
    }
    return _add(models.Lodging(**values), placement, PlacementEvent.LODGING_RECORDED, values, by=by)


def record_declaration(
    placement: Placement,
    *,
    fees: Mapping[FeeKind, Decimal] | None,
    documents_withheld: Iterable[WithheldDocument] | None,
    guarantees: Iterable[str] | None,
    by: User | None,
) -> models.Declaration:
    """What is taken from the student (article 20): an empty one says that nothing is, None that nobody has asked."""
    values = {
        "fees": None if fees is None else [{"kind": kind.value, "amount": str(fees[kind])} for kind in fees],
        "documents_withheld": None if documents_withheld is None else [each.value for each in documents_withheld],
        "guarantees": None if guarantees is None else list(guarantees),
    }
    return _add(models.Declaration(**values), placement, PlacementEvent.DECLARATION_RECORDED, values, by=by)


def void_signed(placement: Placement, kind: type[models.Consent | models.Agreement], *, by: User | None) -> None:
    """What was signed no longer counts: there is a new text to sign. The plan and its approval stand."""
    take(placement)
    standing = [each for each in getattr(placement, models.RELATIONS[kind]) if not each.is_void]
    if standing:
        _void(standing, VoidReason.TEXT_CHANGED)
        record(PlacementEvent.SIGNED_VOIDED, placement, by=by, voided=[kind.__tablename__])


def void_what_depends_on_plan(placement: Placement, *, is_elsewhere: bool) -> list[str]:
    """Void what was signed, filed or settled for these days, and where the place is another for it; names the kinds."""
    depends: list[PlacementRecord] = [*placement.consents, *placement.agreements, *placement.insurances]
    depends += [filing for filing in placement.filings if filing.kind in FILED_FOR_A_PLACE]
    if is_elsewhere:
        depends += [*placement.trainings, *placement.lodgings]
        depends += [filing for filing in placement.filings if filing.kind is FilingKind.EXCEPTION]
    standing = [each for each in depends if not each.is_void]
    _void(standing, VoidReason.PLAN_CHANGED)
    tell_plan_changed(placement)
    return sorted({each.__tablename__ for each in standing})


def take(placement: Placement) -> None:
    """Lock the placement and read everything afresh: what was read before the lock may be old."""
    db.session.flush()
    db.session.expire_all()
    lock(placement)


def _add(
    new: Record, placement: Placement, event: PlacementEvent, values: Mapping[str, Any], *, by: User | None
) -> Record:
    take(placement)
    if placement.status not in OPEN:
        raise NotPossible(_("实习已经结束，不能再登记。"))
    replaced = [each for each in _siblings(placement, new) if not each.is_void]
    former = replaced[-1] if replaced else None
    changes: dict[str, Any] = {name: [getattr(former, name, None), value] for name, value in values.items()}
    _void(replaced, VoidReason.REPLACED)
    new.placement_id = placement.id
    new.recorded_by_id = by.id if by else None
    db.session.add(new)
    db.session.flush()
    db.session.expire(placement)
    record(event, placement, by=by, **changes)
    return new


def _siblings(placement: Placement, new: PlacementRecord) -> list[PlacementRecord]:
    """Earlier records that the new one takes the place of."""
    kept: list[PlacementRecord] = getattr(placement, models.RELATIONS[type(new)])
    if isinstance(new, Filing):
        return [each for each in kept if isinstance(each, Filing) and each.kind is new.kind]
    return list(kept)


def _void(records: Iterable[PlacementRecord], reason: VoidReason) -> None:
    for each in records:
        each.voided_at, each.void_reason = now(), reason
