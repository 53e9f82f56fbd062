"""How many interns are at a host and in a post at once."""

from datetime import date

import pytest

from exchange.core.database import db as database
from exchange.placements.facts.values import InternshipKind
from exchange.placements.headcount import HeadCounts, Stays
from exchange.placements.models import PlacementStatus
from tests.factories.partners import HostOrganisationFactory, PostFactory
from tests.factories.placements import PlacementFactory

IS = PlacementStatus


def days(first, last):
    return {"starts_on": date(2026, *first), "ends_on": date(2026, *last)}


def most(*stays, between):
    kept = Stays()
    for first, last in stays:
        kept.add(date(2026, *first), date(2026, *last))
    kept.sort()
    return kept.most_between(*(date(2026, *day) for day in between))


@pytest.mark.parametrize(
    ("stays", "expected"),
    [
        ([], 0),
        ([((3, 1), (3, 31))], 1),
        ([((2, 1), (3, 9))], 0),
        ([((2, 1), (3, 10))], 1),
        ([((3, 21), (4, 30))], 0),
        ([((3, 20), (4, 30))], 1),
        ([((3, 1), (3, 14)), ((3, 15), (3, 31))], 1),
        ([((3, 1), (3, 15)), ((3, 15), (3, 31))], 2),
        ([((3, 12), (3, 13)), ((3, 12), (3, 18)), ((3, 17), (3, 30))], 2),
    ],
)
def test_most_between_the_tenth_and_the_twentieth_of_march(stays, expected):
    assert most(*stays, between=((3, 10), (3, 20))) == expected


def at_once(placement):
    return HeadCounts.around([placement]).at_once(placement)


def test_whoever_is_there_on_one_day_counts_other_schools_and_oneself_too(db):
    host = HostOrganisationFactory(other_interns=9)
    post, other_post = PostFactory.create_batch(2, host_organisation=host)
    one = PlacementFactory(post=post, **days((3, 2), (8, 28)))
    PlacementFactory(post=post, status=IS.ACTIVE, **days((2, 1), (3, 2)))
    PlacementFactory(post=other_post, status=IS.PREPARING, **days((8, 28), (10, 1)))
    PlacementFactory(post=other_post, status=IS.PREPARING, **days((8, 28), (11, 1)))
    PlacementFactory(**days((3, 2), (8, 28)))

    assert at_once(one) == (3 + 9, 2)


@pytest.mark.parametrize("gone", [{"status": IS.ENDED}, {"status": IS.TERMINATED}, {"kind": InternshipKind.COGNITIVE}])
def test_who_has_left_or_only_visits_does_not_count(db, gone):
    one = PlacementFactory()
    PlacementFactory(post=one.post, **gone)

    assert at_once(one) == (10, 1)


def test_unknown_number_of_other_schools_leaves_our_own(db):
    one = PlacementFactory(post__host_organisation__other_interns=None)

    assert at_once(one) == (1, 1)


def test_placement_that_is_over_still_counts_itself(db):
    assert at_once(PlacementFactory(status=IS.ENDED)) == (10, 1)


def test_many_are_counted_in_one_statement(db, count_queries):
    placements = PlacementFactory.create_batch(3)
    database.session.flush()
    assert {each.host.other_interns for each in placements} == {9}  # read before anything is counted

    with count_queries() as statements:
        counts = HeadCounts.around(placements)
        found = [counts.at_once(each) for each in placements]

    assert (statements.count, found) == (1, [(10, 1)] * 3)


def test_nobody_asked_is_nobody_counted(db, count_queries):
    with count_queries() as statements:
        HeadCounts.around([])

    assert statements.count == 0
