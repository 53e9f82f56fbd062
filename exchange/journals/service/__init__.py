"""What can be done with logs and reports. Functions change, flush and record; the request commits."""

from exchange.journals.service.appraisals import appraise_as_mentor, appraise_as_school
from exchange.journals.service.logs import NotThisWeek, TooFew, read_log, return_log, submit_log
from exchange.journals.service.mentors import HoursChanged, confirm_hours, make_mentor_link, say
from exchange.journals.service.reports import read_report, return_report, submit_report

__all__ = [
    "HoursChanged",
    "NotThisWeek",
    "TooFew",
    "appraise_as_mentor",
    "appraise_as_school",
    "confirm_hours",
    "make_mentor_link",
    "read_log",
    "read_report",
    "return_log",
    "return_report",
    "say",
    "submit_log",
    "submit_report",
]
