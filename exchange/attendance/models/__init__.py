"""Rolls with their exceptions, and requests for leave."""

from exchange.attendance.models.leave import COVERING, STANDING, WAITING, LeaveKind, LeaveRequest, LeaveStatus
from exchange.attendance.models.rolls import LESSONS, AttendanceMark, Roll, RollEntry, RollTime

__all__ = [
    "COVERING",
    "LESSONS",
    "STANDING",
    "WAITING",
    "AttendanceMark",
    "LeaveKind",
    "LeaveRequest",
    "LeaveStatus",
    "Roll",
    "RollEntry",
    "RollTime",
]
