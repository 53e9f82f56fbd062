"""What stands on the papers: plain, frozen values taken from the records, in the words of the forms."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from exchange.accounts.models import User
from exchange.certificates.models import CertificateKind
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.masking import mask_resident_id
from exchange.core.templating import format_number
from exchange.coursework import queries as coursework_queries
from exchange.coursework.queries import TranscriptLine, TranscriptTerm
from exchange.coursework.scales import levels_note
from exchange.placements import queries as placements_queries
from exchange.reference.ethnic_groups import find_ethnic_group
from exchange.students.models import Student

DIGITS = "〇一二三四五六七八九"
TRIAL_NUMBER = "样张"

Composer = Callable[[Student, dict[str, str], dict[str, str], User | None], "Paper"]


class NothingToCertify(DomainError):
    """There is nothing yet that the paper could state."""


def chinese_date(day: date) -> str:
    """二〇二六年六月三十日."""
    year = "".join(DIGITS[int(digit)] for digit in f"{day.year:04d}")
    return f"{year}年{chinese_number(day.month)}月{chinese_number(day.day)}日"


def plain_date(day: date) -> str:
    """2026年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese: 三, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones else "")


@dataclass(frozen=True)
class Paper:
    """What every kind of paper says. ``number`` and ``qr`` are given at issue, never at preview."""

    school: str
    office: str
    phone: str
    name: str
    date_cn: str
    verify_line: str
    number: str = ""
    qr: str = ""


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
class Transcript(Paper):
    sex: str = ""
    student_no: str = ""
    birth: str = ""
    major: str = ""
    class_name: str = ""
    length: str = ""
    enrol_date: str = ""
    terms: list[dict[str, Any]] = field(default_factory=list)
    summary: list[list[str]] = field(default_factory=list)
    levels: str = ""


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
    """The words of one person's paper, without number."""
    return COMPOSERS[kind](student, settings, _heading(student, issued_on), officer)


def numbered(paper: Paper, number: str) -> dict[str, Any]:
    """The mapping that the press prints: the words under their number, with the address that verifies it."""
    address = f"{current_app.config['PUBLIC_URL'].rstrip('/')}/verify/{number}"
    return asdict(replace(paper, number=number, qr=address))


def _heading(student: Student, issued_on: date) -> dict[str, str]:
    config = current_app.config
    place = urlsplit(config["PUBLIC_URL"]).netloc
    return {
        "school": config["SCHOOL_NAME"],
        "office": config["SCHOOL_OFFICE"],
        "phone": config["SCHOOL_PHONE"],
        "name": student.name,
        "date_cn": chinese_date(issued_on),
        "verify_line": f"扫码或在 {place}/verify 输入编号，可查验本证明真伪。",
    }


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


def _transcript(
    student: Student, settings: dict[str, str], heading: dict[str, str], officer: User | None
) -> Transcript:
    results = coursework_queries.transcript(student)
    programme = student.school_class.programme
    return Transcript(
        **heading,
        sex=str(student.sex.label),
        student_no=student.student_no,
        birth=plain_date(student.birth_date),
        major=programme.name,
        class_name=student.school_class.name,
        length=chinese_number(programme.length_years),
        enrol_date=plain_date(student.enrolled_on),
        terms=[_term(term) for term in results.terms],
        summary=[["总学时", str(results.hours)], ["已得学分", format_number(results.earned)]],
        levels=levels_note(),
    )


def _term(term: TranscriptTerm) -> dict[str, Any]:
    return {
        "school_year": f"{term.school_year}—{term.school_year + 1}学年",
        "term": f"第{chinese_number(term.number)}学期",
        "rows": [
            {
                "code": line.code,
                "course": line.course,
                "nature": str(line.kind.label).removesuffix("课"),
                "hours": str(line.hours),
                "credits": format_number(line.credits),
                "mark": _mark(line),
                "note": line.remark,
            }
            for line in term.lines
        ],
    }


def _mark(line: TranscriptLine) -> str:
    """Always one decimal, so that the column lines up; else what stands in the place of a figure."""
    return f"{line.score:.1f}" if line.score is not None else line.shown


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
