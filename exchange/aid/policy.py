"""Who sees hardship and the ledger: the aid officer. Students and guardians see what was given to themselves."""

from sqlalchemy import Select, false, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.aid.models import Award, Payment, PovertyStatus
from exchange.aid.values import AwardStatus
from exchange.students.policy import family_of

SHOWN_TO_FAMILIES = frozenset({AwardStatus.APPROVED, AwardStatus.PAID, AwardStatus.SUSPENDED, AwardStatus.STOPPED})


def statuses_visible_to(user: User) -> Select[PovertyStatus]:
    """All for the aid officer, for everybody else none."""
    statuses = select(PovertyStatus)
    return statuses if user.may(Permission.AID_VIEW) else statuses.where(false())


def visible_to(user: User) -> Select[Award]:
    """The whole ledger for the aid officer, for everybody else none."""
    awards = select(Award)
    return awards if user.may(Permission.AID_VIEW) else awards.where(false())


def payments_visible_to(user: User) -> Select[Payment]:
    """Payments with their receipts, for the aid officer."""
    payments = select(Payment)
    return payments if user.may(Permission.AID_VIEW) else payments.where(false())


def own(user: User) -> Select[Award]:
    """What this student, or the children whom this guardian answers for, are given; never a plan that may fail."""
    return select(Award).where(Award.student_id.in_(family_of(user)), Award.status.in_(SHOWN_TO_FAMILIES))
