"""What a student writes of an internship."""

from exchange.journals.models.appraisals import Appraisal
from exchange.journals.models.logs import WeeklyLog
from exchange.journals.models.reports import InternshipReport

__all__ = ["Appraisal", "InternshipReport", "WeeklyLog"]
