"""Agreements and consent forms on paper."""

from collections.abc import Sequence

from exchange.agreements.documents import number_of, paper_of
from exchange.agreements.models import AgreementDocument
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.press.merge import merge
from exchange.press.printing import print_papers

TEMPLATES = "agreements/{}"


class NotPrintable(DomainError):
    """A name or text for which the paper has no room or no glyph."""


def print_documents(documents: Sequence[AgreementDocument]) -> bytes:
    """All of them in one PDF/A-3u, in order. Raises ``NotPrintable`` and, for none at all, ``UsageProblem``."""
    papers: list[bytes] = []
    for document in documents:
        template = TEMPLATES.format(document.kind.value)
        (paper,) = print_papers(template, [paper_of(document)], printed_on=document.issued_on)
        if paper.problems:
            why = paper.problems[0].message
            raise NotPrintable(_("%(number)s打印不出来：%(why)s", number=number_of(document), why=why))
        papers.append(paper.pdf)
    return papers[0] if len(papers) == 1 else merge(papers)
