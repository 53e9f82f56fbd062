"""What the values of the code tables are called in the reader's language."""

from collections.abc import Iterable
from functools import cache

from exchange.core.i18n import current_language, listed
from exchange.reference.areas import area_name
from exchange.reference.tables import table


def named(value: str) -> str:
    """``傣族`` · Dai. A value without an English name, such as a county, keeps its own."""
    return _english().get(value, value) if current_language() == "en" else value


def named_areas(codes: Iterable[str]) -> str:
    """The full names of several areas, as one line."""
    return listed(area_name(code) for code in codes)


@cache
def _english() -> dict[str, str]:
    return {row["name"]: row["english"] for row in table("english")}
