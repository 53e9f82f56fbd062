"""Every rule of every feature, feature by feature, as rows of the reference page."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol

from exchange.aid.rules import CLAIM
from exchange.core.rules import Message, Severity
from exchange.coursework.graduation.rules import GRADUATION
from exchange.enrolment.rules import ADMISSION, REGISTRATION
from exchange.orders.rules import BOOKS as ORDERS
from exchange.placements.rules import ARCHIVE
from exchange.programmes.rules import PROGRAMME
from exchange.welfare.rules import BOOKS as WELFARE

HEADS = ["rule", "step", "severity", "source", "规定", "statement", "numbers", "function"]


class Described(Protocol):
    """What a row says of a rule, whether it refuses or alerts."""

    @property
    def code(self) -> str: ...
    @property
    def step(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def source(self) -> Message: ...
    @property
    def statement(self) -> Message: ...
    @property
    def limits(self) -> tuple[str, ...]: ...
    @property
    def check(self) -> Callable[..., Any]: ...


class Chapter(NamedTuple):
    """The rules of one feature, where they stand, and where their tests do."""

    title: str
    place: str
    tests: str
    rules: list[Described]
    limits: str = ""


def rows_of(chapter: Chapter) -> list[list[str]]:
    """One row per rule, in the order of the numbers."""
    return [
        [
            rule.code,
            rule.step,
            rule.severity.value,
            rule.source.zh,
            rule.statement.zh,
            rule.statement.en,
            " ".join(f"`{name}`" for name in rule.limits),
            f"`{rule.check.__name__}`",
        ]
        for rule in sorted(chapter.rules, key=_by_number)
    ]


def _by_number(rule: Described) -> tuple[str, int]:
    series, _dash, number = rule.code.rpartition("-")
    return series, int(number)


def _own(books: Iterable[Any]) -> list[Described]:
    return [rule for book in books for rule in book.own]


CHAPTERS = (
    Chapter(
        "Graduation",
        "exchange/coursework/graduation/rules.py",
        "tests/coursework/graduation/",
        list(GRADUATION.rules),
        "exchange/coursework/graduation/settings.json` and `exchange/orders/limits.json",
    ),
    Chapter(
        "Internships",
        "exchange/placements/rules/",
        "tests/placements/rules/",
        list(ARCHIVE.rules),
        "exchange/placements/limits.json",
    ),
    Chapter(
        "Changes of status",
        "exchange/orders/rules/",
        "tests/orders/rules/",
        _own(ORDERS.values()),
        "exchange/orders/limits.json",
    ),
    Chapter(
        "Admission and registration",
        "exchange/enrolment/rules.py",
        "tests/enrolment/test_rules.py",
        _own((ADMISSION, REGISTRATION)),
    ),
    Chapter(
        "Programmes of study",
        "exchange/programmes/rules/",
        "tests/programmes/rules/",
        list(PROGRAMME.rules),
        "exchange/programmes/limits.json",
    ),
    Chapter("Aid", "exchange/aid/rules.py", "tests/aid/test_rules.py", _own((CLAIM,))),
    Chapter(
        "Welfare",
        "exchange/welfare/rules/",
        "tests/welfare/rules/",
        _own(WELFARE),
        "exchange/welfare/limits.json",
    ),
)
