"""The 73 columns of the national sheet in their order, the field of each, and other headings people give them."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the cells of a column are read and checked."""

    TEXT = "text"
    NUMBER_TEXT = "number_text"  # a number that is a name: too long a one must not stand in a number cell
    NAME = "name"
    RESIDENT_ID = "resident_id"
    SEX = "sex"
    DATE = "date"
    MONTH = "month"
    LIST = "list"
    YES_NO = "yes_no"
    AREA = "area"
    ETHNICITY = "ethnicity"
    MAJOR = "major"
    CLASS = "class"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Column:
    """One national column. A leftover is kept under its heading, without a field of its own in the system."""

    heading: str
    field: str
    kind: Kind = Kind.TEXT
    values: str = ""
    leftover: bool = False


K = Kind
STUDENT = (
    Column("姓名", "name", K.NAME),
    Column("性别", "sex", K.SEX, "sex"),
    Column("出生日期", "birth_date", K.DATE),
    Column("身份证件类型", "id_type", K.LIST, "identity_document"),
    Column("身份证件号", "resident_id", K.RESIDENT_ID),
    Column("姓名拼音", "name_pinyin"),
    Column("班级名称", "class_name", K.CLASS),
    Column("学号", "student_no", K.NUMBER_TEXT),
    Column("学生类别", "student_category", K.LIST, "student_category", leftover=True),
    Column("学习形式", "study_form", K.LIST, "study_form", leftover=True),
    Column("入学方式", "admission_way", K.LIST, "admission_way", leftover=True),
    Column("就读方式", "boarding", K.LIST, "boarding"),
    Column("国籍/地区", "nationality"),
    Column("港澳台侨外", "overseas", leftover=True),
    Column("婚姻状况", "marital_status", K.LIST, "marital_status", leftover=True),
    Column("乘火车区间", "train_section"),
    Column("是否随迁子女", "migrant_child", K.YES_NO, "yes_no", leftover=True),
    Column("生源地行政区划码", "origin_area", K.AREA),
    Column("出生地行政区划码", "birth_area", K.AREA),
    Column("籍贯地行政区划码", "native_area", K.AREA),
    Column("户口所在地区县以下详细地址", "household_address"),
    Column("所属派出所", "police_station", leftover=True),
    Column("户口所在地行政区划码", "household_area", K.AREA),
    Column("户口性质", "household_nature", K.LIST, "household_nature"),
    Column("学生居住地类型", "residence_type", K.LIST, "residence_type"),
    Column("入学年月", "entry_month", K.MONTH),
    Column("专业简称", "major", K.MAJOR),
    Column("学制", "study_years", K.LIST, "study_years"),
    Column("民族", "ethnicity", K.ETHNICITY),
    Column("政治面貌", "political_status", K.LIST, "political_status"),
    Column("健康状况", "health", K.LIST, "health"),
    Column("学生来源", "student_source", K.LIST, "student_source", leftover=True),
    Column("招生对象", "recruits", K.LIST, "recruits", leftover=True),
    Column("联系电话", "phone", K.PHONE),
    Column("是否建档立卡贫困户", "hardship", K.LIST, "hardship"),
    Column("招生方式", "recruitment_way", K.LIST, "recruitment_way", leftover=True),
    Column("联招合作类型", "joint_kind", K.LIST, "joint_kind", leftover=True),
    Column("准考证号", "exam_admission_no", K.NUMBER_TEXT, leftover=True),
    Column("考生号", "candidate_no", K.NUMBER_TEXT, leftover=True),
    Column("考试总分", "exam_total", leftover=True),
    Column("联招合作办学形式", "joint_form", leftover=True),
    Column("联招合作学校代码", "joint_school_code", K.NUMBER_TEXT, leftover=True),
    Column("校外教学点", "outside_teaching_place", leftover=True),
    Column("分段培养方式", "staged_training", K.LIST, "staged_training", leftover=True),
    Column("英文姓名", "english_name"),
    Column("电子信箱/其他联系方式", "email"),
    Column("家庭现地址", "home_address"),
    Column("家庭邮政编码", "postal_code"),
    Column("家庭电话", "home_phone", K.PHONE),
)
MEMBER = (
    Column("姓名", "name", K.NAME),
    Column("关系", "relation", K.LIST, "relation"),
    Column("是否监护人", "is_guardian", K.YES_NO, "yes_no"),
    Column("联系电话", "phone", K.PHONE),
    Column("出生年月", "birth_month", K.MONTH),
    Column("身份证件类型", "id_type", K.LIST, "identity_document"),
    Column("身份证件号", "resident_id", K.RESIDENT_ID),
    Column("民族", "ethnicity", K.ETHNICITY),
    Column("政治面貌", "political_status", K.LIST, "political_status"),
    Column("健康状况", "health", K.LIST, "health"),
    Column("工作或学习单位", "workplace"),
    Column("职务", "position"),
)
MEMBERS = (1, 2)
COLUMNS = STUDENT + tuple(
    Column(f"成员{number}{column.heading}", f"guardian{number}_{column.field}", column.kind, column.values)
    for number in MEMBERS
    for column in MEMBER
)
NATIONAL_HEADINGS = tuple(column.heading for column in COLUMNS)
BY_FIELD = {column.field: column for column in COLUMNS}

