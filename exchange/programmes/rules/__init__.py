"""PRG-01 … PRG-09: what a programme of study has to hold (``domain/rules.md`` §3)."""

from exchange.programmes.rules.book import PROGRAMME
from exchange.programmes.rules.measures import Measure
from exchange.programmes.rules.plan import Line, Plan, plan_of
from exchange.programmes.rules.report import Check, State, checks_of, numbers_unmet

__all__ = ["PROGRAMME", "Check", "Line", "Measure", "Plan", "State", "checks_of", "numbers_unmet", "plan_of"]
