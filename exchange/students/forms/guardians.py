"""Guardians and other people to call, as they are entered."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from exchange.core.database import today
from exchange.core.fields import choices, choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _, listed
from exchange.core.masking import masked
from exchange.reference.codes import code_list
from exchange.reference.names import named
from exchange.students.forms.sealed import SealedForm
from exchange.students.models import ContactKind, Guardian
from exchange.students.service.guardians import NEW_PERSON

READS = {"": None, "yes": True, "no": False}
LANGUAGES = "汉语 傣语 景颇语 载瓦语 德昂语 阿昌语 傈僳语".split()


class GuardianContactForm(SealedForm):
    """What a homeroom teacher keeps up to date."""

    SEALED: tuple[str, ...] = ("phone",)

    phone = StringField(_("电话"), [Length(max=20)], filters=[stripped], render_kw={"inputmode": "tel"})
    language = StringField(
        _("说什么语言"),
        [Length(max=30)],
        filters=[stripped],
        description=_("在家说的语言，打电话前先找好翻译。"),
        render_kw={"list": "languages", "autocomplete": "off"},
    )
    reads_mandarin = SelectField(
        _("能看懂汉字吗"), choices=choices([("", _("还没有问过")), ("yes", _("能")), ("no", _("不能"))])
    )

    @property
    def values(self) -> dict[str, Any]:
        values = super().values
        return values | {"reads_mandarin": READS[values["reads_mandarin"]]}

    @staticmethod
    def reads(guardian: Guardian) -> str:
        """The choice that says what is known."""
        return next(word for word, known in READS.items() if known is guardian.reads_mandarin)


class GuardianForm(GuardianContactForm):
    """The person and the relation. ``known`` appears when the person may have been entered before."""

    SEALED = ("phone", "resident_id")

    name = StringField(_("姓名"), [InputRequired(), Length(max=100)], filters=[stripped])
    relation = SelectField(_("和学生的关系"))
    resident_id = StringField(
        _("身份证件号"),
        [Length(max=30)],
        filters=[stripped],
        description=_("填了才认得出兄弟姐妹的同一位监护人。"),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    is_legal_guardian = BooleanField(_("是法定监护人"), default=True)
    may_sign = BooleanField(_("可以代学生签字"), default=True)
    call_order = IntegerField(
        _("第几个打电话"), [InputRequired(), NumberRange(min=1, max=9)], default=1, render_kw={"inputmode": "numeric"}
    )
    begins_on = DateField(_("从哪天起"), [Optional()], description=_("从出生起就是的，不用填。"))
    known = RadioField(_("是不是同一个人"), validate_choice=False)

    def __init__(self, *, relation_now: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        names = list(code_list("relation").names)
        also = [relation_now] if relation_now and relation_now not in names else []
        self.relation.choices = choices((name, named(name)) for name in names + also)
        self.known.choices = []

    def offer(self, people: Sequence[Guardian], wards: Mapping[int, list[str]], *, is_certain: bool) -> None:
        """Ask whether one of these is meant."""
        offered = [(str(each.id), _describe(each, wards.get(each.id, []))) for each in people]
        another = [] if is_certain else [(NEW_PERSON, _("不是，另外登记一个人"))]
        self.known.choices = choices([*offered, *another])
        self.known.errors = [_("选一项，再保存。")]

    @property
    def values(self) -> dict[str, Any]:
        values = super().values
        values["same_as"] = values.pop("known") or ""
        return values


class EndForm(Form):
    until = DateField(_("从哪天起不再是监护人"), [InputRequired()], default=today)
    reason = TextAreaField(_("为什么"), [InputRequired(), Length(min=2, max=200)], filters=[stripped])


class ContactForm(SealedForm):
    SEALED = ("phone",)

    kind = SelectField(_("类别"), coerce=ContactKind, choices=choices_of(ContactKind))
    name = StringField(_("姓名"), [InputRequired(), Length(max=100)], filters=[stripped])
    position = StringField(_("关系或职务"), [Length(max=60)], filters=[stripped])
    phone = StringField(_("电话"), [Length(max=20)], filters=[stripped], render_kw={"inputmode": "tel"})
    language = StringField(
        _("说什么语言"), [Length(max=30)], filters=[stripped], render_kw={"list": "languages", "autocomplete": "off"}
    )


def _describe(guardian: Guardian, wards: Sequence[str]) -> str:
    told = {"name": guardian.name, "phone": masked(guardian.phone), "wards": listed(wards) or _("暂时没有")}
    return str(_("是：%(name)s，电话 %(phone)s，孩子：%(wards)s", **told))
