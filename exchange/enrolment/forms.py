"""Applicants, groups, papers and registrations as people enter them."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from exchange.attachments.forms import FilesField
from exchange.core.fields import ChecksField, Demanded, choices, choices_of, stripped
from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.enrolment.limits import FIRST_YEAR, LAST_YEAR
from exchange.enrolment.models import Applicant, EntryDocument
from exchange.partners.models import CooperationProject
from exchange.programmes.models import SchoolClass
from exchange.reference.areas import Area
from exchange.reference.codes import code_list
from exchange.reference.ethnic_groups import ethnic_groups
from exchange.reference.names import named
from exchange.students.models import Sex, Student
from exchange.students.roster.checks import SEX_NAMES

DOCUMENTS = "documents_"
ENTERED = {"autocomplete": "off", "spellcheck": "false"}


class IntakeForm(Form):
    """Which year of which project."""

    project_id = SelectField(_("协作项目"), coerce=int)
    year = IntegerField(_("招生年份"), [InputRequired(), NumberRange(FIRST_YEAR, LAST_YEAR)])

    def __init__(self, *, projects: Iterable[CooperationProject], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.project_id.choices = choices((project.id, project.name) for project in projects)


class ApplicantForm(Form):
    """One applicant; sex and birth date only to cross-check the identity number."""

    name = StringField(
        _("姓名"), [InputRequired(), Length(max=100)], description=_("与身份证一致。"), render_kw=ENTERED
    )
    resident_id = StringField(
        _("身份证件号"), [Length(max=40)], filters=[stripped], render_kw={"inputmode": "text", **ENTERED}
    )
    sex = SelectField(_("性别"))
    birth_date = DateField(_("出生日期"), [Optional()], description=_("不填就按身份证件号；填了会核对。"))
    ethnicity = SelectField(_("民族"))
    county = SelectField(_("生源县"))
    home_school = StringField(_("原籍学校"), [Length(max=100)], filters=[stripped])
    wishes = StringField(
        _("志愿"), [Length(max=200)], filters=[stripped], description=_("想学的专业，最想学的写在前面。")
    )
    phone = StringField(_("本人电话"), [Length(max=30)], filters=[stripped], render_kw={"inputmode": "tel", **ENTERED})
    guardian_name = StringField(_("监护人姓名"), [Length(max=100)], filters=[stripped], render_kw=ENTERED)
    guardian_relation = SelectField(_("和本人的关系"))
    guardian_phone = StringField(
        _("监护人电话"),
        [Length(max=30)],
        filters=[stripped],
        description=_("孩子到校当晚打这个电话报平安。"),
        render_kw={"inputmode": "tel", **ENTERED},
    )
    school_class_id = SelectField(_("班级"), coerce=int)

    def __init__(
        self, *, counties: Sequence[Area], classes: Sequence[SchoolClass], is_new: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.resident_id.flags.required = is_new  # of who is known the number stays where nothing is typed
        self.sex.choices = [*choices([("", _("按身份证件号"))]), *choices_of(Sex)]
        self.ethnicity.choices = choices((group.name, named(group.name)) for group in ethnic_groups())
        self.county.choices = choices((county.code, county.name) for county in counties)
        relations = [(name, named(name)) for name in code_list("relation").names]
        self.guardian_relation.choices = choices([("", _("没有填")), *relations])
        self.school_class_id.choices = choices([(0, _("还没有定")), *((each.id, each.name) for each in classes)])

    def written(self, *, known_id: str = "") -> dict[str, str]:
        """Everything as text; a number that is left empty stays the known one."""
        values = {name: value for name, value in self.values.items() if name != "school_class_id"}
        values["sex"] = SEX_NAMES.get(values["sex"], "")
        values["birth_date"] = values["birth_date"].isoformat() if values["birth_date"] else ""
        values["resident_id"] = values["resident_id"] or known_id
        return {name: value or "" for name, value in values.items()}

    def show_problems(self, problems: dict[str, list[str]]) -> None:
        """What the checks of the roster have found, at the field that it is about."""
        for name, sentences in problems.items():
            self[name].errors = [*self[name].errors, *sentences]


class TransitionForm(Form):
    reason = TextAreaField(_("理由"), [Length(max=1000)], filters=[stripped])


class TakeBackForm(Form):
    """Why a registration for a term is taken back."""

    reason = TextAreaField(_("理由"), [InputRequired(), Length(max=1000)], filters=[stripped])


class AdmissionForm(TransitionForm):
    """Many at once; which ones is read from the boxes of the table."""


class DelayForm(Form):
    until = DateField(_("准许延期到"), [InputRequired()])
    reason = TextAreaField(
        _("理由"),
        [InputRequired(), Length(max=1000)],
        filters=[stripped],
        description=_("写明为什么来不了、凭什么证明，比如县医院的诊断证明。"),
    )
    proofs = FilesField(_("书面申请和证明"))


class ProofForm(Form):
    """The proof of a delay, when it has come."""

    proofs = FilesField(_("书面申请和证明"), validators=[Demanded()])


class GroupForm(Form):
    """Some who travel together."""

    arrives_on = DateField(_("到达日期"), [InputRequired()])
    arrives_at = TimeField(_("到达时间"), [Optional()])
    transport = StringField(
        _("车次或航班"), [Length(max=80)], filters=[stripped], description=_("例如 G1376、MU5748、大巴。")
    )
    place = StringField(_("接站地点"), [Length(max=80)], filters=[stripped])
    escort_name = StringField(_("送读老师"), [Length(max=60)], filters=[stripped])
    escort_phone = StringField(_("送读老师电话"), [Length(max=30)], filters=[stripped], render_kw={"inputmode": "tel"})
    members = ChecksField(_("同行学生"), coerce=int)

    def __init__(self, *, candidates: Sequence[Applicant], county_name: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.members.choices = choices((each.id, f"{each.name} {county_name(each.county)}") for each in candidates)


class RegistrationForm(Form):
    """The papers of each newcomer, who is registered, and from which day; made by ``registration_form``."""

    on = DateField(_("入学日期"), [InputRequired()])
    members = ChecksField(_("这次注册"), coerce=int)

    def documents_of(self, applicant: Applicant) -> list[EntryDocument]:
        """Which papers of this person were seen."""
        return [EntryDocument(value) for value in self[f"{DOCUMENTS}{applicant.id}"].data or ()]

    def documents_field(self, applicant: Applicant) -> ChecksField:
        """The boxes of this person."""
        return self[f"{DOCUMENTS}{applicant.id}"]


def registration_form(applicants: Sequence[Applicant], **kwargs: Any) -> RegistrationForm:
    """A form with the papers of every newcomer of a class."""
    fields = {f"{DOCUMENTS}{each.id}": ChecksField(each.name, choices=choices_of(EntryDocument)) for each in applicants}
    form_class = type("RegistrationForm", (RegistrationForm,), fields)
    data = {f"{DOCUMENTS}{each.id}": each.documents for each in applicants}
    form = form_class(data={**data, "members": [each.id for each in applicants], **kwargs})
    form.members.choices = choices((each.id, each.name) for each in applicants)
    return form


class TermForm(Form):
    """Who of a class is back for the term."""

    members = ChecksField(_("已返校的学生"), [InputRequired(_("先勾选学生。"))], coerce=int)

    def __init__(self, *, students: Sequence[Student], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.members.choices = choices((each.id, f"{each.name} {each.student_no}") for each in students)
