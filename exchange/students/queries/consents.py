"""Reading what was agreed to: per student the last answer of each kind, per class who has not answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from exchange.core.database import db
from exchange.core.i18n import _
from exchange.links.models import Link
from exchange.links.queries import links_of
from exchange.students.consents import SILENCE_IS_NO, TEXTS, ConsentText
from exchange.students.models import ConsentAnswer, ConsentKind, ConsentRecord, Guardianship, Student


@dataclass(frozen=True)
class ConsentState:
    """Where one kind stands for one student."""

    kind: ConsentKind
    text: ConsentText
    record: ConsentRecord | None

    @property
    def is_missing(self) -> bool:
        """Nobody has answered the present text."""
        return self.record is None or (
            self.record.text_version != self.text.version and self.record.withdrawn_on is None
        )

    @property
    def label(self) -> str:
        if self.record is None:
            return str(_("还没有答复"))
        if self.record.withdrawn_on:
            return str(_("已撤回"))
        if self.is_missing:
            return str(_("文本已更新，要重新答复"))
        return str(self.record.answer.label)

    @property
    def tone(self) -> str:
        if self.is_missing:
            return "waiting"
        return "done" if self.record and self.record.is_standing else "info"


def states_of(student: Student) -> list[ConsentState]:
    """Each kind with its last answer."""
    latest = _latest([student.id])
    return [ConsentState(kind, text, latest.get((student.id, kind))) for kind, text in TEXTS.items()]


def missing_in(students: Sequence[Student]) -> dict[int, list[ConsentKind]]:
    """Student → the kinds that still wait for an answer; what counts as a no without one is not waited for."""
    latest = _latest([student.id for student in students])
    return {
        student.id: [
            kind
            for kind, text in TEXTS.items()
            if kind not in SILENCE_IS_NO and ConsentState(kind, text, latest.get((student.id, kind))).is_missing
        ]
        for student in students
    }


def answers_of(student: Student) -> list[ConsentRecord]:
    """Every answer, the newest first."""
    records = select(ConsentRecord).where(ConsentRecord.student_id == student.id)
    newest = records.options(joinedload(ConsentRecord.recorded_by)).order_by(ConsentRecord.id.desc())
    return list(db.session.scalars(newest).unique())


def standing(student: Student, kind: ConsentKind) -> ConsentRecord | None:
    """The answer that counts now, given or refused; none where it was taken back."""
    record = _latest([student.id]).get((student.id, kind))
    return record if record and record.withdrawn_on is None else None


def links_about(student: Student) -> Select[Link]:
    """The links by which the student's guardians were asked, the newest first; guardians must be loaded."""
    return links_of(Guardianship, [bond.id for bond in student.guardianships], purpose="consent")


def has_agreed(student: Student, kind: ConsentKind) -> bool:
    """Whether the school may do what the kind is about; for features above."""
    record = standing(student, kind)
    return record is not None and record.answer is ConsentAnswer.GIVEN


def _latest(student_ids: Iterable[int]) -> dict[tuple[int, ConsentKind], ConsentRecord]:
    records: Select[ConsentRecord] = select(ConsentRecord).where(ConsentRecord.student_id.in_(list(student_ids)))
    return {(each.student_id, each.kind): each for each in db.session.scalars(records.order_by(ConsentRecord.id))}
