"""Numbers of papers: ``DQZJ-ZD-2026-000123-7`` – school, kind, year, serial, and a check character."""

import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SHAPE = re.compile(r"[A-Z0-9]{4,6}-[A-Z]{2}-\d{4}-\d{6}-[0-9A-Z]")
PARTS = re.compile(r"([A-Z0-9]{4,6})([A-Z]{2})(\d{4})(\d{6})([0-9A-Z])", re.ASCII)


def compose(school: str, kind: str, year: int, serial: int) -> str:
    """The whole number of a paper, check character included."""
    body = f"{school}-{kind}-{year}-{serial:06d}"
    return f"{body}-{check_character(body)}"


def check_character(text: str) -> str:
    """ISO 7064 MOD 37,36 over the letters and digits; hyphens do not count."""
    product = 36
    for character in text.replace("-", ""):
        total = (product + ALPHABET.index(character)) % 36 or 36
        product = total * 2 % 37
    return ALPHABET[(37 - product) % 36]


def is_number(text: str) -> bool:
    """Whether the text can be one of our numbers: catches every single wrong character."""
    if not SHAPE.fullmatch(text):
        return False
    body, _hyphen, check = text.rpartition("-")
    return check_character(body) == check


def tidy(text: str) -> str:
    """A number as people type it: small letters, full-width characters, spaces or nothing in the place of hyphens."""
    folded = unicodedata.normalize("NFKC", text).upper()
    typed = re.sub(r"\s", "", folded).replace("—", "-").replace("–", "-").replace("−", "-")
    parts = PARTS.fullmatch(typed.replace("-", ""))
    return "-".join(parts.groups()) if parts else typed
