"""What the sheet of a county says of an applicant: headings of its own beside those of the national roster."""

from exchange.core.i18n import _
from exchange.enrolment.reading import FIELD_OF
from exchange.students.roster.columns import BY_FIELD

COUNTY = "origin_area"
REQUIRED = ("name", "resident_id")
OWN_FIELDS = {"home_school": _("原籍学校"), "wishes": _("志愿")}
LENGTHS = {"home_school": 100, "wishes": 200}
HEADINGS = {
    "home_school": (
        "原籍学校 毕业学校 毕业初中 初中毕业学校 初中学校 原学校 原就读学校 就读初中 "
        "来源学校 生源学校 现就读学校 毕业院校"
    ),
    "wishes": (
        "志愿 志愿专业 报名专业 报读专业 填报志愿 意向专业 专业志愿 专业意向 报考专业 拟读专业 第一志愿 专业 专业名称"
    ),
}
OWN_HEADINGS = {heading: field for field, written in HEADINGS.items() for heading in written.split()}
READ = (*FIELD_OF.values(), COUNTY, *OWN_FIELDS)
"""Fields that a column may be read as; everything else that a county writes is passed over."""
FIELD_IN_SHEET = {**FIELD_OF, "county": COUNTY, **{field: field for field in OWN_FIELDS}}
"""Field of the application → field of the sheet."""


def label_of(field: str) -> str:
    """The heading of a field of the application."""
    name = FIELD_IN_SHEET[field]
    return str(OWN_FIELDS[name]) if name in OWN_FIELDS else BY_FIELD[name].heading
