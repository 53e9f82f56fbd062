"""Batches of internships, what they offer, and who wants what."""

from datetime import date

import factory

from exchange.core.database import db, now
from exchange.selection.models import (
    Appeal,
    Assignment,
    BatchClass,
    BatchStatus,
    Choice,
    InternshipApplication,
    InternshipBatch,
    Opening,
    Proposal,
    RoundDecision,
    RoundResult,
    SelectionRound,
)
from tests.factories.base import Factory
from tests.factories.partners import PostFactory
from tests.factories.students import StudentFactory

OLD_ENOUGH = {"birth_date": date(2008, 5, 6), "enrolled_on": date(2024, 9, 1)}
IN_TIME, AFTERWARDS = "2026-12-05 04:00", "2026-12-12 04:00"
"""Moments at which choices are taken, and when they no longer are."""


class InternshipBatchFactory(Factory):
    """Announced, for internships from March 2027; choices are taken from 1 to 10 December 2026."""

    class Meta:
        model = InternshipBatch

    name = factory.Sequence(lambda n: f"实习批次{n}")
    school_year = 2026
    term_number = 2
    starts_on = date(2027, 3, 1)
    ends_on = date(2027, 8, 27)
    applications_from = date(2026, 12, 1)
    applications_until = date(2026, 12, 10)
    most_choices = 3
    appeal_days = 5
    status = BatchStatus.ANNOUNCED


class OpeningFactory(Factory):
    class Meta:
        model = Opening

    batch = factory.SubFactory(InternshipBatchFactory)
    post = factory.SubFactory(PostFactory)
    places = 2


class SelectionRoundFactory(Factory):
    class Meta:
        model = SelectionRound

    batch = factory.SubFactory(InternshipBatchFactory)
    name = "单位面试"
    position = 1


class AppealFactory(Factory):
    """Against the result of a batch; waits for a decision."""

    class Meta:
        model = Appeal

    batch = factory.SubFactory(InternshipBatchFactory)
    student = factory.SubFactory(StudentFactory)
    because = "面试分数记错了"


def taking_part(batch, **values):
    """A student who may go anywhere, of the class of the batch."""
    if batch.class_rows:
        values.setdefault("school_class", batch.class_rows[0].school_class)
    student = StudentFactory(**OLD_ENOUGH | values)
    if student.school_class_id not in batch.class_ids:
        batch.class_rows.append(BatchClass(class_id=student.school_class_id))
    db.session.commit()
    return student


def applied(batch, *openings, companion=None, **values):
    """A student who has ranked the openings."""
    student = values.pop("student", None) or taking_part(batch, **values)
    application = InternshipApplication(
        batch_id=batch.id,
        student_id=student.id,
        companion_id=companion.id if companion else None,
        handed_in_at=now(),
        choices=[Choice(rank=rank, opening_id=each.id) for rank, each in enumerate(openings, start=1)],
    )
    db.session.add(application)
    db.session.commit()
    return student


def decided(round_, student, decision=RoundDecision.PASSED, score=None):
    """What came out of a round for a student."""
    result = RoundResult(
        round_id=round_.id, student_id=student.id, score=score, sealed_decision=decision.value, entered_at=now()
    )
    db.session.add(result)
    db.session.commit()
    return result


def proposed(batch, *pairs, seed=1):
    """A proposal that says of each student where to go; None stands for no place."""
    proposal = Proposal(batch_id=batch.id, seed=seed, solver="HiGHS")
    proposal.assignments = [
        Assignment(student_id=student.id, opening_id=opening.id if opening else None, rank=1 if opening else None)
        for student, opening in pairs
    ]
    db.session.add(proposal)
    db.session.commit()
    return proposal.assignments


def make_selection_records(student):
    """A batch of the student with everything in it, by the names that stand in addresses."""
    batch = InternshipBatchFactory(class_rows=[BatchClass(class_id=student.school_class_id)])
    opening = OpeningFactory(batch=batch)
    applied(batch, opening, student=student)
    (assignment,) = proposed(batch, (student, opening))
    return {
        "internship_batch_id": batch.id,
        "opening_id": opening.id,
        "round_id": SelectionRoundFactory(batch=batch).id,
        "assignment_id": assignment.id,
        "appeal_id": AppealFactory(batch=batch, student=student).id,
    }


class SelectionOfClass:
    """A published batch of one class, with one more of everything as often as it is asked."""

    def __init__(self, school_class):
        self.batch = InternshipBatchFactory(
            class_rows=[BatchClass(class_id=school_class.id)],
            status=BatchStatus.PUBLISHED,
            appeals_until=date(2999, 12, 31),
        )
        self.rounds, self.lines, self.assignments, self.appeals = [], [], [], []

    def grow(self, student, first, placement):
        """One more opening, round, applicant, result, assignment with its placement, appeal and batch."""
        opening = OpeningFactory(batch=self.batch)
        self.rounds.append(SelectionRoundFactory(batch=self.batch, position=len(self.rounds) + 1))
        applied(self.batch, opening, student=student)
        for each in self.rounds[:-1]:
            decided(each, student)
        decided(self.rounds[-1], first)
        self.lines.append({"student_id": student.id, "opening_id": opening.id, "placement_id": placement.id})
        grounds = [{"rank": 1, "opening": opening.id, "why": "overall"}]
        self.assignments = [Assignment(grounds=grounds, **line) for line in self.lines]
        db.session.add(Proposal(batch_id=self.batch.id, seed=1, solver="HiGHS", assignments=self.assignments))
        self.appeals.append(AppealFactory(batch=self.batch, student=student))
        InternshipBatchFactory()
        db.session.commit()

    @property
    def records(self):
        """What stands in the addresses."""
        return {
            "internship_batch": self.batch.id,
            "round": self.rounds[0].id,
            "assignment": self.assignments[0].id,
            "appeal": self.appeals[0].id,
        }
