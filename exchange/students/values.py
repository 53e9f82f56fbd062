"""A student's record as the values of a roster row, and back: what import, export and comparison share."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from exchange.core.encryption import blind_index
from exchange.programmes.models import SchoolClass
from exchange.reference.ethnic_groups import ethnic_groups, find_ethnic_group
from exchange.students.models import Guardian, Guardianship, Sex, Student
from exchange.students.pinyin import initials_of, pinyin_of
from exchange.students.roster.columns import BY_FIELD

Values = dict[str, Any]

ENCRYPTED = {"phone": "phone", "home_address": "address", "hardship": "poverty"}  # field → column
NOT_STORED = {"name_as_written", "class_name", "guardians"}
OWN = {"name", "resident_id", "sex", "birth_date", "ethnicity", "origin_area", "entry_month", "student_no"}
MEMBER_COLUMNS = {"name", "relation", "phone", "resident_id"}
FIRST_MONTH = 9
RESIDENT_ID = "resident_id"
GUARDIAN_ID = "guardian.resident_id"


def columns_of(values: Mapping[str, Any], school_class: SchoolClass) -> dict[str, Any]:
    """The columns of a student that these values fill; values that have no column go into ``national``."""
    group = find_ethnic_group(values.get("ethnicity", ""))
    pinyin = pinyin_of(values["name"], values.get("name_pinyin", ""))
    return {
        "name": values["name"],
        "pinyin": pinyin,
        "initials": initials_of(pinyin),
        "resident_id": values["resident_id"],
        "resident_id_index": index_of(values["resident_id"]),
        "sex": Sex(values["sex"]),
        "birth_date": date.fromisoformat(values["birth_date"]),
        "ethnicity": group.code if group else "",
        "county_of_origin": _area(values.get("origin_area", "")),
        "enrolled_on": _first_of(values.get("entry_month", ""), school_class),
        "school_class_id": school_class.id,
        **{column: values.get(field) for field, column in ENCRYPTED.items()},
        "national": national_of(values),
    }


def entry_month_of(student: Student) -> str:
    """The month of enrolment, which is all that a sheet knows of the day."""
    return f"{student.enrolled_on:%Y-%m}"


def index_of(resident_id: str) -> str:
    """The blind index by which a student is found."""
    return blind_index(resident_id, RESIDENT_ID)


def national_of(values: Mapping[str, Any]) -> dict[str, str]:
    """Everything the national sheet knows beyond our columns, by its own headings."""
    kept = {
        BY_FIELD[field].heading: str(value)
        for field, value in values.items()
        if field in BY_FIELD and field not in OWN and field not in ENCRYPTED and field not in NOT_STORED
    }
    if (area := values.get("origin_area", "")) and not _area(area):
        kept[BY_FIELD["origin_area"].heading] = area
    return kept | dict(values.get("national") or {})


def values_of(student: Student) -> Values:
    """The record in the form of ``ReviewedRow.values``; class, programme and guardians must be loaded."""
    values: Values = {
        "name": student.name,
        "resident_id": student.resident_id,
        "sex": student.sex.value,
        "birth_date": student.birth_date.isoformat(),
        "ethnicity": GROUP_NAMES.get(student.ethnicity, ""),
        "origin_area": student.county_of_origin,
        "entry_month": entry_month_of(student),
        "student_no": student.student_no,
        "class_name": student.school_class.name,
        "major": student.school_class.programme.major,
        **{field: getattr(student, column) for field, column in ENCRYPTED.items()},
    }
    leftover = {}
    for heading, text in (student.national or {}).items():
        field = FIELD_OF.get(heading)
        if field:
            values[field] = text
        else:
            leftover[heading] = text
    values["guardians"] = [member_of(each) for each in student.guardianships if each.until is None]
    values["national"] = leftover
    return {field: value for field, value in values.items() if value not in (None, "", [], {})}


def member_of(guardianship: Guardianship) -> Values:
    """A guardian in the form of a roster row's member."""
    member = person_of(guardianship.guardian)
    if guardianship.relation:
        member["relation"] = guardianship.relation
    if "is_guardian" in (guardianship.guardian.details or {}) or not guardianship.is_legal_guardian:
        member["is_guardian"] = guardianship.is_legal_guardian
    return member


def person_of(guardian: Guardian) -> Values:
    """The part of a member that is the same for siblings."""
    own = {"name": guardian.name, "phone": guardian.phone, "resident_id": guardian.resident_id}
    details = {field: value for field, value in (guardian.details or {}).items() if field != "is_guardian"}
    return {field: value for field, value in own.items() if value} | details


def guardian_columns(member: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a guardian that the member fills."""
    number = member.get("resident_id")
    details = {field: value for field, value in member.items() if field not in MEMBER_COLUMNS}
    return {
        "name": member.get("name", ""),
        "phone": member.get("phone"),
        "resident_id": number,
        "resident_id_index": blind_index(number, GUARDIAN_ID) if number else None,
        "details": details or None,
    }


def _area(text: str) -> str:
    return text if len(text) == 6 and text.isdecimal() else ""


def _first_of(month: str, school_class: SchoolClass) -> date:
    if not month:
        return date(school_class.intake_year, FIRST_MONTH, 1)
    return date.fromisoformat(f"{month}-01")


GROUP_NAMES = {group.code: group.name for group in ethnic_groups()}
FIELD_OF = {
    column.heading: field
    for field, column in BY_FIELD.items()
    if not column.leftover and not field.startswith("guardian")
}
