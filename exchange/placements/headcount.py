"""How many interns a host and a post have at once: the most on any day of a placement, whoever else is there.

What counts are the post internships that are planned, in preparation or running. They are read in one statement however
many placements are asked about.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Self

from sqlalchemy import select

from exchange.core.database import db
from exchange.partners.models import Post
from exchange.placements.facts.values import InternshipKind
from exchange.placements.models import Placement
from exchange.placements.workflow import OPEN


class AtOnce(NamedTuple):
    """The interns of a host, those of other schools included, and the interns in one of its posts."""

    host: int
    post: int


@dataclass
class Stays:
    """The days of many internships at one place."""

    starts: list[date] = field(default_factory=list)
    ends: list[date] = field(default_factory=list)

    def add(self, first: date, last: date) -> None:
        self.starts.append(first)
        self.ends.append(last)

    def sort(self) -> None:
        self.starts.sort()
        self.ends.sort()

    def most_between(self, first: date, last: date) -> int:
        """The largest number on any day from first to last; it is reached on the first day or when somebody comes."""
        arrivals = set(self.starts[bisect_left(self.starts, first) : bisect_right(self.starts, last)])
        return max(self._on(day) for day in {first, *arrivals})

    def _on(self, day: date) -> int:
        """Who has come by this day and has not left before it."""
        return bisect_right(self.starts, day) - bisect_left(self.ends, day)


class HeadCounts:
    """The stays at the hosts of some placements, read once."""

    def __init__(self) -> None:
        self._at_host: defaultdict[int, Stays] = defaultdict(Stays)
        self._at_post: defaultdict[int, Stays] = defaultdict(Stays)
        self._counted: set[int] = set()

    @classmethod
    def around(cls, placements: Iterable[Placement]) -> Self:
        """Everybody who is at the hosts of these placements while they last."""
        counts, placements = cls(), list(placements)
        if placements:
            counts._read(placements)
        return counts

    def at_once(self, placement: Placement) -> AtOnce:
        """The most on any day of the placement, the student included.

        How many a host has from other schools may be unknown; what our own exceed is found all the same.
        """
        days = (placement.starts_on, placement.ends_on)
        oneself = int(placement.id not in self._counted)
        host = self._at_host[placement.post.host_organisation_id].most_between(*days) + oneself
        return AtOnce(
            host=host + (placement.host.other_interns or 0),
            post=self._at_post[placement.post_id].most_between(*days) + oneself,
        )

    def _read(self, placements: list[Placement]) -> None:
        rows = (
            select(Placement.id, Post.host_organisation_id, Placement.post_id, Placement.starts_on, Placement.ends_on)
            .join(Placement.post)
            .where(
                Post.host_organisation_id.in_({each.post.host_organisation_id for each in placements}),
                Placement.kind == InternshipKind.POST,
                Placement.status.in_(OPEN),
                Placement.starts_on <= max(each.ends_on for each in placements),
                Placement.ends_on >= min(each.starts_on for each in placements),
            )
        )
        for placement_id, host_id, post_id, first, last in db.session.execute(rows):
            self._counted.add(placement_id)
            self._at_host[host_id].add(first, last)
            self._at_post[post_id].add(first, last)
        for stays in (*self._at_host.values(), *self._at_post.values()):
            stays.sort()
