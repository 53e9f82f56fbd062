"""Reads the code tables that ship with the package (``data/*.csv``)."""

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files

DATA = files("exchange.reference") / "data"
WHITE_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """The form in which codes and names are compared: NFKC, without white space, upper case."""
    return WHITE_SPACE.sub("", unicodedata.normalize("NFKC", text)).upper()


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """All rows of one table; lines that begin with ``#`` say where it comes from."""
    lines = (DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(line for line in lines if not line.startswith("#")))


def several(cell: str) -> tuple[str, ...]:
    """A cell with several entries parted by ``|``."""
    return tuple(part for part in cell.split("|") if part)
