"""What can be done with logs and reports. Functions change, flush and record; the request commits."""

from exchange.journals.service.logs import NotThisWeek, TooFew, read_log, return_log, submit_log
from exchange.journals.service.reports import read_report, return_report, submit_report

__all__ = [
    "NotThisWeek",
    "TooFew",
    "read_log",
    "read_report",
    "return_log",
    "return_report",
    "submit_log",
    "submit_report",
]
