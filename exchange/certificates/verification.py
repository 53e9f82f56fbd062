"""The check of a paper by anyone: its number, or the file itself. Shows what stands on it, masked."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from exchange import press
from exchange.certificates import queries
from exchange.certificates.models import Certificate, CertificateBatch, CertificateKind, CertificateStatus
from exchange.certificates.numbering import SHAPE, is_number, tidy
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.core.storage import store

UNKNOWN = "unknown"
MARKS_OF_PDF = (b"%PDF-", b"%%EOF")  # in the first or the last bytes: either may be the one that was altered
NEAR = 1024
# What a stranger may read. Never the purpose: it can tell that a family receives aid.
PUBLIC_FACTS: dict[CertificateKind, tuple[tuple[str, str], ...]] = {
    CertificateKind.ENROLMENT_LETTER: (("major", _("专业")), ("enrol_year", _("入学年份"))),
    CertificateKind.TRANSCRIPT: (("major", _("专业")), ("class_name", _("班级"))),
    CertificateKind.INTERNSHIP_CERTIFICATE: (
        ("unit", _("实习单位")),
        ("post", _("岗位")),
        ("start", _("开始日期")),
        ("end", _("结束日期")),
    ),
    CertificateKind.HONOUR_CERTIFICATE: (("title", _("荣誉称号")), ("school_year", _("学年"))),
}


@dataclass(frozen=True)
class Verdict:
    """What the register says of a paper."""

    status: str
    certificate: Certificate | None = None
    number: str = ""
    hash_matches: bool | None = None
    facts: list[tuple[str, str]] = field(default_factory=list)
    papers: list[Certificate] = field(default_factory=list)  # of the file for the printer: all of its batch
    numbers: list[str] = field(default_factory=list)  # what a file claims

    @property
    def no_longer_valid(self) -> list[Certificate]:
        """The papers of a merged file that do not count today."""
        return [paper for paper in self.papers if paper.status_today != CertificateStatus.VALID]

    @property
    def is_genuine(self) -> bool:
        """Valid today, and the file, if there was one, unaltered."""
        return self.status == CertificateStatus.VALID and self.hash_matches is not False

    @property
    def valid_until(self) -> date | None:
        return self.certificate.valid_until if self.certificate else None

    def document(self) -> dict[str, Any]:
        """The document of ``flask certificates verify``."""
        paper = self.certificate
        any_paper = paper or (self.papers[0] if self.papers else None)
        return {
            "number": self.number,
            "kind": any_paper.kind.value if any_paper else None,
            "status": self.status,
            "holder_masked": paper.holder_masked if paper else None,
            "issued_on": any_paper.issued_on.isoformat() if any_paper else None,
            "hash_matches": self.hash_matches,
            "signature": "absent",
        }


def verify_number(text: str) -> Verdict:
    """What the register says of this number."""
    return _verdict(queries.find_number(text), number=tidy(text))


def verify_file(content: bytes) -> Verdict:
    """What the register says of this file: the very bytes that were issued, or something else that carries numbers.

    Issued is also the merged file of a batch, which the school prints from. Raises ``UsageProblem`` where it is no PDF.
    """
    if not any(mark in content[:NEAR] + content[-NEAR:] for mark in MARKS_OF_PDF):
        raise UsageProblem(_("这不是 PDF 文件。请选学校发的证书 PDF 原件。"))
    exact = queries.find_hash(hashlib.sha256(content).hexdigest())
    if exact is not None:
        return _verdict(exact, number=exact.number, hash_matches=True)
    numbers = _numbers_in(content)
    if numbers and (batch := _batch_printed_as(content, numbers[0])):
        return _merged(queries.certificates_of_batch(batch))
    if len(numbers) > 1:
        return Verdict(UNKNOWN, hash_matches=False, numbers=numbers)
    number = numbers[0] if numbers else ""
    return _verdict(queries.find_number(number) if number else None, number=number, hash_matches=False)


def _numbers_in(content: bytes) -> list[str]:
    """The numbers that a file claims, from its text, each once."""
    found = re.findall(SHAPE, press.text_of(content))
    return [number for number in dict.fromkeys(found) if is_number(number)]


def _batch_printed_as(content: bytes, number: str) -> CertificateBatch | None:
    """The batch of the paper with this number, if the content is its file for the printer, byte for byte."""
    paper = queries.find_number(number)
    batch = queries.batch_of(paper) if paper else None
    return batch if batch and batch.merged_key and store().get(batch.merged_key) == content else None


def _merged(papers: list[Certificate]) -> Verdict:
    """The file is ours; it counts as a whole only while each of its papers does."""
    if len(papers) == 1:
        return _verdict(papers[0], number=papers[0].number, hash_matches=True)
    fallen = [paper.status_today for paper in papers if paper.status_today != CertificateStatus.VALID]
    return Verdict(fallen[0] if fallen else CertificateStatus.VALID, hash_matches=True, papers=papers)


def _verdict(certificate: Certificate | None, *, number: str, hash_matches: bool | None = None) -> Verdict:
    if certificate is None or certificate.status == CertificateStatus.PRINTING:
        return Verdict(UNKNOWN, number=number, hash_matches=hash_matches)
    snapshot = certificate.snapshot
    facts = [(str(label), str(snapshot[name])) for name, label in PUBLIC_FACTS[certificate.kind] if snapshot.get(name)]
    return Verdict(certificate.status_today, certificate, certificate.number, hash_matches, facts)
