"""What stands between a student and a paper, before a number is spent."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from exchange.certificates.models import Certificate, CertificateKind, CertificateStatus
from exchange.core.database import db, today
from exchange.core.i18n import _
from exchange.coursework import queries as coursework_queries
from exchange.placements import queries as placements_queries
from exchange.students.models import Student, StudentStatus


@dataclass(frozen=True)
class Obstacle:
    """Why one person gets no paper: a code of ``interface.md`` §2 and a sentence."""

    student: Student
    code: str
    message: str


ALREADY_ISSUED = "already.issued"
Check = Callable[[Student, dict[str, str]], tuple[str, str] | None]


def is_enrolled(student: Student, _settings: dict[str, str]) -> tuple[str, str] | None:
    """Only who studies here today is "在读"."""
    if student.status == StudentStatus.REGISTERED:
        return None
    return "status.not_enrolled", str(_("学籍状态是“%(status)s”，不能开具。", status=student.status.label))


def names_ethnicity(student: Student, _settings: dict[str, str]) -> tuple[str, str] | None:
    """The letter names it; an empty place would look forged."""
    if student.ethnicity:
        return None
    return "field.missing", str(_("缺少民族，请先在学生页补全。"))


def has_results(student: Student, _settings: dict[str, str]) -> tuple[str, str] | None:
    """An empty transcript says nothing."""
    if coursework_queries.transcript(student).terms:
        return None
    return "field.missing", str(_("还没有已公布的成绩。"))


def has_finished_internship(student: Student, _settings: dict[str, str]) -> tuple[str, str] | None:
    """Only an internship that has ended can be certified, and once."""
    result = placements_queries.internship_result(student)
    if result is None:
        return "internship.not_ended", str(_("还没有结束的实习。"))
    for certificate in _valid_papers(student, CertificateKind.INTERNSHIP_CERTIFICATE):
        if certificate.snapshot.get("unit") == result.host_name and certificate.issued_on > result.ends_on:
            return ALREADY_ISSUED, str(_("已经开具过，编号 %(number)s。", number=certificate.number))
    return None


def is_not_honoured_yet(student: Student, settings: dict[str, str]) -> tuple[str, str] | None:
    """The same honour is given once."""
    for certificate in _valid_papers(student, CertificateKind.HONOUR_CERTIFICATE):
        shown = certificate.snapshot
        if all(shown.get(name) == settings[name] for name in ("title", "event", "school_year")):
            return ALREADY_ISSUED, str(_("已经开具过，编号 %(number)s。", number=certificate.number))
    return None


def _valid_papers(student: Student, kind: CertificateKind) -> list[Certificate]:
    usable = {CertificateStatus.VALID, CertificateStatus.PRINTING}
    papers = select(Certificate).where(
        Certificate.student_id == student.id, Certificate.kind == kind, Certificate.status.in_(usable)
    )
    return [paper for paper in db.session.scalars(papers) if not paper.valid_until or paper.valid_until >= today()]


CHECKS: dict[CertificateKind, tuple[Check, ...]] = {
    CertificateKind.ENROLMENT_LETTER: (is_enrolled, names_ethnicity),
    CertificateKind.TRANSCRIPT: (has_results,),
    CertificateKind.INTERNSHIP_CERTIFICATE: (has_finished_internship,),
    CertificateKind.HONOUR_CERTIFICATE: (is_not_honoured_yet,),
}


def obstacles(student: Student, kind: CertificateKind, settings: dict[str, str]) -> list[Obstacle]:
    """Everything that is missing for this person, never just "no"."""
    found = (check(student, settings) for check in CHECKS[kind])
    return [Obstacle(student, code, message) for code, message in filter(None, found)]


def not_entitled(student: Student, kind: CertificateKind, settings: dict[str, str]) -> str:
    """Why somebody may not have the paper now, whatever was found when it was asked for; "" for everybody else."""
    return next((each.message for each in obstacles(student, kind, settings)), "")


def no_longer_entitled(student: Student, kind: CertificateKind, settings: dict[str, str]) -> str:
    """Why somebody may not have the paper that was asked for earlier, as after a withdrawal; "" for everybody else.

    A paper that stands already is no reason here: a reissue takes its place.
    """
    reasons = (each.message for each in obstacles(student, kind, settings) if each.code != ALREADY_ISSUED)
    return next(reasons, "")
