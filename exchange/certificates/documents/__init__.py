"""What stands on the papers: plain, frozen values taken from the records, in the words of the forms."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from flask import current_app

from exchange.accounts.models import User
from exchange.certificates.documents.paper import Paper, chinese_number, heading, plain_date
from exchange.certificates.documents.transcript import Transcript, abridged, compose_transcript
from exchange.certificates.models import CertificateKind
from exchange.core.errors import DomainError
from exchange.core.i18n import DEFAULT, _, speaking
from exchange.core.masking import mask_resident_id
from exchange.placements import queries as placements_queries
from exchange.reference.ethnic_groups import find_ethnic_group
from exchange.students.models import Student

TRIAL_NUMBER = "样张"

Composer = Callable[[Student, dict[str, str], dict[str, str], User | None], Paper]


class NothingToCertify(DomainError):
    """There is nothing yet that the paper could state."""


@dataclass(frozen=True)
class EnrolmentLetter(Paper):
    sex: str = ""
    ethnicity: str = ""
    birth: str = ""
    resident_id_masked: str = ""
    enrol_year: str = ""
    major: str = ""
    class_name: str = ""
    length: str = ""
    expected_graduation: str = ""
    purpose: str = ""
    valid_days: str = ""
    officer: str = ""


@dataclass(frozen=True)
class InternshipCertificate(Paper):
    student_no: str = ""
    major: str = ""
    unit: str = ""
    post: str = ""
    start: str = ""
    end: str = ""
    days: str = ""
    tasks: str = ""
    remark: str = ""
    grade: str = ""
    mentor: str = ""
    school_department: str = ""
    school_date_cn: str = ""


@dataclass(frozen=True)
class HonourCertificate(Paper):
    school_year: str = ""
    event: str = ""
    title: str = ""


def compose_paper(
    kind: CertificateKind, student: Student, settings: dict[str, str], *, issued_on: date, officer: User | None
) -> Paper:
    """The words of one person's paper, without number: in Chinese, whatever the language of whoever issues it."""
    with speaking(DEFAULT):
        return COMPOSERS[kind](student, settings, heading(student, issued_on), officer)


def trial(paper: Paper) -> dict[str, Any]:
    """What the press needs to say whether the paper can be printed."""
    values = numbered(paper, TRIAL_NUMBER)
    return abridged(values) if isinstance(paper, Transcript) else values


def numbered(paper: Paper, number: str) -> dict[str, Any]:
    """The mapping that the press prints: the words under their number, with the address that verifies it."""
    address = f"{current_app.config['PUBLIC_URL'].rstrip('/')}/verify/{number}"
    return asdict(replace(paper, number=number, qr=address))


def _enrolment_letter(
    student: Student, settings: dict[str, str], heading: dict[str, str], officer: User | None
) -> EnrolmentLetter:
    school_class, group = student.school_class, find_ethnic_group(student.ethnicity)
    programme = school_class.programme
    return EnrolmentLetter(
        **heading,
        sex=str(student.sex.label),
        ethnicity=group.name if group else "",
        birth=plain_date(student.birth_date),
        resident_id_masked=mask_resident_id(student.resident_id),
        enrol_year=str(school_class.intake_year),
        major=programme.name,
        class_name=school_class.name,
        length=chinese_number(programme.length_years),
        expected_graduation=f"{school_class.intake_year + programme.length_years}年6月",
        purpose=settings["purpose"],
        valid_days=settings["valid_days"],
        officer=officer.name if officer else "",
    )


def _internship_certificate(
    student: Student, settings: dict[str, str], heading: dict[str, str], officer: User | None
) -> InternshipCertificate:
    result = placements_queries.internship_result(student)
    if result is None:
        raise NothingToCertify(_("%(name)s还没有结束的实习。", name=student.name))
    return InternshipCertificate(
        **heading,
        student_no=student.student_no,
        major=student.school_class.programme.name,
        unit=result.host_name,
        post=result.post_name,
        start=plain_date(result.starts_on),
        end=plain_date(result.ends_on),
        days=str(result.days),
        mentor=result.mentor_name,
        school_department=heading["office"],
        school_date_cn=heading["date_cn"],
    )


def _transcript(student: Student, settings: dict[str, str], heading: dict[str, str], officer: User | None) -> Paper:
    return compose_transcript(student, heading)


def _honour_certificate(
    student: Student, settings: dict[str, str], heading: dict[str, str], officer: User | None
) -> HonourCertificate:
    return HonourCertificate(**heading, **settings)


COMPOSERS: dict[CertificateKind, Composer] = {
    CertificateKind.ENROLMENT_LETTER: _enrolment_letter,
    CertificateKind.TRANSCRIPT: _transcript,
    CertificateKind.INTERNSHIP_CERTIFICATE: _internship_certificate,
    CertificateKind.HONOUR_CERTIFICATE: _honour_certificate,
}
