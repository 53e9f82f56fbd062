"""The check of a paper by anyone: its number, or the file itself. Shows what stands on it, masked."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from exchange import press
from exchange.certificates import queries
from exchange.certificates.models import Certificate, CertificateKind, CertificateStatus
from exchange.certificates.numbering import SHAPE, is_number, tidy
from exchange.core.i18n import _

UNKNOWN = "unknown"
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
        return {
            "number": self.number,
            "kind": paper.kind.value if paper else None,
            "status": self.status,
            "holder_masked": paper.holder_masked if paper else None,
            "issued_on": paper.issued_on.isoformat() if paper else None,
            "hash_matches": self.hash_matches,
            "signature": "absent",
        }


def verify_number(text: str) -> Verdict:
    """What the register says of this number."""
    return _verdict(queries.find_number(text), number=tidy(text))


def verify_file(content: bytes) -> Verdict:
    """What the register says of this file: the very bytes that were issued, or something else that carries a number."""
    exact = queries.find_hash(hashlib.sha256(content).hexdigest())
    if exact is not None:
        return _verdict(exact, number=exact.number, hash_matches=True)
    number = _number_in(content)
    return _verdict(queries.find_number(number) if number else None, number=number, hash_matches=False)


def _number_in(content: bytes) -> str:
    """The number that a file claims, from its text; "" where there is none."""
    found = re.search(SHAPE, press.text_of(content))
    return found.group() if found and is_number(found.group()) else ""


def _verdict(certificate: Certificate | None, *, number: str, hash_matches: bool | None = None) -> Verdict:
    if certificate is None or certificate.status == CertificateStatus.PRINTING:
        return Verdict(UNKNOWN, number=number, hash_matches=hash_matches)
    snapshot = certificate.snapshot
    facts = [(str(label), str(snapshot[name])) for name, label in PUBLIC_FACTS[certificate.kind] if snapshot.get(name)]
    return Verdict(certificate.status_today, certificate, certificate.number, hash_matches, facts)
