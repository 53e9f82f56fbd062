"""What the double-claim rules ask, gathered for many awards at once, and what they find."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from exchange.aid.conditions import CONDITIONS
from exchange.aid.models import Award, BankCard
from exchange.aid.months import Months
from exchange.aid.queries.awards import cards_of, in_months, standing, with_people
from exchange.aid.queries.candidates import day_of, entitlements, states_on
from exchange.aid.rules import CLAIM, Claim, Day, Given
from exchange.aid.values import CardHolder
from exchange.aid.workflow import LIVE
from exchange.core.database import db
from exchange.core.rules import Finding
from exchange.students.models import Guardianship, Student

ON_ROLL = CONDITIONS["on_roll"].label  # rules of their own ask who was there on the day of payment


@dataclass(frozen=True)
class Found:
    """An award and what the rules have against it."""

    award: Award
    findings: list[Finding[Claim]]


def board(months: Months) -> list[Found]:
    """Awards of these months that break a rule, the heaviest finding first."""
    awards = in_months(select(Award).where(Award.status.in_(LIVE)), months).options(*with_people())
    found = [each for each in check(list(db.session.scalars(awards))) if each.findings]
    return sorted(found, key=lambda each: (each.findings[0].rule.order, each.award.student.pinyin, each.award.id))


def check(awards: Sequence[Award]) -> list[Found]:
    """Each of these awards, stored or only planned, with what stands against it."""
    facts = claims(awards)
    return [Found(award, CLAIM.findings(claim)) for award, claim in zip(awards, facts, strict=True)]


def claims(awards: Sequence[Award]) -> list[Claim]:
    """The facts of each award. All of them together ask a number of statements that depends on days and kinds only."""
    if not awards:
        return []
    context = _Context(awards)
    return [context.claim(award) for award in awards]


def concerned(student_ids: Iterable[int]) -> set[int]:
    """These students and everybody whose awards the rules compare with theirs: the household, and who shares a card."""
    ids = sorted(set(student_ids))
    return _related(ids, _siblings(ids), _sharing(cards_of(ids), ids))


class _Context:
    """Everything that is compared, loaded once: other awards, households, cards, states of days, entitlements."""

    def __init__(self, awards: Sequence[Award]) -> None:
        ids = sorted({award.student_id for award in awards})
        self.siblings = _siblings(ids)
        self.cards = cards_of(ids)
        self.shared = _sharing(self.cards, ids)
        self.namesakes = _with_same_id(awards)
        related = _related(ids, self.siblings, self.shared)
        self.given: dict[int, list[Award]] = defaultdict(list)
        for year in {award.school_year for award in awards}:
            for other in standing(sorted(related), year):
                self.given[other.student_id].append(other)
        self.states = {day: states_on(ids, day) for day in {day for award in awards for day in _days(award)}}
        self.entitlements = _entitlements(awards)

    def claim(self, award: Award) -> Claim:
        """The facts of one award."""
        entitlement = self.entitlements[award.kind, award.months, award.student_id]
        siblings = self.siblings.get(award.student_id, set())
        sharing = self.shared.get(award.student_id, set()) - self._household_card(award, siblings)
        return Claim(
            kind=award.kind,
            months=award.months,
            item=award.item,
            amount=award.amount,
            project_id=award.project_id,
            rule=entitlement.rule,
            days=tuple(Day(day, self.states[day].get(award.student_id)) for day in _days(award)),
            own=self._given([award.student_id], beside=award),
            household=self._given(siblings, beside=award),
            same_id=tuple(
                _as_given(other)
                for other in self.namesakes.get(award.claimant_index, ())
                if other.student_id != award.student_id
            ),
            same_card=self._given(sharing, beside=award),
            shortfalls=tuple(each for each in entitlement.shortfalls if each != ON_ROLL),
        )

    def _given(self, student_ids: Iterable[int], *, beside: Award) -> tuple[Given, ...]:
        others = (other for student_id in student_ids for other in self.given.get(student_id, ()))
        return tuple(_as_given(other) for other in others if other is not beside)

    def _household_card(self, award: Award, siblings: set[int]) -> set[int]:
        """Brothers and sisters may be paid to one card of the household."""
        card = self.cards.get(award.student_id)
        return siblings if card is not None and card.holder is CardHolder.HOUSEHOLD else set()


def _as_given(award: Award) -> Given:
    return Given(award.student_id, award.kind, award.months, award.item, award.project_id)


def _days(award: Award) -> list[date]:
    """On which days the award was paid; before that the day on which it would be."""
    return [payment.paid_on for payment in award.payments] or [day_of(award.months)]


def _entitlements(awards: Sequence[Award]) -> dict[Any, Any]:
    groups: dict[Any, list[Student]] = defaultdict(list)
    for award in awards:
        groups[award.kind, award.months].append(award.student)
    return {
        (kind, months, each.student.id): each
        for (kind, months), students in groups.items()
        for each in entitlements(students, kind, months)
    }


def _related(ids: Iterable[int], *groupings: dict[int, set[int]]) -> set[int]:
    return set(ids).union(*(group for grouping in groupings for group in grouping.values()))


def _siblings(student_ids: Sequence[int]) -> dict[int, set[int]]:
    """Student → other students who share a guardian."""
    mine, theirs = Guardianship.__table__.alias(), Guardianship.__table__.alias()
    pairs = (
        select(mine.c.student_id, theirs.c.student_id)
        .where(mine.c.guardian_id == theirs.c.guardian_id, mine.c.student_id != theirs.c.student_id)
        .where(mine.c.student_id.in_(student_ids))
    )
    return _grouped(db.session.execute(pairs))


def _sharing(cards: dict[int, BankCard], student_ids: Sequence[int]) -> dict[int, set[int]]:
    """Student → other students with the same card, by blind index."""
    owners = {card.card_index: student_id for student_id, card in cards.items()}
    same = select(BankCard.card_index, BankCard.student_id).where(
        BankCard.card_index.in_(owners), BankCard.retired_at.is_(None)
    )
    holders = _grouped(db.session.execute(same))
    return {student_id: holders.get(card.card_index, set()) - {student_id} for student_id, card in cards.items()}


def _with_same_id(awards: Sequence[Award]) -> dict[str, list[Award]]:
    """Blind index of a resident ID → standing awards that were claimed with it."""
    years = {award.school_year for award in awards}
    indexes = {award.claimant_index for award in awards}
    same = select(Award).where(Award.claimant_index.in_(indexes), Award.school_year.in_(years), Award.status.in_(LIVE))
    found: dict[str, list[Award]] = defaultdict(list)
    for award in db.session.scalars(same):
        found[award.claimant_index].append(award)
    return found


def _grouped(pairs: Iterable[Any]) -> dict[Any, set[int]]:
    found: dict[Any, set[int]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found
