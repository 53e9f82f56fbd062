"""Who is entitled to what: students as candidates of a day, and the proposal for a kind of aid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import current_app
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from exchange.aid import conditions
from exchange.aid.amounts import Amount, rule_for
from exchange.aid.conditions import Candidate
from exchange.aid.months import Months
from exchange.aid.queries.amounts import own_rows
from exchange.aid.queries.poverty import statuses_on
from exchange.aid.values import BY_COUNTY, SHARE, AidKind
from exchange.core.database import db, today
from exchange.core.rules import HOLDS, Message
from exchange.programmes.models import SchoolClass
from exchange.students import history
from exchange.students.models import ON_ROLL, Student, StudentStatus

PORTION = 500
FULL_TIME_FORM, STUDY_FORM = "全日制", "学习形式"
RURAL, HOUSEHOLD_NATURE = "农业户口", "户口性质"


@dataclass(frozen=True)
class Entitlement:
    """A student and a kind of aid: the rule in force, what is met, and what is not."""

    student: Student
    candidate: Candidate
    rule: Amount | None
    amount: Decimal | None
    reasons: tuple[Message, ...]
    shortfalls: tuple[Message, ...]

    @property
    def is_entitled(self) -> bool:
        return self.rule is not None and not self.shortfalls


def day_of(months: Months) -> date:
    """On which day students are looked at: today, or the nearest day of the months."""
    return months.day_within(today())


def region_of(kind: AidKind, student: Student) -> str:
    """The county pays by its own amounts, the school by those of its province."""
    return student.county_of_origin if kind in BY_COUNTY else school_region()


def school_region() -> str:
    """The province whose amounts the school pays."""
    return str(current_app.config["SCHOOL_PROVINCE"])


def entitled(kind: AidKind, months: Months, *, school_class_id: int | None = None) -> list[Entitlement]:
    """Who meets the conditions of this aid for these months, by class and name."""
    day = day_of(months)
    students = _loaded(history.as_of(select(Student), day))
    if school_class_id:
        students = students.where(history.class_on() == school_class_id)
    ordered = students.join(SchoolClass, SchoolClass.id == Student.school_class_id)
    everybody = list(db.session.scalars(ordered.order_by(SchoolClass.name, Student.pinyin, Student.id)))
    portions = (everybody[start : start + PORTION] for start in range(0, len(everybody), PORTION))
    return [each for portion in portions for each in entitlements(portion, kind, months) if each.is_entitled]


def entitlements(students: Sequence[Student], kind: AidKind, months: Months) -> list[Entitlement]:
    """Each of these students against the rule of the kind and region; a fixed number of statements."""
    day, rows = day_of(months), own_rows()
    facts = candidates(students, day)
    return [_entitlement(student, facts[student.id], kind, months, rows) for student in students]


def others_with_a_share(months: Months, entitled_count: int) -> tuple[int, Amount] | None:
    """How many of the other students may have the national grant, and the row that says so; None where none does."""
    day = day_of(months)
    share = rule_for(SHARE, school_region(), day, rows=own_rows())
    if share is None or share.amount is None:
        return None
    on_roll = sum(count for status, count in history.head_counts(day).items() if status in ON_ROLL)
    return int((on_roll - entitled_count) * share.amount / 100), share


def candidates(students: Sequence[Student], day: date) -> dict[int, Candidate]:
    """Student → what conditions ask, as of the day; class and programme must be loaded."""
    ids = [student.id for student in students]
    recorded, classes, states = statuses_on(day, ids), history.classes_on(students, day), states_on(ids, day)
    return {
        student.id: _candidate(
            student,
            classes.get(student.id, student.school_class),
            day,
            status=states.get(student.id),
            categories=frozenset(each.category_code for each in recorded.get(student.id, ())),
        )
        for student in students
    }


def states_on(student_ids: Sequence[int], day: date) -> dict[int, StudentStatus]:
    """Student → the status of the day; who had not come by then is not in it."""
    states = history.with_state(select(Student.id, history.status_on()), day)
    found = states.where(Student.id.in_(student_ids), Student.enrolled_on <= day)
    return {row[0]: StudentStatus(row[1]) for row in db.session.execute(found)}


def _loaded(students: Select[Student]) -> Select[Student]:
    return students.options(joinedload(Student.school_class).joinedload(SchoolClass.programme))


def _candidate(
    student: Student,
    school_class: SchoolClass,
    day: date,
    *,
    status: StudentStatus | None,
    categories: frozenset[str],
) -> Candidate:
    national = student.national or {}
    form, nature = national.get(STUDY_FORM), national.get(HOUSEHOLD_NATURE)
    return Candidate(
        status=status,
        full_time=form == FULL_TIME_FORM if form else None,
        grade=conditions.grade_on(school_class.intake_year, day),
        major=school_class.programme.major,
        county=student.county_of_origin,
        rural=nature == RURAL if nature else None,
        categories=categories,
    )


def _entitlement(
    student: Student, candidate: Candidate, kind: AidKind, months: Months, rows: Sequence[Amount]
) -> Entitlement:
    rule = rule_for(kind.value, region_of(kind, student), day_of(months), rows=rows)
    if rule is None:
        return Entitlement(student, candidate, None, None, (), ())
    met = conditions.check(rule.condition, candidate) == HOLDS
    return Entitlement(
        student=student,
        candidate=candidate,
        rule=rule,
        amount=rule.for_months(months),
        reasons=tuple(conditions.reasons(rule.condition, candidate)),
        shortfalls=() if met else tuple(conditions.shortfalls(rule.condition, candidate)),
    )
