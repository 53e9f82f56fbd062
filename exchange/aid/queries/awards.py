"""The ledger: awards with what was paid, the student's own, and who waits for money."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from exchange.accounts.models import User
from exchange.aid import policy
from exchange.aid.models import Award, BankCard, Payment
from exchange.aid.months import Months
from exchange.aid.values import AidKind, AwardStatus
from exchange.aid.workflow import LIVE
from exchange.core.database import db
from exchange.programmes.models import SchoolClass
from exchange.programmes.queries import current_term, terms
from exchange.students.models import Student

UNPAID = AwardStatus.APPROVED


def with_people() -> tuple[ORMOption, ...]:
    """Student, class and payments: every list shows them."""
    return (
        joinedload(Award.student).joinedload(Student.school_class).joinedload(SchoolClass.programme),
        selectinload(Award.payments).joinedload(Payment.card),
    )


def ledger(
    scope: Select[Award],
    *,
    q: str = "",
    months: Months | None = None,
    kind: str = "",
    status: str = "",
    class_name: str = "",
) -> Select[Award]:
    """Awards by class and name; a year's stand in each of its terms."""
    rows = scope.join(Award.student).join(SchoolClass, SchoolClass.id == Student.school_class_id)
    if wanted := q.strip():
        rows = rows.where(
            or_(
                Student.name.icontains(wanted, autoescape=True),
                Student.pinyin.istartswith(wanted, autoescape=True),
                Student.initials.istartswith(wanted, autoescape=True),
                Student.student_no.istartswith(wanted, autoescape=True),
            )
        )
    if months:
        rows = in_months(rows, months)
    if kind in set(AidKind):
        rows = rows.where(Award.kind == AidKind(kind))
    if status in set(AwardStatus):
        rows = rows.where(Award.status == AwardStatus(status))
    if class_name:
        rows = rows.where(SchoolClass.name == class_name)
    return rows.order_by(SchoolClass.name, Student.pinyin, Award.id).options(*with_people())


def in_months(awards: Select[Award], months: Months) -> Select[Award]:
    """Those whose months overlap these."""
    awards = awards.where(Award.school_year == months.school_year)
    return awards.where(or_(Award.term_number.is_(None), Award.term_number == months.term)) if months.term else awards


def awards_of(student: Student) -> list[Award]:
    """Everything a student was ever given, the newest first."""
    awards = select(Award).where(Award.student_id == student.id).options(*with_people())
    return list(db.session.scalars(awards.order_by(Award.school_year.desc(), Award.term_number.desc(), Award.id)))


def own_awards(user: User) -> list[Award]:
    """What a student, or a guardian for the children, sees: the newest first."""
    awards = policy.own(user).options(*with_people())
    return list(db.session.scalars(awards.order_by(Award.school_year.desc(), Award.term_number.desc(), Award.id)))


def standing(student_ids: Sequence[int], school_year: int) -> list[Award]:
    """Awards of these students in a school year that count when somebody asks what is given already."""
    awards = select(Award).where(
        Award.student_id.in_(student_ids), Award.school_year == school_year, Award.status.in_(LIVE)
    )
    return list(db.session.scalars(awards.options(*with_people())))


def chosen(scope: Select[Award], ids: Sequence[int]) -> list[Award]:
    """These awards of the scope, in the order of the ledger."""
    return list(db.session.scalars(ledger(scope.where(Award.id.in_(ids)))))


def card_of(student: Student) -> BankCard | None:
    """The card that counts."""
    cards = select(BankCard).where(BankCard.student_id == student.id, BankCard.retired_at.is_(None))
    return db.session.scalars(cards.order_by(BankCard.id.desc()).limit(1)).first()


def cards_of(student_ids: Sequence[int]) -> dict[int, BankCard]:
    """Student → the card that counts."""
    cards = select(BankCard).where(BankCard.student_id.in_(student_ids), BankCard.retired_at.is_(None))
    return {card.student_id: card for card in db.session.scalars(cards.order_by(BankCard.id))}


def months_of_today(on: date | None = None) -> Months | None:
    """The term that the school is in; None while no term was ever set up."""
    term = current_term(on)
    return Months(term.school_year, term.number) if term else None


def offered_months() -> list[Months]:
    """The terms of the school, the newest first."""
    return [Months(term.school_year, term.number) for term in terms()]
