"""What can be done with orders. Functions change, flush and record; the request commits."""

from exchange.orders.service.cancelling import NotCancellable, cancel_order
from exchange.orders.service.confirming import confirm_order, findings_of, note_filing
from exchange.orders.service.drafting import NotDraftable, change_draft, discard_draft, draft_order, leave_out

__all__ = [
    "NotCancellable",
    "NotDraftable",
    "cancel_order",
    "change_draft",
    "confirm_order",
    "discard_draft",
    "draft_order",
    "findings_of",
    "leave_out",
    "note_filing",
]
