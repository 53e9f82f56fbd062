"""Who may go where before anybody is compared: the classes of an opening, and what the law forbids."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from exchange.core.i18n import _, current_language
from exchange.placements.facts.values import Arranger, InternshipKind
from exchange.placements.models import Placement
from exchange.placements.record_facts import forbidden
from exchange.selection.models import InternshipBatch, Opening
from exchange.students.models import Student

Pair = tuple[int, int]
"""Student and opening, by their numbers."""


@dataclass(frozen=True)
class Obstacle:
    """Why a student may not go to an opening, whatever the scores say."""

    opening: Opening
    ground: dict[str, Any]

    @property
    def short(self) -> str:
        """As a list of openings says it beside the name."""
        if self.ground["why"] == "class":
            return str(_("不面向这个班"))
        return str(self.ground["en"] if current_language() == "en" else self.ground["zh"])

    def sentence(self, student: Student) -> str:
        return str(
            _("%(name)s不能去“%(opening)s”：%(why)s。", name=student.name, opening=self.opening.title, why=self.short)
        )


def obstacles(batch: InternshipBatch, pairs: Sequence[tuple[Student, Opening]]) -> dict[Pair, Obstacle]:
    """What stands between these students and these openings; who is left out may go."""
    found = {
        (student.id, opening.id): Obstacle(opening, {"why": "class"})
        for student, opening in pairs
        if not opening.is_for(student.school_class_id)
    }
    asked = [(student, opening) for student, opening in pairs if (student.id, opening.id) not in found]
    for (student, opening), findings in zip(asked, forbidden(_drafts(batch, asked)), strict=True):
        if findings:
            worst = findings[0]
            ground = {"why": "law", "rule": worst.rule.code, "zh": worst.message.zh, "en": worst.message.en}
            found[student.id, opening.id] = Obstacle(opening, ground)
    return found


def _drafts(batch: InternshipBatch, pairs: Iterable[tuple[Student, Opening]]) -> list[Placement]:
    """The placements that would be planned. They never reach the session: nothing that is stored points at them."""
    return [
        Placement(
            student=student,
            post=opening.post,
            kind=InternshipKind.POST,
            starts_on=batch.starts_on,
            ends_on=batch.ends_on,
            arranged_by=Arranger.SCHOOL,
            agency="",
        )
        for student, opening in pairs
    ]
