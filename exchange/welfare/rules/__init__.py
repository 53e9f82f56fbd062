"""When somebody must act, and who: the counters of the registry rules, with numbers from ``limits.json``."""

from exchange.welfare.rules.attrition import ATTRITION
from exchange.welfare.rules.travel import TRAVEL

BOOKS = (ATTRITION, TRAVEL)
