"""Reads what a county writes of an applicant, with the checks of the national roster."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from exchange.reference.ethnic_groups import find_ethnic_group
from exchange.students.models import Sex
from exchange.students.roster import cells, checks
from exchange.students.roster.messages import Severity
from exchange.students.roster.row import RosterRow

FIELD_OF = {
    "name": "name",
    "resident_id": "resident_id",
    "sex": "sex",
    "birth_date": "birth_date",
    "ethnicity": "ethnicity",
    "phone": "phone",
    "guardian_name": "guardian1_name",
    "guardian_relation": "guardian1_relation",
    "guardian_phone": "guardian1_phone",
}
"""Field of the application → field of the roster."""
CHECKED_ALONE = ("ethnicity", "phone", "guardian1_name", "guardian1_relation", "guardian1_phone")


@dataclass(frozen=True)
class Reading:
    """What was read, what is wrong with which field, and what should be looked at again."""

    values: dict[str, Any]
    problems: dict[str, list[str]]
    notes: list[str]


def read_application(written: Mapping[str, str], *, today: date) -> Reading:
    """The values of an application as they are stored; sex and birth date may be left to the identity number."""
    row = RosterRow(0, {FIELD_OF[field]: text for field, text in written.items() if field in FIELD_OF}, {})
    found = check_application(row, today=today)
    problems: dict[str, list[str]] = {}
    notes: list[str] = []
    for field, finding in found:
        if finding.severity is Severity.ERROR:
            problems.setdefault(field, []).append(finding.message)
        elif finding.severity is Severity.WARNING:
            notes.append(finding.message)
    return Reading({} if problems else values_read(row), problems, notes)


def check_application(row: RosterRow, *, today: date) -> list[tuple[str, Any]]:
    """Every finding with the field of the application that it is about."""
    checks.check_name(row)
    checks.check_identity(row, today=today)
    for name in CHECKED_ALONE:
        cells.check_cell(row, name, today=today)
    checks.check_guardians(row, today=today)
    return [(_field_of(finding.column), finding) for finding in row.findings]


def _field_of(heading: str) -> str:
    return FIELDS_BY_HEADING.get(heading, "name")


def values_read(row: RosterRow) -> dict[str, Any]:
    """What an applicant keeps of a row without errors."""
    guardian = row.members.get(1, {})
    group = find_ethnic_group(str(row.values.get("ethnicity", "")))
    return {
        "name": row.values["name"],
        "resident_id": row.values["resident_id"],
        "sex": Sex(str(row.values["sex"])),
        "birth_date": date.fromisoformat(str(row.values["birth_date"])),
        "ethnicity": group.code if group else "",
        "phone": row.values.get("phone"),
        "guardian_name": guardian.get("name", ""),
        "guardian_relation": guardian.get("relation", ""),
        "guardian_phone": guardian.get("phone"),
    }


FIELDS_BY_HEADING = {cells.BY_FIELD[name].heading: field for field, name in FIELD_OF.items()}
