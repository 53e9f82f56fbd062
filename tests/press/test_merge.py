"""One file for the printer from many single papers."""

from datetime import date

import pytest

from exchange import press
from exchange.core.errors import UsageProblem
from tests.press.papers import letter, pictures_of, text_of, transcript

DAY = date(2026, 6, 30)


def test_merge_keeps_every_page_in_order_and_the_backdrop_once():
    letters = press.print_papers("certificates/enrolment_letter", [letter(n) for n in range(5)], printed_on=DAY)
    papers = [*letters, *press.print_papers("certificates/transcript", [transcript()], printed_on=DAY)]

    merged = press.merge(papers)

    assert text_of(merged) == "".join(text_of(paper.pdf) for paper in papers)
    assert merged.count(b"/BBox") == 2
    single = [picture for paper in papers for picture in pictures_of(paper.pdf, 72)]
    assert single == pictures_of(merged, 72)


def test_merge_is_pdfa_and_repeatable():
    papers = list(press.print_papers("certificates/enrolment_letter", [letter(1), letter(2)], printed_on=DAY))

    merged = press.merge(papers)

    assert press.pdfa_faults(merged) == []
    assert merged == press.merge(paper.pdf for paper in papers)


def test_merge_nothing_is_refused():
    with pytest.raises(UsageProblem):
        press.merge([])
