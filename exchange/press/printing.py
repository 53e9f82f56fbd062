"""Printing: plain values and a template in, papers out, on one of two roads with one result."""

import gc
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from exchange.core.i18n import _
from exchange.press.backdrop import backdrop_of
from exchange.press.check import overflows
from exchange.press.finish import finisher
from exchange.press.fonts import FontSet, missing_glyphs
from exchange.press.layout import Layout, write
from exchange.press.paper import GLYPH_MISSING, Paper, Problem
from exchange.press.template import PaperTemplate, Values, load, texts

CHUNK = 50  # papers that share a layout; beyond it memory grows and nothing gets faster


class Road(StrEnum):
    """How a paper is made. The result is the same; the plain road is the reference."""

    PLAIN = "plain"  # everything laid out for every paper
    BACKDROP = "backdrop"  # what never changes laid out once


def print_papers(
    template_name: str, papers: Sequence[Values], *, printed_on: date, road: Road = Road.BACKDROP
) -> Iterator[Paper]:
    """The papers in order, each a PDF/A-3u of its own; one that has problems comes back without bytes.

    Raises UsageProblem for an unknown template or a QR text that is too long, MissingFont for a missing font,
    jinja2.UndefinedError for a missing key."""
    template = load(template_name)
    for start in range(0, len(papers), CHUNK):
        yield from _print_chunk(template, papers[start : start + CHUNK], printed_on, road)
        gc.collect()  # laid-out pages are full of cycles; without this a long run only grows


def warm_up(template_name: str) -> None:
    """Load the slow libraries and lay out what never changes, before the first person waits for it."""
    template = load(template_name)
    backdrop_of(template, template.version)


def preflight(template_name: str, papers: Sequence[Values]) -> Iterator[list[Problem]]:
    """For each paper why it could not be printed: characters without a glyph, text that does not fit."""
    template = load(template_name)
    for start in range(0, len(papers), CHUNK):
        chunk = papers[start : start + CHUNK]
        layout = Layout(_fonts_for(template, chunk), template.style("person"))
        for paper in chunk:
            yield _glyph_problems(paper) or overflows(layout.lay_out(template.page("person", paper, "")))


def problems(template_name: str, paper: Values) -> list[Problem]:
    """Why this paper could not be printed; empty when it can."""
    return next(preflight(template_name, [paper]))


def _print_chunk(template: PaperTemplate, papers: Sequence[Values], printed_on: date, road: Road) -> Iterator[Paper]:
    layer = "plain" if road is Road.PLAIN else "person"
    backdrop = None if road is Road.PLAIN else backdrop_of(template, template.version)
    layout = Layout(_fonts_for(template, papers), template.style(layer))
    for paper in papers:
        if found := _glyph_problems(paper):
            yield Paper(b"", 0, tuple(found))
            continue
        html = template.page(layer, paper, printed_on.isoformat())
        document = layout.lay_out(html)
        pages = len(document.pages)
        if found := overflows(document):
            yield Paper(b"", pages, tuple(found))
            continue
        qr_text = paper.get("qr") or None
        yield Paper(write(document, finisher(backdrop, qr_text, salt=html)), pages)


def _fonts_for(template: PaperTemplate, papers: Sequence[Values]) -> FontSet:
    characters = set(template.characters)
    for paper in papers:
        for text in texts(paper):
            characters.update(text)
    return FontSet.for_characters(characters)


def _glyph_problems(paper: Values) -> list[Problem]:
    found = []
    for text in texts(paper):
        for character in missing_glyphs(text):
            message = _(
                "“%(text)s”中的“%(character)s”（U+%(code)s）没有字形，不能打印。",
                text=text,
                character=character,
                code=f"{ord(character):04X}",
            )
            found.append(Problem(GLYPH_MISSING, str(message), (character,)))
    return list(dict.fromkeys(found))
