"""The numbers and lists of the law on internships, each with the dates in which it is in force."""

from pathlib import Path

from exchange.core.dated_values import DatedValues

LIMITS = DatedValues(Path(__file__).parents[1] / "limits.json")
number, codes, versions = LIMITS.number, LIMITS.codes, LIMITS.versions
