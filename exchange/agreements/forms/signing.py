"""Signing on the own phone or account, what the office records, and to whom a link goes."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length

from exchange.agreements.models import AgreementDocument
from exchange.agreements.service import Scan
from exchange.agreements.values import BY_OFFICE, Answer, DocumentKind, Party
from exchange.attachments.forms import FilesField
from exchange.core.database import today
from exchange.core.fields import ChecksField, choices, choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.placements.models import Placement
from exchange.students.models import Guardianship

DAYS_OFFERED = (3, 7, 14)
MOST_FILES = 5


class SignForm(Form):
    """The name typed and the box ticked: nobody signs by a slip of the thumb."""

    name = StringField(_("您的姓名"), [InputRequired(), Length(max=100)], filters=[stripped])
    read = BooleanField(_("我看过、看懂了全部内容"))
    sign = SubmitField(_("确认签字"))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if not self._is_answered():
            self.form_errors.append(_("看完以后，点一下按钮。"))
            return False
        if self.sign.data and not self.read.data:
            self.read.errors = [_("看完以后，点一下前面的方框。")]
            return False
        return valid

    def _is_answered(self) -> bool:
        return bool(self.sign.data)


class ConsentForm(SignForm):
    """Two buttons of the same size; whoever does not agree says why in a sentence."""

    reason = TextAreaField(
        _("不同意的理由"), [Length(max=300)], filters=[stripped], description=_("同意的不用写。"), render_kw={"rows": 2}
    )
    sign = SubmitField(_("同意，签字"))
    decline = SubmitField(_("不同意"))

    def _is_answered(self) -> bool:
        return self.sign.data is not self.decline.data


class RecordForm(Form):
    """What somebody has signed on paper, or before a witness, as the office writes it down."""

    guardianship = RadioField(_("谁签的"), coerce=int)
    signed_by = StringField(_("谁签的"), [Length(max=60)], filters=[stripped])
    answer = RadioField(_("怎么答复"), choices=choices_of(Answer), default=Answer.SIGNED.value)
    reason = TextAreaField(_("不同意的理由"), [Length(max=300)], filters=[stripped], render_kw={"rows": 2})
    route = RadioField(_("怎么签的"), choices=choices_of(BY_OFFICE))
    signed_on = DateField(_("签字日期"), [InputRequired()], default=today)
    witness = StringField(
        _("见证人"), [Length(max=60)], filters=[stripped], description=_("当面签字的，写在谁面前签的。")
    )
    files: MultipleFileField = FilesField(_("扫描件或照片"))
    also = ChecksField(_("同一天也签了"), coerce=int)

    def __init__(
        self,
        *,
        document: AgreementDocument,
        party: Party,
        guardianships: Sequence[Guardianship],
        companions: Sequence[Placement],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        people = [(each.id, f"{each.guardian.name} {each.relation}".strip()) for each in guardianships]
        self.guardianship.choices = choices(people)
        self.also.choices = choices((each.id, f"{each.student.name} {each.student.student_no}") for each in companions)
        for name in self._not_asked(document, party):
            del self[name]

    def _not_asked(self, document: AgreementDocument, party: Party) -> list[str]:
        """What this party of this document needs no field for."""
        unit = party in {Party.SCHOOL, Party.HOST}
        beside = ["guardianship", "signed_by"] if party is Party.STUDENT else []
        beside += ["guardianship"] if unit else ["also"]
        beside += ["signed_by"] if party is Party.GUARDIAN else []
        return list(dict.fromkeys(beside + ([] if document.kind is DocumentKind.CONSENT else ["answer", "reason"])))

    def validate_files(self, field: FilesField) -> None:
        if len([file for file in field.data or () if getattr(file, "filename", "")]) > MOST_FILES:
            field.errors = [_("最多 %(count)s 个文件。", count=MOST_FILES)]

    @property
    def scans(self) -> list[Scan]:
        """The files that were chosen."""
        return [Scan(name, content) for name, content in self.files.contents]


def _days() -> SelectField:
    return SelectField(
        _("几天内有效"),
        coerce=int,
        choices=choices((days, _("%(days)s 天", days=days)) for days in DAYS_OFFERED),
        default=DAYS_OFFERED[1],
    )


class SendForm(Form):
    """For how long the links to everybody who is missing are good."""

    days = _days()


class LinkForm(Form):
    """To whom a link goes, and for how long."""

    guardianship = RadioField(_("发给谁"), coerce=int)
    recipient = StringField(_("发给单位的谁"), [InputRequired(), Length(max=60)], filters=[stripped])
    days = _days()

    def __init__(self, *, party: Party, guardianships: Sequence[Guardianship], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        people = [(each.id, f"{each.guardian.name} {each.relation}".strip()) for each in guardianships]
        self.guardianship.choices = choices(people)
        if party is not Party.GUARDIAN:
            del self.guardianship
        if party is not Party.HOST:
            del self.recipient
