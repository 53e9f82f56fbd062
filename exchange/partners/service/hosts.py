"""Registering host organisations and their posts, and correcting what is registered of them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from stdnum.cn import uscc as credit_code
from stdnum.exceptions import ValidationError

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.partners import queries
from exchange.partners.events import PartnerEvent
from exchange.partners.models import HostOrganisation, Post
from exchange.partners.service.changes import assign
from exchange.partners.values import Hazard, LabourIntensity, LegalStatus, Venue

HOME_COUNTRY = "CN"


class InvalidCreditCode(DomainError):
    """Not a unified social credit code of GB 32100."""


class UnknownProvince(DomainError):
    """Not the code of a province of GB/T 2260."""


class HostExists(DomainError):
    """Two host organisations cannot share a credit code."""


def create_host(
    *,
    name: str,
    uscc: str,
    venue: Venue,
    province: str,
    city: str = "",
    address: str = "",
    contact_name: str = "",
    contact_phone: str = "",
    legal_status: LegalStatus | None = None,
    staff_total: int | None = None,
    staff_counted_on: date | None = None,
    other_interns: int | None = None,
    by: User | None,
) -> HostOrganisation:
    """Register a unit that takes interns. Raises ``InvalidCreditCode``, ``UnknownProvince`` and ``HostExists``."""
    host = HostOrganisation(
        name=name.strip(),
        uscc=_free_credit_code(uscc),
        venue=venue,
        country=HOME_COUNTRY,
        province=_known_province(province),
        city=city,
        address=address,
        contact_name=contact_name,
        contact_phone=contact_phone,
        legal_status=legal_status,
        staff_total=staff_total,
        staff_counted_on=staff_counted_on,
        other_interns=other_interns,
    )
    db.session.add(host)
    record(PartnerEvent.HOST_CREATED, host, by=by, name=host.name, uscc=host.uscc)
    return host


def change_host(host: HostOrganisation, *, by: User | None, **values: Any) -> None:
    """Correct what is registered of a unit. Raises as ``create_host`` does."""
    if "uscc" in values:
        values["uscc"] = _free_credit_code(values["uscc"], of=host)
    if "province" in values:
        values["province"] = _known_province(values["province"])
    if changes := assign(host, values):
        record(PartnerEvent.HOST_CHANGED, host, by=by, **changes)


def create_post(
    host: HostOrganisation,
    *,
    name: str,
    venue: Venue,
    labour_intensity: LabourIntensity | None = None,
    hazards: list[Hazard] | None = None,
    majors: Iterable[str] | None = None,
    staff_same_kind: int | None = None,
    wage: Decimal | None = None,
    lowest_grade_wage: Decimal | None = None,
    by: User | None,
) -> Post:
    """Register a kind of work of the unit; ``hazards`` None: nobody has looked yet, ``[]``: there are none.

    ``wage`` and ``lowest_grade_wage`` are yuan a month, of an employee in this post and of the unit's lowest grade.
    """
    post = Post(
        host_organisation=host,
        name=name.strip(),
        venue=venue,
        labour_intensity=labour_intensity,
        hazards=None if hazards is None else [Hazard(each).value for each in hazards],
        majors=None if majors is None else sorted(majors),
        staff_same_kind=staff_same_kind,
        wage=wage,
        lowest_grade_wage=lowest_grade_wage,
    )
    db.session.add(post)
    record(PartnerEvent.POST_CREATED, post, by=by, name=post.name, host=host.name)
    return post


def change_post(post: Post, *, by: User | None, **values: Any) -> None:
    """Correct what is registered of a post; placements on it are judged by the new values at once."""
    if changes := assign(post, values):
        record(PartnerEvent.POST_CHANGED, post, by=by, **changes)


def _free_credit_code(written: str, *, of: HostOrganisation | None = None) -> str:
    try:
        uscc = str(credit_code.validate(written.strip()))
    except ValidationError:
        raise InvalidCreditCode(
            _("统一社会信用代码“%(code)s”不对：应为 18 位，最后一位是校验码。", code=written.strip()[:40])
        ) from None
    found = queries.host_with_uscc(uscc)
    if found is not None and found is not of:
        raise HostExists(_("统一社会信用代码 %(code)s 已登记为“%(name)s”。", code=uscc, name=found.name))
    return uscc


def _known_province(code: str) -> str:
    if code not in queries.provinces():
        raise UnknownProvince(_("“%(code)s”不是省级行政区划代码。", code=code[:20]))
    return code
