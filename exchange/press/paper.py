"""What comes out of the press: a printed paper, or what stopped it."""

from dataclasses import dataclass

GLYPH_MISSING = "glyph.missing"
TEXT_OVERFLOW = "text.overflow"


@dataclass(frozen=True)
class Problem:
    """A reason why a paper cannot be printed: a code for programs, a sentence for people."""

    code: str
    message: str
    characters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """One person's paper. ``pdf`` is empty when there are problems."""

    pdf: bytes
    pages: int
    problems: tuple[Problem, ...] = ()
