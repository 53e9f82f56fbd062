"""How fast pages are with 2,000 and with 50,000 students: ``python -m benchmarks pages``.

CPU milliseconds are medians of interleaved rounds. Where PostgreSQL runs on this machine, the CPU time of its process
is added, as a mean (the system counts it in hundredths of a second).
"""

import logging
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.databases import FEW, MANY, prepare
from benchmarks.first_view import VIEWS, weigh
from benchmarks.site import Answer, Bare, Site

ROUNDS, SLOW_ROUNDS = 15, 3
GROWTH = 1.3
NOISE = 0.5  # ms; what a page of two milliseconds differs by from run to run
LINE = "{:<34}{:>9}{:>9}{:>8}{:>8}{:>8}{:>9}{:>8}  {}"
HEADS = ("", "2,000", "50,000", "growth", "SQL", "KB", "floor", "ratio", "budget")
ROLES = (
    "administrator", "principal", "registrar", "aid_officer", "internship_officer", "homeroom_teacher",
    "subject_teacher", "instructor", "student", "guardian", "partner", "auditor",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """Something that people open or send, and what it may cost at most."""

    name: str
    ask: Callable[[Site | Bare], Answer]
    milliseconds: float
    statements: int
    kilobytes: float | None = None
    has_floor: bool = False
    grows: bool = False
    rounds: int = ROUNDS


def opened(who: str, address: str) -> Callable[[Site | Bare], Answer]:
    """A page by its address; ``{…}`` names a record of the site."""
    return lambda site: site.get(who, address)


PAGES = (
    Page("sign-in", opened("", "/accounts/sign-in"), 8, 1, has_floor=True),
    *(Page(f"home of the {who.replace('_', ' ')}", opened(who, "/"), 40, 12) for who in ROLES),
    Page("student list, first page", opened("registrar", "/students"), 30, 10, has_floor=True),
    Page("search by name, few found", opened("registrar", "/students?q={name}"), 25, 10, has_floor=True),
    Page("search by name, many found", opened("registrar", "/students?q={syllable}"), 25, 10, has_floor=True),
    Page("search by pinyin, few found", opened("registrar", "/students?q={pinyin}"), 25, 10, has_floor=True),
    Page("search by initials, few found", opened("registrar", "/students?q={initials}"), 25, 10, has_floor=True),
    Page("search by initials, many found", opened("registrar", "/students?q={letter}"), 25, 10, has_floor=True),
    Page("search by number", opened("registrar", "/students?q={student_no}"), 25, 10),
    Page("finder in the head of a page", opened("registrar", "/finder?q={initials}"), 25, 10),
    Page("student page", opened("registrar", "/students/{student}"), 30, 12, has_floor=True),
    Page("mark grid, 45 × 4", opened("subject_teacher", "/coursework/sheets/{sheet}"), 30, 10, 80, has_floor=True),
    Page("save of 180 marks", lambda site: site.save_marks(), 40, 12, has_floor=True),
    Page("transcript", opened("registrar", "/coursework/transcripts/{student}"), 30, 12),
    Page("mark sheets", opened("registrar", "/coursework"), 30, 12),
    Page("placements", opened("internship_officer", "/placements"), 30, 12),
    Page("register of certificates", opened("registrar", "/certificates"), 30, 12),
    Page("my placement", opened("student", "/placements/mine"), 30, 12),
    Page(
        "export of all students (floor: CSV)",
        lambda site: site.export(),
        6000,
        1000,
        has_floor=True,
        grows=True,
        rounds=SLOW_ROUNDS,
    ),
)


def main() -> int:
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory(prefix="exchange-benchmarks-") as name:
        prepared = prepare(Path(name))
        missed = [each for kind in _kinds(prepared) for each in _table(kind, prepared)]
        missed += _first_views(prepared[-1], Path(name))
    print(f"\n{len(missed)} missed: {', '.join(missed)}" if missed else "\nAll budgets are met.")
    return bool(missed)


def _kinds(prepared: list) -> list[str]:
    return list(dict.fromkeys(each.kind for each in prepared))


def _table(kind: str, prepared: list) -> list[str]:
    """Measure and print one database; gives back what missed its budget."""
    databases = {each.students: each for each in prepared if each.kind == kind}
    sites = {students: Site(databases[students]) for students in (FEW, MANY)}
    bare = Bare(databases[MANY], sites[MANY].records)
    print(f"\nPages on {kind}: CPU milliseconds per request\n\n{LINE.format(*HEADS)}")
    loops: list[float] = []
    missed = [f"{page.name} on {kind}" for page in PAGES if not _row(page, sites, bare, loops)]
    print(f"calibration loop: {statistics.median(loops):.1f} ms (0.2 million additions; what this machine is worth)")
    return missed


def _row(page: Page, sites: dict[int, Site], bare: Bare, loops: list[float]) -> bool:
    asked: dict[str | int, Site | Bare] = {FEW: sites[FEW], MANY: sites[MANY]}
    if page.has_floor:
        asked["floor"] = bare
    answers: dict[str | int, list[Answer]] = defaultdict(list)
    for number in range(page.rounds + 1):
        loops.append(calibrate())
        for name, site in asked.items():
            answer = page.ask(site)
            if number or page.rounds == 1:  # the first of each fills caches
                answers[name].append(answer)
    cost = {name: _cost(found) for name, found in answers.items()}
    last = answers[MANY][-1]
    broken = list(_broken(page, cost, last))
    floor = cost.get("floor")
    print(
        LINE.format(
            page.name,
            f"{cost[FEW]:.1f}",
            f"{cost[MANY]:.1f}",
            f"{cost[MANY] / cost[FEW]:.2f}",
            last.statements,
            f"{last.size / 1024:.0f}",
            f"{floor:.1f}" if floor else "–",
            f"{cost[MANY] / floor:.1f}" if floor else "–",
            "; ".join(broken) or f"met (≤ {page.milliseconds:g} ms, ≤ {page.statements} SQL)",
        ),
        flush=True,
    )
    return not broken


def _cost(answers: list[Answer]) -> float:
    return statistics.median(each.milliseconds for each in answers) + statistics.mean(each.server for each in answers)


def _broken(page: Page, cost: dict, last: Answer):
    if (over := cost[MANY] - page.milliseconds) > 0:
        yield f"missed by {over:.1f} ms"
    if (over := last.statements - page.statements) > 0:
        yield f"missed by {over} SQL"
    if page.kilobytes and (over := last.size / 1024 - page.kilobytes) > 0:
        yield f"missed by {over:.0f} KB"
    if not page.grows and cost[MANY] > cost[FEW] * GROWTH + NOISE:
        yield f"grows by more than {GROWTH}"


def calibrate() -> float:
    """A loop that does nothing, to compare machines by."""
    started = time.process_time()
    total = 0
    for number in range(200_000):
        total += number
    return (time.process_time() - started) * 1000


def _first_views(prepared, folder: Path) -> list[str]:
    """What a browser with an empty cache fetches, compressed, headers included."""
    print("\nFirst view over the wire: KB\n")
    missed = []
    for view in VIEWS:
        parts = weigh(view, prepared, folder)
        kilobytes = sum(parts.values()) / 1024
        over = kilobytes - view.kilobytes
        verdict = f"missed by {over:.0f} KB" if over > 0 else f"met (≤ {view.kilobytes} KB)"
        print(f"{view.name:<34}{kilobytes:>9.1f} in {len(parts)} files  {verdict}")
        missed += [f"first view of {view.name}"] if over > 0 else []
    return missed


if __name__ == "__main__":
    sys.exit(main())
