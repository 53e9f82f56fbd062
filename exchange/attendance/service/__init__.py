"""What can be done about attendance. Functions change, flush and record; the request, job or command commits."""

from exchange.attendance.service.leave import (
    NotAgreed,
    NotThese,
    agree,
    approve,
    ask_leave,
    come_back,
    decline,
    note_call,
    refuse,
    withdraw,
)
from exchange.attendance.service.rolls import RollChanged, RollClosed, take_roll

__all__ = [
    "NotAgreed",
    "NotThese",
    "RollChanged",
    "RollClosed",
    "agree",
    "approve",
    "ask_leave",
    "come_back",
    "decline",
    "note_call",
    "refuse",
    "take_roll",
    "withdraw",
]
