"""The school's own rows of amounts: set from a day on, ended, never changed afterwards."""

from datetime import date
from decimal import Decimal

from exchange.accounts.models import User
from exchange.aid import conditions
from exchange.aid.events import AidEvent
from exchange.aid.models import AidRule
from exchange.aid.service.refusals import InvalidDays, NotUsable
from exchange.aid.values import SHARE, AidKind, PaidFor, PaidPer, Unit
from exchange.audit.service import record
from exchange.core.database import db, lock
from exchange.core.i18n import _
from exchange.reference.areas import find_area

WHOLE_COUNTRY = ""
ENDINGS = ("0000", "00")
MOST_PERCENT = 100


def set_rule(
    *,
    kind: str,
    region: str = WHOLE_COUNTRY,
    begins_on: date,
    until: date | None = None,
    amount: Decimal | None,
    period: PaidPer,
    per: PaidFor = PaidFor.PERSON,
    condition: str = "",
    source: str,
    by: User | None,
) -> AidRule:
    """Set what counts for a kind and a region from a day on. Raises ``NotUsable`` and ``InvalidDays``."""
    unit = _unit(kind, amount)
    _check_condition(condition)
    if until is not None and until <= begins_on:
        raise InvalidDays(_("结束的日子要晚于开始的日子。"))
    rule = AidRule(
        kind=kind,
        region=_region(region),
        begins_on=begins_on,
        until=until,
        amount=amount,
        unit=unit,
        period=period,
        per=per,
        condition=condition,
        source=source.strip(),
    )
    db.session.add(rule)
    record(AidEvent.RULE_SET, rule, by=by, kind=kind, region=rule.region, begins_on=begins_on, amount=amount)
    return rule


def end_rule(rule: AidRule, *, until: date, by: User | None) -> None:
    """Let a row of the school hold until before this day. Raises ``InvalidDays``."""
    lock(rule)
    if until <= rule.begins_on:
        raise InvalidDays(_("结束的日子要晚于开始的日子。"))
    former, rule.until = rule.until, until
    record(AidEvent.RULE_ENDED, rule, by=by, until=[former, until])


def _unit(kind: str, amount: Decimal | None) -> Unit:
    if kind not in {SHARE, *AidKind}:
        raise NotUsable(_("没有这一种资助。"))
    if amount is not None and (amount < 0 or (kind == SHARE and amount > MOST_PERCENT)):
        raise NotUsable(_("金额不能是负数，比例不能超过 100。"))
    return Unit.PERCENT if kind == SHARE else Unit.YUAN


def _region(written: str) -> str:
    """The beginning of the area code that all areas below it share: 530000 → 53, 533103 stays."""
    code = written.strip()
    if not code:
        return WHOLE_COUNTRY
    if find_area(code) is None or not code.isdecimal():
        raise NotUsable(_("“%(code)s”不是行政区划代码。", code=code[:20]))
    return next((code.removesuffix(ending) for ending in ENDINGS if code.endswith(ending)), code)


def _check_condition(text: str) -> None:
    try:
        conditions.read(text)
    except KeyError as unknown:
        raise NotUsable(_("没有名为“%(name)s”的条件。", name=unknown.args[0])) from None
