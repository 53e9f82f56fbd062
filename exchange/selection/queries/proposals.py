"""The proposal that counts, with what it says of each student, and appeals against it."""

from collections.abc import Sequence

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from exchange.core.database import db
from exchange.partners.models import Post
from exchange.placements.models import Placement
from exchange.placements.queries import with_people, with_records
from exchange.selection.models import Appeal, AppealStatus, Assignment, InternshipBatch, Opening, Proposal
from exchange.students.models import Student

MOST_PLACEMENTS = 60


def newest_proposal(batch: InternshipBatch) -> Proposal | None:
    """The run that counts."""
    newest = select(Proposal).where(Proposal.batch_id == batch.id).options(joinedload(Proposal.made_by))
    return db.session.scalars(newest.order_by(Proposal.id.desc()).limit(1)).unique().one_or_none()


def assignments_of(proposal: Proposal) -> list[Assignment]:
    """What it says of each student, by class and name."""
    rows = (
        select(Assignment)
        .join(Assignment.student)
        .where(Assignment.proposal_id == proposal.id)
        .options(
            joinedload(Assignment.student).joinedload(Student.school_class),
            joinedload(Assignment.overridden_by),
            *with_opening(),
        )
    )
    return list(db.session.scalars(rows.order_by(Student.school_class_id, Student.pinyin, Student.id)).unique())


def assignment_of(batch: InternshipBatch, student: Student) -> Assignment | None:
    """What counts for one student."""
    newest = select(func.max(Proposal.id)).where(Proposal.batch_id == batch.id).scalar_subquery()
    return db.session.scalar(
        select(Assignment)
        .where(Assignment.proposal_id == newest, Assignment.student_id == student.id)
        .options(*with_opening())
    )


def with_opening() -> tuple[ORMOption, ...]:
    """Load opening, post and host along."""
    return (
        joinedload(Assignment.opening).joinedload(Opening.post).joinedload(Post.host_organisation),
        joinedload(Assignment.opening).selectinload(Opening.class_rows),
    )


def placements_from(batch: InternshipBatch) -> list[Placement]:
    """The placements that were made of the batch, the first few; the list of placements shows them all."""
    taken_over = select(Assignment.placement_id).join(Assignment.proposal).where(Proposal.batch_id == batch.id)
    rows = select(Placement).where(Placement.id.in_(taken_over)).options(*with_people(), *with_records())
    return list(db.session.scalars(rows.order_by(Placement.id).limit(MOST_PLACEMENTS)))


def appeals_of(batch: InternshipBatch) -> list[Appeal]:
    """The appeals against the result, the open ones first."""
    rows = select(Appeal).where(Appeal.batch_id == batch.id).options(joinedload(Appeal.student))
    appeals = db.session.scalars(rows.order_by(Appeal.id)).all()
    return sorted(appeals, key=lambda each: (each.status is not AppealStatus.PENDING, each.id))


def appeals_by(batch: InternshipBatch, student: Student) -> Sequence[Appeal]:
    """What the student's family has appealed, the latest first."""
    rows = select(Appeal).where(Appeal.batch_id == batch.id, Appeal.student_id == student.id)
    return db.session.scalars(rows.order_by(Appeal.id.desc())).all()


def waiting_appeals(scope: Select[Appeal]) -> int:
    """How many appeals of the scope wait for a decision."""
    rows = scope.where(Appeal.status == AppealStatus.PENDING).with_only_columns(func.count(Appeal.id))
    return db.session.scalar(rows) or 0


def listed_appeals(scope: Select[Appeal]) -> Select[Appeal]:
    """The appeals of the scope, those that wait first; to be paged."""
    people = joinedload(Appeal.student).joinedload(Student.school_class)
    waiting_first = case((Appeal.status == AppealStatus.PENDING, 0), else_=1)
    return scope.options(people, joinedload(Appeal.batch)).order_by(waiting_first, Appeal.id.desc())
