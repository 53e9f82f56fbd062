"""The best assignment: against brute force, within every limit, the same for the same seed."""

import subprocess
import sys
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.selection.solver import Candidate, Place, Problem, Wish, assign


@st.composite
def problems(draw):
    """Up to five students and four openings at two hosts, with beds, pairs and company."""
    places = [
        Place(
            id=number,
            host_id=draw(st.integers(1, 2)),
            places=draw(st.integers(1, 3)),
            beds=draw(st.dictionaries(st.sampled_from("FM"), st.integers(0, 2), max_size=2)),
            in_company=draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(1, 4)) + 1)
    ]
    ids = list(range(1, draw(st.integers(1, 5)) + 1))
    companions = dict(draw(st.sampled_from([[], [(1, 2), (2, 1)], [(1, 2)]])))
    candidates = []
    for each in ids:
        chosen = draw(st.lists(st.sampled_from([place.id for place in places]), unique=True, max_size=3))
        wishes = tuple(Wish(opening, rank, draw(st.integers(0, 3)) * 100) for rank, opening in enumerate(chosen, 1))
        candidates.append(Candidate(each, draw(st.sampled_from("FM")), wishes, companions.get(each)))
    return Problem(candidates, places, draw(st.integers(0, 99)))


def wishes_of(problem):
    return {(each.id, wish.opening_id): (each, wish) for each in problem.candidates for wish in each.wishes}


def breaks_something(problem, result):
    """What an assignment exceeds or forgets, in words; written without a thought of the solver."""
    people = {each.id: each for each in problem.candidates}
    hosts = {place.id: place.host_id for place in problem.places}
    if any(got and (each, got) not in wishes_of(problem) for each, got in result.items()):
        return "somebody goes where she may not"
    for place in problem.places:
        there = [people[each] for each, got in result.items() if got == place.id]
        if len(there) > place.places:
            return "more than there are places"
        if any(sum(each.sex == sex for each in there) > beds for sex, beds in place.beds.items()):
            return "more than there are beds"
        at_host = sum(got is not None and hosts[got] == place.host_id for got in result.values())
        if place.in_company and there and at_host < 2:
            return "somebody is alone"
    for each in problem.candidates:
        other = people.get(each.companion_id)
        if other and other.companion_id == each.id and hosts.get(result[each.id]) != hosts.get(result[other.id]):
            return "a pair is torn apart"
    return ""


def value(problem, result):
    """How good it is: students with a place, then ranks, then points and lots."""
    pairs = [wishes_of(problem)[each, got] for each, got in result.items() if got]
    return (len(pairs), -sum(wish.rank for _each, wish in pairs), sum(problem.deserving(*pair) for pair in pairs))


def best_of_all(problem):
    """Every assignment that there is, and the value of the best."""
    offers = [[None, *(wish.opening_id for wish in each.wishes)] for each in problem.candidates]
    ids = [each.id for each in problem.candidates]
    results = (dict(zip(ids, combination, strict=True)) for combination in product(*offers))
    return max(value(problem, result) for result in results if not breaks_something(problem, result))


@given(problems())
@settings(max_examples=150)
def test_nothing_is_exceeded_and_nothing_better_exists(problem):
    result = assign(problem)

    assert breaks_something(problem, result) == ""
    assert value(problem, result) == best_of_all(problem)


@given(problems(), st.randoms())
@settings(max_examples=40)
def test_same_seed_gives_the_same_result_in_whatever_order_people_come(problem, random):
    candidates, places = list(problem.candidates), list(problem.places)
    random.shuffle(candidates)
    random.shuffle(places)

    assert assign(Problem(candidates, places, problem.seed)) == assign(problem)


def rivals(points=(500, 500)):
    return [Candidate(number, "F", (Wish(1, 1, each),)) for number, each in enumerate(points, start=1)]


def test_the_lot_decides_among_equals_and_seeds_differ():
    place = [Place(1, 1, 1, {})]

    winners = {next(each for each, got in assign(Problem(rivals(), place, seed)).items() if got) for seed in range(20)}

    assert winners == {1, 2}


def test_points_come_before_the_lot():
    place = [Place(1, 1, 1, {})]

    assert all(assign(Problem(rivals((500, 501)), place, seed)) == {1: None, 2: 1} for seed in range(20))


def test_nobody_to_assign_is_no_problem():
    assert assign(Problem([], [Place(1, 1, 1, {})], 1)) == {}
    assert assign(Problem([Candidate(1, "F", ())], [], 1)) == {1: None}


def test_commands_print_nothing_of_the_solver():
    program = (
        "from exchange.selection.solver import *;"
        "print(assign(Problem([Candidate(1, 'F', (Wish(1, 1, 1),))], [Place(1, 1, 1, {})], 1)))"
    )

    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert (printed.stdout, printed.stderr) == ("{1: 1}\n", "")
