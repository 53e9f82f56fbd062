"""What is known of students when an order about them is weighed; loaded for all of them at once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from sys import maxsize

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from exchange.core.database import db
from exchange.orders.evidence import Evidence, Sanction
from exchange.orders.facts import Facts, SchoolTerm, ending_school_year
from exchange.orders.kinds import KINDS, OrderKind
from exchange.orders.models import OrderMember, OrderStatus, StatusOrder
from exchange.orders.obstacles import obstacles_to_promotion
from exchange.orders.sequence import Step, before, follow
from exchange.programmes import queries as programmes
from exchange.programmes.models import SchoolClass
from exchange.students.history import Span, State, state_of
from exchange.students.models import Student

PROBATION = timedelta(days=365)
UNNUMBERED = maxsize  # a draft comes after everything that was confirmed for its day


@dataclass(frozen=True)
class Dossier:
    """A student and the confirmed orders about the student, cancelled ones too, as they were confirmed."""

    student: Student
    members: Sequence[OrderMember]
    origin: State | None = None

    @property
    def start(self) -> State:
        """The state before the first order ever: what that order found, else what the record says."""
        if self.origin is not None:
            return self.origin
        first = next(iter(self.members), None)
        if first is None or first.from_status is None or first.from_class_id is None:
            return state_of(self.student)
        return State(first.from_status, first.from_class_id)

    @property
    def steps(self) -> list[Step]:
        """The orders that count and change the record."""
        return [step_of(order) for order in self.standing if KINDS[order.kind].changes_state]

    def spans(self) -> list[Span]:
        """The history that the standing orders tell. Raises ``Contradiction``."""
        return follow(self.student.enrolled_on, self.start, self.steps)

    def without(self, order: StatusOrder) -> "Dossier":
        """As if this order were not there."""
        return Dossier(self.student, [each for each in self.members if each.order_id != order.id])

    def up_to(self, order: StatusOrder) -> "Dossier":
        """As the order found it: nothing but what came before."""
        earlier = [each for each in self.members if step_of(each.order) < step_of(order)]
        return Dossier(self.student, earlier, self.start)

    def including(self, member: OrderMember) -> "Dossier":
        """As if this order stood already."""
        return Dossier(self.student, [*self.members, member], self.start)

    def later_than(self, order: StatusOrder) -> list[StatusOrder]:
        """The standing orders that come after it."""
        return [each for each in self.standing if step_of(each) > step_of(order)]

    @property
    def standing(self) -> list[StatusOrder]:
        """The orders that count."""
        return [each.order for each in self.members if not each.is_cancelled]

    def state_before(self, order: StatusOrder) -> State:
        """The state that the order finds. Raises ``Contradiction``."""
        return before(self.student.enrolled_on, self.start, self.steps, step_of(order))

    def takes(self, order: StatusOrder) -> None:
        """Raise ``Contradiction`` where the order does not fit between the ones before and after it."""
        follow(self.student.enrolled_on, self.start, [*self.steps, step_of(order)])

    def status_since(self, state: State, day: date) -> date | None:
        """Since when that status has held without interruption; changes of class in between do not count."""
        since: date | None = None
        for span in self.spans():
            if span.begins_on > day:
                break
            since = (since or span.begins_on) if span.state.status is state.status else None
        return since

    def is_on_probation(self, day: date) -> bool:
        """留校察看 was given within the year before the day, and its record was not removed since."""
        return any(day - each < PROBATION for each in self.probations(day))

    def probations(self, day: date) -> list[date]:
        """When 留校察看 was given by the day, without those whose record was removed since."""
        standing = [order for order in self.standing if order.effective_on <= day]
        given = [order.effective_on for order in standing if order.evidence.sanction is Sanction.PROBATION]
        removed = [order.effective_on for order in standing if order.kind is OrderKind.SANCTION_REMOVAL]
        return [each for each in given if not any(each <= later for later in removed)]

    def last_leave(self, day: date) -> Evidence:
        """What the last leave by the day stated; nothing where there was none."""
        begun = [order for order in self.standing if order.kind is OrderKind.LEAVE and order.effective_on <= day]
        latest = max(begun, key=step_of, default=None)
        return latest.evidence if latest else Evidence()

    def has_moved_up(self, day: date) -> bool:
        """A standing order has moved the student up at the end of the same school year."""
        years = (ending_school_year(each.effective_on) for each in self.standing if each.kind is OrderKind.PROMOTION)
        return ending_school_year(day) in years


def step_of(order: StatusOrder) -> Step:
    """The order as it concerns each of its students; of one day, what was confirmed first comes first."""
    serial = int(order.number.rpartition("-")[2]) if order.number else UNNUMBERED
    return Step(order.effective_on, serial, order.kind, order.to_class_id)


def dossiers_of(students: Collection[Student]) -> dict[int, Dossier]:
    """Student → dossier."""
    members: dict[int, list[OrderMember]] = defaultdict(list)
    confirmed = (
        select(OrderMember)
        .join(OrderMember.order)
        .where(
            OrderMember.student_id.in_([student.id for student in students]), StatusOrder.status != OrderStatus.DRAFT
        )
        .options(joinedload(OrderMember.order))
        .order_by(StatusOrder.confirmed_at, OrderMember.id)
    )
    for member in db.session.scalars(confirmed):
        members[member.student_id].append(member)
    return {student.id: Dossier(student, members[student.id]) for student in students}


def facts_for(order: StatusOrder, dossiers: Collection[Dossier]) -> dict[int, Facts]:
    """Student → what the rules look at. The dossiers must do without the order, and it must fit into them."""
    states = {each.student.id: each.state_before(order) for each in dossiers}
    classes = _classes({state.school_class_id for state in states.values()})
    to_class = order.to_class if KINDS[order.kind].moves_class else None
    terms = _school_terms()
    students = [each.student for each in dossiers]
    moves_up = order.kind is OrderKind.PROMOTION
    obstacles = obstacles_to_promotion(students, order.effective_on) if moves_up else {}
    facts = {}
    for each in dossiers:
        student, state = each.student, states[each.student.id]
        own_class, leave = classes[state.school_class_id], each.last_leave(order.effective_on)
        facts[student.id] = Facts(
            kind=order.kind,
            effective_on=order.effective_on,
            birth_date=student.birth_date,
            enrolled_on=student.enrolled_on,
            status=state.status,
            intake_year=own_class.intake_year,
            length_years=own_class.programme.length_years,
            major=own_class.programme.major,
            to_major=to_class.programme.major if to_class else None,
            to_intake_year=to_class.intake_year if to_class else None,
            to_length_years=to_class.programme.length_years if to_class else None,
            left_on=each.status_since(state, order.effective_on),
            leave_ground=leave.ground,
            leave_until=leave.leave_until,
            on_probation=each.is_on_probation(order.effective_on),
            was_on_probation=bool(each.probations(order.effective_on)),
            has_moved_up=each.has_moved_up(order.effective_on),
            obstacles=obstacles.get(student.id, ()),
            evidence=order.evidence,
            terms=terms,
        )
    return facts


def _classes(ids: Collection[int]) -> dict[int, SchoolClass]:
    wanted = select(SchoolClass).where(SchoolClass.id.in_(ids)).options(joinedload(SchoolClass.programme))
    return {school_class.id: school_class for school_class in db.session.scalars(wanted)}


def _school_terms() -> tuple[SchoolTerm, ...]:
    terms = reversed(programmes.terms())
    return tuple(SchoolTerm(term.school_year, term.number, term.starts_on, term.ends_on) for term in terms)
