"""What the national sheet says of hardship on a day, from what is recorded of it."""

from collections.abc import Sequence
from datetime import date

from exchange.aid.categories import NONE, categories
from exchange.aid.models import PovertyStatus
from exchange.aid.queries.poverty import agrees, begun_by
from exchange.students.models import Student


def roster_words(day: date, students: Sequence[Student]) -> dict[int, str]:
    """Student → the sheet's word for the day, of those of whom something is recorded that the sheet has a word for."""
    begun = begun_by(day, [student.id for student in students])
    told = {student: [each for each in begun.get(student.id, []) if each.category.roster] for student in students}
    return {student.id: _word(student.poverty, statuses, day) for student, statuses in told.items() if statuses}


def _word(imported: str | None, begun: Sequence[PovertyStatus], day: date) -> str:
    """The imported word where it still means what holds; else that of the newest kind; 否 once all have ended."""
    holding = [status.category for status in begun if status.holds_on(day)]
    if imported and agrees(imported, [category.code for category in holding], day):
        return imported
    kinds = [category for category in holding if category.code != NONE]
    return (kinds[-1] if kinds else categories()[NONE]).roster[0]
