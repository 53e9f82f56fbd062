"""Recording what was looked at, decided and agreed on for a host. The newest of a kind counts; none is ever deleted."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock
from exchange.partners.events import PartnerEvent
from exchange.partners.models import (
    CreditCheck,
    HostApproval,
    HostOrganisation,
    HostPublication,
    HostRecord,
    InternshipPlan,
    SiteInspection,
)

Record = TypeVar("Record", bound=HostRecord)


def record_inspection(
    host: HostOrganisation,
    *,
    inspected_on: date | None,
    signed_on: date | None,
    inspectors: str,
    items: Mapping[str, str],
    complete: bool | None,
    fits_training: bool | None,
    fits_industry: bool | None,
    by: User | None,
) -> SiteInspection:
    """The report of the visit with its nine contents (article 7), and whether the host is fit (article 6(3))."""
    values = {
        "inspected_on": inspected_on,
        "signed_on": signed_on,
        "inspectors": inspectors,
        "items": dict(items),
        "complete": complete,
        "fits_training": fits_training,
        "fits_industry": fits_industry,
    }
    return _add(SiteInspection(**values), host, PartnerEvent.INSPECTION_RECORDED, values, by=by)


def record_credit_check(
    host: HostOrganisation,
    *,
    checked_on: date | None,
    has_dishonesty_record: bool | None,
    last_safety_breach_on: date | None = None,
    source: str = "",
    by: User | None,
) -> CreditCheck:
    """What the public registers say of the host's honesty and of the safety of its work (article 6(1) and (2))."""
    values = {
        "checked_on": checked_on,
        "has_dishonesty_record": has_dishonesty_record,
        "last_safety_breach_on": last_safety_breach_on,
        "source": source,
    }
    return _add(CreditCheck(**values), host, PartnerEvent.CREDIT_CHECK_RECORDED, values, by=by)


def record_approval(
    host: HostOrganisation, *, party_meeting_on: date | None, minutes_no: str = "", by: User | None
) -> HostApproval:
    """The Party meeting of the school that decided on the host (article 7)."""
    values = {"party_meeting_on": party_meeting_on, "minutes_no": minutes_no}
    return _add(HostApproval(**values), host, PartnerEvent.APPROVAL_RECORDED, values, by=by)


def record_publication(
    host: HostOrganisation, *, published_on: date | None, place: str = "", by: User | None
) -> HostPublication:
    """Where and when the list with this host was made public (article 7)."""
    values = {"published_on": published_on, "place": place}
    return _add(HostPublication(**values), host, PartnerEvent.PUBLICATION_RECORDED, values, by=by)


def record_plan(
    host: HostOrganisation, *, agreed_on: date | None, sections: Mapping[str, str], by: User | None
) -> InternshipPlan:
    """The plan of the internship with its seven sections, and the day on which the host agreed to it (article 8)."""
    values = {"agreed_on": agreed_on, "sections": dict(sections)}
    return _add(InternshipPlan(**values), host, PartnerEvent.PLAN_RECORDED, values, by=by)


def _add(
    new: Record, host: HostOrganisation, event: PartnerEvent, values: Mapping[str, Any], *, by: User | None
) -> Record:
    lock(host)
    db.session.expire(host, ["records"])
    former = host.newest(type(new))
    changes: dict[str, Any] = {name: [getattr(former, name, None), value] for name, value in values.items()}
    new.recorded_by_id = by.id if by else None
    host.records.append(new)
    db.session.flush()
    record(event, host, by=by, **changes)
    return new
