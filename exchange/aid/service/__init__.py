"""What can be done about aid. Functions change, flush and record; the request commits."""

from exchange.aid.service.amounts import end_rule, set_rule
from exchange.aid.service.awards import approve_all, change_status, draft, export_totals, grant, plan_award
from exchange.aid.service.impacts import settle
from exchange.aid.service.payments import missing_cards, pay, pay_all, record_card
from exchange.aid.service.poverty import end_status, record_status, take_over, void_status
from exchange.aid.service.refusals import InvalidDays, NoteMissing, NotGivenThen, NotPayable, NotTheirCard, NotUsable

__all__ = [
    "InvalidDays",
    "NotGivenThen",
    "NotPayable",
    "NotTheirCard",
    "NotUsable",
    "NoteMissing",
    "approve_all",
    "change_status",
    "draft",
    "end_rule",
    "end_status",
    "export_totals",
    "grant",
    "missing_cards",
    "pay",
    "pay_all",
    "plan_award",
    "record_card",
    "record_status",
    "set_rule",
    "settle",
    "take_over",
    "void_status",
]
