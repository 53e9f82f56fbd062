"""The amounts in force: the rows of the package and those of the school."""

from sqlalchemy import select

from exchange.aid.amounts import SCHOOL, Amount
from exchange.aid.models import AidRule
from exchange.core.database import db


def own_rules() -> list[AidRule]:
    """What the school has set itself, the youngest first."""
    return list(db.session.scalars(select(AidRule).order_by(AidRule.begins_on.desc(), AidRule.id.desc())))


def own_rows() -> list[Amount]:
    """The school's rules as rows for ``rule_for``."""
    return [as_amount(rule) for rule in own_rules()]


def as_amount(rule: AidRule) -> Amount:
    """The stored row as a plain value."""
    return Amount(
        kind=rule.kind,
        region=rule.region,
        begins_on=rule.begins_on,
        until=rule.until,
        amount=rule.amount,
        least=None,
        most=None,
        unit=rule.unit,
        period=rule.period,
        per=rule.per,
        condition=rule.condition,
        source=rule.source,
        confidence=SCHOOL,
        row_id=rule.id,
    )
