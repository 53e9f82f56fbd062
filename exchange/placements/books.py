"""The books of law as a stored placement is asked: the rules for whose facts the product keeps a record.

``flask placements check`` asks the whole law of a document. A rule joins this list with the page that records its
facts: before, nobody could clear it.
"""

from exchange.placements import rules

RECORDED = frozenset(
    {
        "INT-01",
        "INT-03",
        "INT-13",
        "INT-14",
        "INT-20",
        "INT-21",
        "INT-22",
        "INT-23",
        "INT-24",
        "INT-25",
        "INT-26",
        "INT-28",
        "INT-41",
        "INT-46",
        "INT-47",
    }
)

PLACE, START = rules.PLACE.limited_to(RECORDED), rules.START.limited_to(RECORDED)