SYNONYMS = {
    "name": "学生姓名 姓名(与身份证一致) 学员姓名 名字",
    "sex": "学生性别 男/女 性别(男/女)",
    "birth_date": "出生年月日 出生年月 生日 出生时间",
    "id_type": "证件类型 证件类别 身份证件种类",
    "resident_id": (
        "身份证号 身份证号码 身份证 居民身份证号 居民身份证号码 "
        "公民身份号码 证件号 证件号码 身份证件号码 学生身份证号 学生身份证号码"
    ),
    "name_pinyin": "拼音",
    "class_name": "班级 所在班级 行政班 班别 行政班级",
    "student_no": "学生学号 校内学号",
    "boarding": "住宿方式 是否住校",
    "nationality": "国籍 国家/地区 国籍地区",
    "train_section": "火车区间 乘车区间",
    "origin_area": "生源地 生源地区 生源地代码 生源县",
    "birth_area": "出生地 出生地代码",
    "native_area": "籍贯 籍贯地",
    "household_address": "户籍地址 户口地址 户籍详细地址 户口所在地详细地址",
    "household_area": "户口所在地 户籍所在地 户籍地 户籍所在县 户口所在县",
    "household_nature": "户籍性质 户口类型 户口类别 户籍类型",
    "residence_type": "居住地类型",
    "entry_month": "入学时间 入学日期 入校时间",
    "major": "专业 专业名称 专业代码 所学专业 就读专业",
    "study_years": "学制年限 学制(年)",
    "ethnicity": "民族名称 学生民族 族别 民族成份 民族成分",
    "political_status": "政治身份",
    "health": "健康情况 身体状况",
    "phone": (
        "电话 手机 手机号 手机号码 联系方式 电话号码 学生电话 本人电话 学生联系电话 学生手机 学生手机号 本人联系电话"
    ),
    "hardship": (
        "困难类型 建档立卡 是否建档立卡 是否建档立卡户 是否建档立卡贫困家庭 贫困类型 困难类别 是否脱贫户 是否贫困户"
    ),
    "exam_total": "中考成绩 中考总分 总分",
    "email": "电子信箱 电子邮箱 邮箱",
    "home_address": "家庭住址 家庭地址 现住址 住址 家庭详细地址 地址 家庭现住址",
    "postal_code": "邮编 邮政编码",
    "home_phone": "家庭联系电话 家庭固定电话",
}
MEMBER_SYNONYMS = {
    "name": "名字",
    "relation": "与学生关系 与本人关系 称谓 与该生关系 与监护人关系",
    "is_guardian": "监护人",
    "phone": "电话 手机 手机号 手机号码 联系方式 电话号码 联系号码",
    "birth_month": "出生日期 出生时间",
    "id_type": "证件类型",
    "resident_id": "身份证号 身份证号码 身份证 证件号码 证件号",
    "workplace": "工作单位 单位 职业 工作单位或住址",
    "position": "职位",
}
# What a family member is called in front of a heading (监护人电话) or above it in a two-line head.
NUMBERED_GROUPS = {
    1: "成员1 家庭成员1 成员一 家庭成员一 监护人1 监护人一 第一监护人 家长1 家长一 联系人1",
    2: "成员2 家庭成员2 成员二 家庭成员二 监护人2 监护人二 第二监护人 家长2 家长二 联系人2",
}
NAMED_GROUPS = {
    "": "监护人 家长 家庭成员 监护人信息 家长信息 法定监护人 紧急联系人 家庭联系人",
    "父亲": "父亲 父 父亲信息 父亲情况",
    "母亲": "母亲 母 母亲信息 母亲情况",
}
BARE_GROUPS = {"监护人", "家长", "父亲", "母亲", "法定监护人"}  # alone they head a column of names
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
IGNORED = re.compile(r"[\s*:：★▲]+")


def comparable(heading: str) -> str:
    """NFKC, without white space, required-marks and colons."""
    return IGNORED.sub("", unicodedata.normalize("NFKC", heading))


def without_brackets(heading: str) -> str:
    """``出生日期(YYYYMMDD)`` → ``出生日期``."""
    return BRACKETS.sub("", heading)


def _student_headings() -> dict[str, str]:
    found = {comparable(column.heading): column.field for column in COLUMNS}
    for field, written in SYNONYMS.items():
        for heading in written.split():
            found.setdefault(comparable(heading), field)
    return found


def _member_headings() -> dict[str, str]:
    found = {column.heading: column.field for column in MEMBER}
    for field, written in MEMBER_SYNONYMS.items():
        for heading in written.split():
            found.setdefault(heading, field)
    return found


STUDENT_HEADINGS = _student_headings()
MEMBER_HEADINGS = _member_headings()
NUMBER_OF_GROUP = {name: number for number, names in NUMBERED_GROUPS.items() for name in names.split()}
RELATION_OF_GROUP = {name: relation for relation, names in NAMED_GROUPS.items() for name in names.split()}
