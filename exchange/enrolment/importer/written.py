"""An application as its form has it: field → text. What is read, compared, written and restored."""

from collections.abc import Iterable

from sqlalchemy import select

from exchange.core.database import db
from exchange.enrolment.models import Applicant
from exchange.students.roster.checks import SEX_NAMES
from exchange.students.values import GROUP_NAMES, index_of

Written = dict[str, str]


def written_of(applicant: Applicant) -> Written:
    """What is kept of the applicant, without empty fields."""
    texts = {
        "name": applicant.name,
        "resident_id": applicant.resident_id,
        "sex": SEX_NAMES[applicant.sex.value],
        "birth_date": applicant.birth_date.isoformat() if applicant.birth_date else "",
        "ethnicity": GROUP_NAMES.get(applicant.ethnicity, ""),
        "county": applicant.county,
        "home_school": applicant.home_school,
        "wishes": applicant.wishes,
        "phone": applicant.phone,
        "guardian_name": applicant.guardian_name,
        "guardian_relation": applicant.guardian_relation,
        "guardian_phone": applicant.guardian_phone,
    }
    return {field: text for field, text in texts.items() if text}


def with_side(texts: Written, changes: dict[str, list[str]], *, which: int) -> Written:
    """The texts with the old (0) or the new (1) side of the changes."""
    return texts | {field: pair[which] for field, pair in changes.items()}


def applied_in(year: int, resident_ids: Iterable[str]) -> dict[str, Applicant]:
    """Resident ID → who has applied with it in this year, under whatever project."""
    indexes = {index_of(number): number for number in resident_ids if number}
    found = select(Applicant).where(Applicant.intake_year == year, Applicant.resident_id_index.in_(indexes))
    return {indexes[str(each.resident_id_index)]: each for each in db.session.scalars(found)} if indexes else {}
