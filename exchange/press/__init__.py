"""The press: from plain values to the bytes of a paper.

The only package that knows WeasyPrint, pikepdf and fontTools; it knows no feature. A feature hands over a template
name and mappings of plain values (text, numbers, lists, mappings; no key may be the name of a method of dict)::

    for paper in press.print_papers("certificates/enrolment_letter", letters, printed_on=date(2026, 6, 30)):
        paper.pdf, paper.pages, paper.problems      # a paper with problems is not printed: pdf is b""

    press.preflight("certificates/enrolment_letter", letters)  # the problems of each; spends no number
    press.problems("certificates/enrolment_letter", letter)    # the same for one paper
    press.missing_glyphs("李䶮")                                # characters that no face of ours has
    press.merge([paper.pdf, ...])                              # one file for the printer
    press.template_version("certificates/enrolment_letter")    # changes whenever the look can change
    press.text_of(content)                                     # the person's words on a paper of ours, "" elsewhere
    press.pdfa_faults(paper.pdf)                               # broken PDF/A-3u rules, [] when clean

``certificates/enrolment_letter`` is the template ``templates/certificates/pdf/enrolment_letter.html``; the keys it
expects stand in the comment at its head. ``qr`` (the text of the code), where a paper has one, is drawn into the box
of the class ``qr``. Papers are printed one document each, so no file can contain anything of another person.

Equal runs give equal bytes: dates come from ``printed_on``, fonts from the named Debian packages only.
"""

from exchange.press.check import pdfa_faults
from exchange.press.fonts import MissingFont, missing_glyphs
from exchange.press.merge import merge
from exchange.press.paper import Paper, Problem
from exchange.press.printing import Road, preflight, print_papers, problems, warm_up
from exchange.press.template import template_version
from exchange.press.text import text_of

__all__ = [
    "MissingFont",
    "Paper",
    "Problem",
    "Road",
    "merge",
    "missing_glyphs",
    "pdfa_faults",
    "preflight",
    "print_papers",
    "problems",
    "template_version",
    "text_of",
    "warm_up",
]
