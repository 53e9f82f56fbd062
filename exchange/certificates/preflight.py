"""The check of a whole batch before a number is spent: every reason, person by person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from exchange import press
from exchange.accounts.models import User
from exchange.certificates import documents
from exchange.certificates.eligibility import Obstacle, obstacles
from exchange.certificates.kinds import Kind
from exchange.core.database import today
from exchange.students.models import Student


@dataclass(frozen=True)
class Preflight:
    """Who is ready, and what stands in the way of the others."""

    ready: list[Student]
    findings: list[Obstacle]

    @property
    def blocked(self) -> list[Student]:
        """Each person once, in the order of the class."""
        return list(dict.fromkeys(finding.student for finding in self.findings))

    def document(self) -> dict[str, Any]:
        """The document of ``flask certificates preflight``."""
        return {
            "ready": len(self.ready),
            "blocked": len(self.blocked),
            "findings": [
                {"student_no": finding.student.student_no, "code": finding.code, "message": finding.message}
                for finding in self.findings
            ],
        }


def preflight(
    kind: Kind, students: Sequence[Student], settings: dict[str, str], *, officer: User | None = None
) -> Preflight:
    """Check everybody: who may have the paper, and whether the paper can be printed."""
    findings = [finding for student in students for finding in obstacles(student, kind.kind, settings)]
    stopped = {finding.student.id for finding in findings}
    printable = [student for student in students if student.id not in stopped]
    findings += _printing_problems(kind, printable, settings, officer)
    stopped = {finding.student.id for finding in findings}
    return Preflight([student for student in students if student.id not in stopped], findings)


def _printing_problems(
    kind: Kind, students: Sequence[Student], settings: dict[str, str], officer: User | None
) -> list[Obstacle]:
    """What the press would refuse: a missing glyph, a text that does not fit."""
    trials = [
        documents.trial(documents.compose_paper(kind.kind, student, settings, issued_on=today(), officer=officer))
        for student in students
    ]
    return [
        Obstacle(student, problem.code, problem.message)
        for student, problems in zip(students, press.preflight(kind.template, trials), strict=True)
        for problem in problems
    ]
