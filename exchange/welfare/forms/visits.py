"""Home visits as teachers plan them, and write them down at the table of the family."""

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from exchange.core.database import today
from exchange.core.fields import stripped
from exchange.core.forms import Form
from exchange.core.i18n import _

LONGEST = 4000


class PlanForm(Form):
    occasion = StringField(
        _("哪一次家访"), [DataRequired(), Length(max=60)], filters=[stripped], description=_("例：2027年寒假家访。")
    )


class _ReportForm(Form):
    visited_on = DateField(_("哪天去的"), [InputRequired()], default=today)
    with_whom = StringField(_("见到了谁"), [DataRequired(), Length(max=120)], filters=[stripped])
    situation = TextAreaField(
        _("家里的情况"),
        [DataRequired(), Length(max=LONGEST)],
        filters=[stripped],
        description=_("用平常的话写：谁在照顾、住得怎样、路远不远。不要写贫困认定，资助由资助专员办。"),
    )
    wishes = TextAreaField(_("家里和孩子的愿望"), [Optional(), Length(max=LONGEST)], filters=[stripped])
    agreed = TextAreaField(_("说好了什么"), [Optional(), Length(max=LONGEST)], filters=[stripped])
    visitors = StringField(_("谁去的"), [DataRequired(), Length(max=120)], filters=[stripped])


class ReportForm(_ReportForm):
    """On a page with network."""

    photos = MultipleFileField(_("照片"), [Optional()], render_kw={"accept": "image/jpeg,image/png"})


class SentReportForm(_ReportForm):
    """As a phone sends what was written without network; its token comes in the head of the request."""

    class Meta:
        csrf = False

    is_supplement = BooleanField(_("作为补充"))
