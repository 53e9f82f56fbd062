"""The bed follows the roll: it becomes free on the day a student leaves, and comes back if that is taken back."""

from datetime import date

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, today
from exchange.students.history import left_on
from exchange.students.models import ON_ROLL, Student
from exchange.welfare.events import WelfareEvent
from exchange.welfare.models import BedStay, StayEnd
from exchange.welfare.queries import dormitory as queries


def settle_bed(student: Student, *, by: User | None) -> None:
    """After an order or its cancellation: free the bed of who has left the roll, give it back to who is on it again."""
    if student.status in ON_ROLL:
        _give_back(student, by=by)
    elif stay := queries.present_stays([student.id]).get(student.id):
        _free(stay, left_on([student.id]), by=by)


def free_beds_of_leavers(*, by: User | None) -> int:
    """Beds still held by students who have left the roll become free; gives how many."""
    stays = queries.stays_off_roll()
    days = left_on([stay.student_id for stay in stays])
    for stay in stays:
        _free(stay, days, by=by)
    return len(stays)


def _free(stay: BedStay, left: dict[int, date], *, by: User | None) -> None:
    """As of the first day off the roll, whenever somebody wrote the order."""
    last = left.get(stay.student_id, today())
    stay.ended_on, stay.ended_by = max(last, stay.begins_on), StayEnd.LEFT_ROLL
    bed, status = f"{stay.room.label}-{stay.bed}", stay.student.status.value
    record(WelfareEvent.BED_FREED, stay.student, by=by, bed=bed, status=status)


def _give_back(student: Student, *, by: User | None) -> None:
    """Only where nobody has slept there since: a bed that was given on stays with whom it was given to."""
    stay = queries.last_stay(student)
    if stay is None or stay.ended_by is not StayEnd.LEFT_ROLL or not queries.is_unclaimed(stay):
        return
    stay.ended_on = stay.ended_by = None
    record(WelfareEvent.BED_GIVEN_BACK, student, by=by, bed=f"{stay.room.label}-{stay.bed}")
    db.session.flush()
