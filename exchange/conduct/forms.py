"""The assessment of a whole class, as the homeroom teacher fills it in."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import Length

from exchange.conduct.models import ConductAssessment, Grade
from exchange.conduct.service import Entry, Outcome
from exchange.core.fields import choices, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.students.models import Student

LONGEST_COMMENT = 500
GRADES = {grade.value: grade for grade in Grade}


class ClassForm(Form):
    """One row per student: grade, comment, and, where the comment looks like another's, that it is meant.

    Rows without a grade are left for later; a comment alone is refused, so that it is not lost unseen.
    """

    reason = StringField(_("修改的理由"), [Length(max=200)], filters=[stripped], description=_("公布以后修改才要写。"))

    def __init__(self, *, members: Sequence[Student], stored: Mapping[int, ConductAssessment], **kwargs: Any) -> None:
        self.members, self.stored = members, stored
        self.sentences: dict[int, list[str]] = {}
        super().__init__(**kwargs)

    def row(self, student: Student) -> dict[str, Any]:
        """The fields of one student."""
        return {name: self[f"{name}_{student.id}"] for name in ("grade", "comment", "confirmed", "version")}

    def entries(self) -> list[Entry]:
        """What was filled in, for the service."""
        return [
            Entry(
                student=student,
                grade=GRADES[self[f"grade_{student.id}"].data],
                comment=self[f"comment_{student.id}"].data,
                version=_whole(self[f"version_{student.id}"].data),
                confirmed=self[f"confirmed_{student.id}"].data,
                reason=self.reason.data or "",
            )
            for student in self.members
            if self[f"grade_{student.id}"].data in GRADES
        ]

    def go_on(self, outcome: Outcome, stored: Mapping[int, ConductAssessment]) -> None:
        """Show what was refused beside what is stored now, so that it may be sent again over it."""
        self.stored = stored
        self.sentences.update(outcome.refused)
        self.form_errors.append(
            _("已保存 %(done)s 人，下面有 %(left)s 人没有保存。", done=outcome.written, left=len(outcome.refused))
        )
        for student in self.members:
            known = stored.get(student.id)
            self[f"version_{student.id}"].data = str(known.version if known else 0)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        for student in self.members:
            row = self.row(student)
            if row["comment"].data and row["grade"].data not in GRADES:
                self.sentences[student.id] = [str(_("写了评语，还没有选等第。"))]
                valid = False
        return valid


def class_form(members: Sequence[Student], stored: Mapping[int, ConductAssessment]) -> ClassForm:
    """The form with the fields of these students."""
    fields: dict[str, Any] = {}
    offered = choices((grade.value, grade.label) for grade in Grade)
    for student in members:
        known = stored.get(student.id)
        fields[f"grade_{student.id}"] = RadioField(
            _("等第"), choices=offered, default=known.grade.value if known else None, validate_choice=False
        )
        fields[f"comment_{student.id}"] = TextAreaField(
            _("评语"),
            [Length(max=LONGEST_COMMENT)],
            filters=[stripped],
            default=(known.comment or "") if known else "",
        )
        fields[f"confirmed_{student.id}"] = BooleanField(_("就是这样写的，保存"))
        fields[f"version_{student.id}"] = HiddenField(default=str(known.version if known else 0))
    return type("ClassFormOf", (ClassForm,), fields)(members=members, stored=stored)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
