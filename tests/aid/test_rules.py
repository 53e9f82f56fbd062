"""The double-claim rules: a claim that breaks none, and one flaw at a time on each side of its edge."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from exchange.aid.amounts import rule_for
from exchange.aid.months import Months
from exchange.aid.rules import CLAIM, Claim, Day, Given, excludes_nothing_of, exclusions
from exchange.aid.values import AidKind, Item, PaidFor
from exchange.core.rules import HOLDS, Message, Severity
from exchange.students.models import StudentStatus as Is

GRANT = AidKind.NATIONAL_GRANT
AUTUMN, SPRING, YEAR = Months(2026, 1), Months(2026, 2), Months(2026)
RULE = rule_for(GRANT, "330000", date(2026, 9, 1))
RANGE = rule_for(AidKind.EAST_WEST_FOUNDATION, "533103", date(2018, 9, 1))
DAY = date(2026, 11, 13)
RIGHT = Claim(GRANT, AUTUMN, amount=Decimal(1150), project_id=1, rule=RULE, days=(Day(DAY, Is.REGISTERED),))
OTHER = Given(2, GRANT, AUTUMN, project_id=1)
BY_HOUSEHOLD = replace(RULE, per=PaidFor.HOUSEHOLD)


@pytest.mark.parametrize(
    ("flaw", "codes"),
    [
        ({}, []),
        ({"own": (OTHER,)}, ["AID-1"]),
        ({"own": (replace(OTHER, months=YEAR),)}, ["AID-1"]),
        ({"own": (replace(OTHER, months=SPRING),)}, []),
        ({"own": (replace(OTHER, kind=AidKind.TUITION_WAIVER),)}, []),
        ({"own": (replace(OTHER, kind=AidKind.TUITION_WAIVER, project_id=2),)}, ["AID-3"]),
        ({"own": (replace(OTHER, kind=AidKind.TUITION_WAIVER, months=SPRING, project_id=2),)}, []),
        ({"own": (replace(OTHER, kind=AidKind.TUITION_WAIVER, project_id=None),)}, []),
        ({"household": (OTHER,)}, []),
        ({"household": (OTHER,), "rule": BY_HOUSEHOLD}, ["AID-4"]),
        ({"household": (replace(OTHER, months=SPRING),), "rule": BY_HOUSEHOLD}, []),
        ({"days": (Day(DAY, Is.ON_LEAVE),)}, ["AID-5"]),
        ({"days": (Day(DAY, Is.WITHDRAWN),)}, ["AID-6"]),
        ({"days": (Day(DAY, None),)}, ["AID-6"]),
        ({"days": (Day(DAY, Is.REGISTERED), Day(DAY, Is.GRADUATED))}, ["AID-6"]),
        ({"same_id": (OTHER,)}, ["AID-7"]),
        ({"same_id": (replace(OTHER, kind=AidKind.RAIN_AND_DEW),)}, []),
        ({"same_card": (OTHER,)}, ["AID-8"]),
        ({"same_card": (replace(OTHER, months=SPRING),)}, []),
        ({"amount": Decimal("1149.99")}, ["AID-9"]),
        ({"amount": None}, []),
        ({"rule": RANGE, "amount": Decimal(2000)}, []),
        ({"rule": RANGE, "amount": Decimal("2000.01")}, ["AID-9"]),
        ({"shortfalls": (Message("一、二年级", "Grade 1 or 2"),)}, ["AID-10"]),
    ],
)
def test_rules_find_the_flaw(flaw, codes):
    assert [finding.rule.code for finding in CLAIM.findings(replace(RIGHT, **flaw))] == codes


def test_gifts_are_told_apart_by_what_is_given():
    coat = Claim(AidKind.IN_KIND, AUTUMN, item=Item.WINTER_CLOTHES, days=RIGHT.days)
    bed = Given(2, AidKind.IN_KIND, AUTUMN, item=Item.BEDDING)

    assert CLAIM.findings(replace(coat, own=(bed,))) == []
    assert [each.rule.code for each in CLAIM.findings(replace(coat, own=(replace(bed, item=coat.item),)))] == ["AID-1"]


def test_pair_that_excludes_each_other_is_found_from_both_sides_and_only_for_the_same_months():
    subsidy = Given(2, AidKind.PREFECTURE_SUBSIDY, AUTUMN)
    journey = Claim(AidKind.IN_KIND, AUTUMN, item=Item.TRAVEL_HOME, days=RIGHT.days, own=(subsidy,))
    back = Claim(AidKind.PREFECTURE_SUBSIDY, AUTUMN, own=(Given(2, AidKind.IN_KIND, AUTUMN, Item.TRAVEL_HOME),))

    assert [finding.rule.code for finding in CLAIM.findings(journey)] == ["AID-2"]
    assert [finding.rule.code for finding in CLAIM.findings(back)] == ["AID-2"]
    assert CLAIM.findings(replace(journey, own=(replace(subsidy, months=SPRING),))) == []
    assert CLAIM.findings(replace(journey, item=Item.GIFT)) == []


def test_another_pair_is_data():
    pair = frozenset({(GRANT.value, ""), (AidKind.NATIONAL_SCHOLARSHIP.value, "")})
    claim = replace(RIGHT, own=(replace(OTHER, kind=AidKind.NATIONAL_SCHOLARSHIP),))

    assert excludes_nothing_of(claim, exclusions()) == HOLDS
    assert excludes_nothing_of(claim, [pair]) != HOLDS


def test_every_rule_weighs_and_names_where_it_comes_from():
    assert {rule.severity for rule in CLAIM.rules} == {Severity.BLOCK, Severity.WARN}
    assert [rule.code for rule in CLAIM.rules if not rule.regulation.title.zh] == []
