"""Invented content for the page that shows every component once."""

from datetime import UTC, datetime
from types import SimpleNamespace

from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired

from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.core.pagination import Page
from exchange.jobs.models import Job, JobState


class SampleForm(Form):
    """One field of each common kind."""

    name = StringField(_("姓名"), [InputRequired()], description=_("与身份证一致"))
    starts_on = DateField(_("第一天"), [InputRequired()])
    reason = TextAreaField(_("原因"))


def sample() -> SimpleNamespace:
    """What ``templates/design.html`` shows."""
    moment = datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
    students = [
        SimpleNamespace(id=1, name="岩·温罕", pinyin="yan wen han", number="20250112", county="芒市", mark="86.5"),
        SimpleNamespace(id=2, name="刀玉兰", pinyin="dao yu lan", number="20250113", county="瑞丽市", mark="缺"),
    ]
    return SimpleNamespace(
        job=Job(id=0, state=JobState.RUNNING, done=12, total=35, url="", error=""),
        findings=[
            {"rule": "INT-13", "article": "9", "severity": "block", "message": _("未见监护人签署的知情同意书")},
            {"rule": "INT-03", "article": "5", "severity": "gate", "message": _("岗位实习尚未备案")},
            {"rule": "INT-12", "article": "8", "severity": "warn", "message": _("岗位与所学专业不属同一大类")},
        ],
        students=students,
        page=Page(items=students, number=2, per_page=2, total=76),
        form=SampleForm(formdata=None),
        events=[
            SimpleNamespace(
                label=_("批准"),
                created_at=moment,
                actor=SimpleNamespace(name="章校长"),
                reason="",
                changes=None,
                action="",
            )
        ],
    )
