"""What can be read back from a paper, and from what only looks like one."""

import io
from datetime import date

import pikepdf
import pytest

from exchange import press
from tests.press.papers import EVERY_PAPER, RARE_NAME, letter


@pytest.mark.parametrize(("template", "values"), EVERY_PAPER)
def test_text_of_a_paper_holds_name_and_number(template, values):
    paper = values(serial=77, name=RARE_NAME)
    [result] = press.print_papers(template, [paper], printed_on=date(2026, 6, 30))

    text = press.text_of(result.pdf)

    assert paper["number"] in text
    assert RARE_NAME[:8] in text


def test_text_of_a_damaged_paper_does_not_fail():
    [result] = press.print_papers("certificates/enrolment_letter", [letter(5)], printed_on=date(2026, 6, 30))

    texts = [press.text_of(result.pdf[:at] + b"!" + result.pdf[at + 1 :]) for at in range(9, len(result.pdf), 997)]

    assert sum(letter(5)["number"] in text for text in texts) > len(texts) * 0.9


def test_text_of_a_locked_file_is_empty():
    locked = io.BytesIO()
    with pikepdf.new() as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))

    assert press.text_of(locked.getvalue()) == ""


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 not a paper", b"%PDF-1.7\ntrailer<</Root 1 0 R>>"])
def test_text_of_anything_else_is_empty(content):
    assert press.text_of(content) == ""
