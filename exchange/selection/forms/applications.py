"""A student's choices, and an appeal, as families enter them."""

from typing import Any

from wtforms import FieldList, SelectField, TextAreaField
from wtforms.validators import Length

from exchange.core.fields import choices, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.selection.models import Opening
from exchange.students.models import Student

NOTHING = 0
MOST_LINES = 8


class ApplicationForm(Form):
    """One menu for each choice; an empty one is skipped."""

    choices = FieldList(SelectField(coerce=int), max_entries=MOST_LINES)
    companion_id = SelectField(
        _("想和谁一起去"),
        coerce=int,
        description=_("两个人互相选了对方，就只会安排在同一家单位；容不下两个人，就都不去。只有一方选，只作参考。"),
    )
    wishes = TextAreaField(
        _("要让学校知道的"),
        [Length(max=500)],
        filters=[stripped],
        description=_("例如晕车、家里要照顾的人。可以不写。"),
        render_kw={"rows": 2},
    )

    def __init__(self, *, openings: list[Opening], classmates: list[Student], most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        while len(self.choices) < most:
            self.choices.append_entry(NOTHING)
        offered = choices([(NOTHING, _("不选")), *((each.id, each.title) for each in openings)])
        for number, line in enumerate(self.choices, start=1):
            line.label.text = _("第 %(rank)s 志愿", rank=number)
            line.choices = offered
        self.companion_id.choices = choices([(NOTHING, _("不选")), *((each.id, each.name) for each in classmates)])

    @property
    def opening_ids(self) -> list[int]:
        """The chosen openings, the first choice first."""
        return [line.data for line in self.choices if line.data]


class AppealForm(Form):
    because = TextAreaField(
        _("为什么不同意"), [Length(max=1000)], filters=[stripped], render_kw={"rows": 4, "required": True}
    )
