"""The best assignment of students to openings, found by HiGHS. Plain values in, plain values out.

Best means, one after the other: as many students as possible have a place; the sum of the ranks of their choices is the
smallest; the more points somebody has, the better the choice; and where points are equal, the lot decides, which is
drawn from the seed. Two who go together go to one host or stay; nobody is alone where company is asked for; places and
beds are never exceeded.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any, NamedTuple

from exchange.core.errors import NotPossible
from exchange.core.i18n import _

WHOLE = 0.5  # what is more than half a one is one
SECONDS = 60


class Wish(NamedTuple):
    """One opening that a candidate has chosen and may go to."""

    opening_id: int
    rank: int
    points: int  # 0 to 1000


@dataclass(frozen=True)
class Candidate:
    """A student who wants to go; the companion has named the student, too."""

    id: int
    sex: str
    wishes: tuple[Wish, ...]
    companion_id: int | None = None


@dataclass(frozen=True)
class Place:
    """An opening: how many may go, how many beds there are for each sex, and whether nobody may be alone there."""

    id: int
    host_id: int
    places: int
    beds: Mapping[str, int]  # a sex that is missing has no limit
    in_company: bool = False


@dataclass(frozen=True)
class Problem:
    """What is to be solved; the order of candidates and places does not matter."""

    candidates: Sequence[Candidate]
    places: Sequence[Place]
    seed: int

    @cached_property
    def pairs(self) -> list[tuple[Candidate, Wish]]:
        known = {place.id for place in self.places}
        ordered = sorted(self.candidates, key=lambda each: each.id)
        chosen = ((each, wish) for each in ordered for wish in sorted(each.wishes))
        return [(each, wish) for each, wish in chosen if wish.opening_id in known]

    @cached_property
    def ordered_places(self) -> list[Place]:
        return sorted(self.places, key=lambda place: place.id)

    @cached_property
    def lots(self) -> dict[int, int]:
        """Candidate → the lot: the higher comes first among equals."""
        ids = sorted(each.id for each in self.candidates)
        drawn = list(range(len(ids)))
        Random(self.seed).shuffle(drawn)
        return dict(zip(ids, drawn, strict=True))

    @cached_property
    def most(self) -> int:
        """The longest list of choices."""
        return max((wish.rank for _each, wish in self.pairs), default=0)

    def placing(self, candidate: Candidate, wish: Wish) -> int:
        """A place weighs more than all ranks together."""
        return self.most * (len(self.candidates) + 1) - wish.rank

    def deserving(self, candidate: Candidate, wish: Wish) -> int:
        """Points before lots, both more for a better choice."""
        merit = wish.points * max(len(self.candidates), 1) + self.lots[candidate.id]
        return merit * (self.most + 1 - wish.rank)


def assign(problem: Problem) -> dict[int, int | None]:
    """Candidate → opening, or none. Raises ``NotPossible`` where no answer was found in time."""
    result: dict[int, int | None] = {each.id: None for each in problem.candidates}
    if problem.pairs:
        model = _Model(problem)
        model.settle(problem.placing)
        for candidate, wish in model.best(problem.deserving):
            result[candidate.id] = wish.opening_id
    return result


def solver_name() -> str:
    """Which program found the answer, with its version."""
    return f"HiGHS {_highs().version()}"


def _highs() -> Any:
    from exchange.selection.highs import SilentHighs  # numpy takes a fifth of a second, for one page

    return SilentHighs()


class _Model:
    """One binary variable for each student and opening."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.highs = problem, _highs()
        self.highs.setOptionValue("time_limit", float(SECONDS))
        self.taken = [self.highs.addBinary() for _pair in problem.pairs]
        self.host_of = {place.id: place.host_id for place in problem.places}
        self._limit()
        self._keep_together()
        self._keep_company()

    def best(self, weigh: Callable[[Candidate, Wish], int]) -> list[tuple[Candidate, Wish]]:
        """The pairs of the assignment with the largest weight."""
        self.highs.maximize(self._weight(weigh))
        if str(self.highs.modelStatusToString(self.highs.getModelStatus())) != "Optimal":
            raise NotPossible(_("这次没有算出结果。减少每人的志愿数，或分成两个批次再试。"))
        values = self.highs.vals(self.taken)
        return [pair for pair, value in zip(self.problem.pairs, values, strict=True) if value > WHOLE]

    def settle(self, weigh: Callable[[Candidate, Wish], int]) -> None:
        """Find the largest weight and hold on to it whatever is asked next."""
        most = sum(weigh(*pair) for pair in self.best(weigh))
        self.highs.addConstr(self._weight(weigh) >= most - WHOLE)

    def _weight(self, weigh: Callable[[Candidate, Wish], int]) -> Any:
        return self.highs.qsum(weigh(*pair) * each for pair, each in zip(self.problem.pairs, self.taken, strict=True))

    def _where(self, holds: Callable[[Candidate, Wish], bool]) -> list[Any]:
        pairs = zip(self.problem.pairs, self.taken, strict=True)
        return [each for (candidate, wish), each in pairs if holds(candidate, wish)]

    def _limit(self) -> None:
        """One place each, no more than there are, and a bed for everybody."""
        by_candidate, by_place = _grouped(self._rows(0)), _grouped(self._rows(1))
        by_bed = _grouped(((wish.opening_id, candidate.sex), each) for (candidate, wish), each in self._variables())
        for own in by_candidate.values():
            self._at_most(own, 1)
        for place in self.problem.ordered_places:
            self._at_most(by_place.get(place.id, []), place.places)
            for sex, beds in place.beds.items():
                self._at_most(by_bed.get((place.id, sex), []), beds)

    def _rows(self, part: int) -> Iterable[tuple[int, Any]]:
        for (candidate, wish), each in self._variables():
            yield (candidate.id, wish.opening_id)[part], each

    def _variables(self) -> Iterable[tuple[tuple[Candidate, Wish], Any]]:
        return zip(self.problem.pairs, self.taken, strict=True)

    def _keep_together(self) -> None:
        """Who names each other goes to the same host, or neither goes."""
        known = {each.id: each for each in self.problem.candidates}
        for candidate in sorted(self.problem.candidates, key=lambda each: each.id):
            other = known.get(candidate.companion_id or 0)
            if other and other.companion_id == candidate.id and candidate.id < other.id:
                hosts = {self.host_of[wish.opening_id] for each in (candidate, other) for wish in self._wishes(each)}
                for host_id in sorted(hosts):
                    own, others = self._at(candidate, host_id), self._at(other, host_id)
                    self.highs.addConstr(self.highs.qsum(own) - self.highs.qsum(others) == 0)

    def _wishes(self, candidate: Candidate) -> list[Wish]:
        return [wish for each, wish in self.problem.pairs if each.id == candidate.id]

    def _at(self, candidate: Candidate, host_id: int) -> list[Any]:
        return self._where(lambda each, wish: each.id == candidate.id and self.host_of[wish.opening_id] == host_id)

    def _keep_company(self) -> None:
        """Whoever goes to such an opening finds somebody else at the host."""
        hosts = _grouped((self.host_of[wish.opening_id], each) for (_candidate, wish), each in self._variables())
        accompanied = {place.id: hosts.get(place.host_id, []) for place in self.problem.places if place.in_company}
        for (_candidate, wish), own in self._variables():
            if at_host := accompanied.get(wish.opening_id):
                self.highs.addConstr(self.highs.qsum(at_host) - 2 * own >= 0)

    def _at_most(self, variables: list[Any], number: int) -> None:
        if len(variables) > number:
            self.highs.addConstr(self.highs.qsum(variables) <= number)


def _grouped(rows: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = {}
    for key, value in rows:
        groups.setdefault(key, []).append(value)
    return groups
