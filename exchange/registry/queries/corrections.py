"""Reading what was sent, the comparisons, and the correction list."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, load_only

from exchange.core.counting import up_to_most
from exchange.core.database import db, now
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.core.masking import mask_name, mask_phone, mask_resident_id, masked
from exchange.programmes.models import SchoolClass
from exchange.registry.models import Discrepancy, Reconciliation, RegistryState, Submission, SubmittedRecord
from exchange.registry.requirements import NATIONAL_NUMBER, settings
from exchange.registry.values import UNSETTLED, DifferenceKind, DiscrepancyStatus, RunStatus
from exchange.students.models import Student
from exchange.students.roster.columns import COLUMNS, Kind

PORTION = 500
MASKS = {Kind.RESIDENT_ID: mask_resident_id, Kind.PHONE: mask_phone}
HIDDEN = {
    "户口所在地区县以下详细地址",
    "家庭现地址",
    "电子信箱/其他联系方式",
    "成员1工作或学习单位",
    "成员2工作或学习单位",
}
OVERDUE, NUMBERS = "overdue", "number"
TROUBLES = [kind for kind in DifferenceKind if kind is not DifferenceKind.NUMBER]
Conditions = tuple[ColumnElement[bool], ...]
KINDS = {column.heading: column.kind for column in COLUMNS}


class Shown(NamedTuple):
    """A line of the correction list as people see it: what identifies somebody is masked."""

    id: int
    who: str
    class_name: str
    student_id: int | None
    heading: str
    kind: DifferenceKind
    here: str
    sent: str | None
    there: str
    status: DiscrepancyStatus
    overdue: bool
    record: Discrepancy


def submissions() -> Select[Submission]:
    """Every file that was made, the newest first."""
    return (
        select(Submission)
        .options(joinedload(Submission.actor), joinedload(Submission.school_class))
        .order_by(Submission.id.desc())
    )


def changed_since(submission: Submission) -> Select[Any]:
    """The students of a submission whose record is not any more what was sent last, with their states."""
    return (
        select(RegistryState)
        .join(RegistryState.student)
        .join(SubmittedRecord, SubmittedRecord.student_id == RegistryState.student_id)
        .options(
            contains_eager(RegistryState.student)
            .load_only(Student.student_no, Student.name, Student.pinyin)
            .options(joinedload(Student.school_class).options(load_only(SchoolClass.name)))
        )
        .where(
            SubmittedRecord.submission_id == submission.id,
            SubmittedRecord.is_latest,
            SubmittedRecord.digest != RegistryState.digest,
        )
        .order_by(Student.pinyin, Student.id)
    )


def confirmed_in(submission: Submission) -> int:
    """How many students of a submission a file of the registry has shown with a number."""
    counted = select(func.count(SubmittedRecord.confirmed_at)).where(SubmittedRecord.submission_id == submission.id)
    return db.session.scalar(counted) or 0


def latest_of(student: Student) -> SubmittedRecord | None:
    """What was last sent of a student."""
    latest = select(SubmittedRecord).options(joinedload(SubmittedRecord.submission))
    return db.session.scalar(latest.where(SubmittedRecord.student_id == student.id, SubmittedRecord.is_latest))


def reconciliations() -> Select[Reconciliation]:
    """Every comparison, the newest first."""
    return (
        select(Reconciliation)
        .options(joinedload(Reconciliation.actor), joinedload(Reconciliation.school_class))
        .order_by(Reconciliation.id.desc())
    )


def has_later_run(run: Reconciliation) -> bool:
    """Whether the same students were compared again since."""
    same = Reconciliation.school_class_id.is_not_distinct_from(run.school_class_id)
    later = select(Reconciliation.id).where(Reconciliation.id > run.id, Reconciliation.status == RunStatus.DONE, same)
    return db.session.scalar(later.limit(1)) is not None


def asking_run() -> Reconciliation | None:
    """The last comparison, where it waits for somebody to say whether its file holds everybody."""
    done = select(Reconciliation).where(Reconciliation.status == RunStatus.DONE).order_by(Reconciliation.id.desc())
    last = db.session.scalar(done.limit(1))
    return last if last and last.is_asking else None


def corrections(*, show: str = "", kind: str = "", heading: str = "", class_name: str = "") -> Select[Discrepancy]:
    """The correction list, the oldest first; without ``show`` what is to be decided but for new numbers."""
    found = (
        select(Discrepancy)
        .outerjoin(Discrepancy.student)
        .outerjoin(Student.school_class)
        .options(
            contains_eager(Discrepancy.student)
            .load_only(Student.student_no, Student.name)
            .options(contains_eager(Student.school_class).options(load_only(SchoolClass.name)))
        )
        .where(*SHOWS.get(show, SHOWS[""])())
        .order_by(Discrepancy.opened_at, Discrepancy.id)
    )
    if kind in set(DifferenceKind):
        found = found.where(Discrepancy.kind == DifferenceKind(kind))
    if heading:
        found = found.where(Discrepancy.heading == heading)
    return found.where(SchoolClass.name == class_name) if class_name else found


def for_page() -> Select[Discrepancy]:
    """One line with everything its page shows."""
    return select(Discrepancy).options(
        joinedload(Discrepancy.student).joinedload(Student.school_class),
        joinedload(Discrepancy.decided_by),
        joinedload(Discrepancy.seen_in),
    )


def of_student(student: Student) -> list[Discrepancy]:
    """What is not settled about one student."""
    found = select(Discrepancy).where(Discrepancy.student_id == student.id, Discrepancy.status.in_(UNSETTLED))
    return list(db.session.scalars(found.options(joinedload(Discrepancy.student)).order_by(Discrepancy.id)))


def counts() -> dict[str, int]:
    """How many lines each part of the list has, counted up to a thousand."""
    counted = [up_to_most(select(Discrepancy.id).where(*conditions())) for conditions in SHOWS.values()]
    found = db.session.execute(select(*counted)).one()
    return dict(zip(SHOWS, found, strict=True))


def portions(lines: Select[Discrepancy]) -> list[Discrepancy]:
    """All lines of the list, for a workbook or a decision about several."""
    return list(db.session.scalars(lines))


def find(ids: Iterable[int]) -> list[Discrepancy]:
    """The lines with these numbers."""
    wanted = select(Discrepancy).where(Discrepancy.id.in_(list(ids))).options(joinedload(Discrepancy.student))
    return list(db.session.scalars(wanted.order_by(Discrepancy.id)))


def find_class_of(name: str, find_class: Any) -> SchoolClass | None:
    """The class of this name; none for an empty one. Raises ``UsageProblem``."""
    if not name:
        return None
    found: SchoolClass | None = find_class(name)
    if found is None:
        raise UsageProblem(_("没有名为“%(name)s”的班级。", name=name))
    return found


def as_shown(discrepancy: Discrepancy) -> Shown:
    """The line with masked values."""
    student, person = discrepancy.student, discrepancy.person or {}
    heading = discrepancy.heading
    return Shown(
        id=discrepancy.id,
        who=student.name if student else person.get("姓名", ""),
        class_name=student.school_class.name if student else person.get("班级名称", ""),
        student_id=discrepancy.student_id,
        heading=heading or str(_("整条记录")),
        kind=discrepancy.kind,
        here=shown(heading, discrepancy.ours),
        sent=None
        if discrepancy.submitted is None and heading != NATIONAL_NUMBER
        else shown(heading, discrepancy.submitted),
        there=shown(heading, discrepancy.theirs),
        status=discrepancy.status,
        overdue=discrepancy.status in UNSETTLED and discrepancy.opened_at < _long_ago(),
        record=discrepancy,
    )


def shown(heading: str, value: str | None) -> str:
    """A cell masked as its column asks."""
    if not value:
        return ""
    if heading == NATIONAL_NUMBER:
        return mask_resident_id(value)
    if heading in HIDDEN:
        return masked(value)
    if heading.startswith("成员") and heading.endswith("姓名"):
        return mask_name(value)
    return MASKS.get(KINDS.get(heading, Kind.TEXT), str)(value)


def _long_ago() -> datetime:
    return now() - timedelta(days=settings().overdue_after_days)


def _with(status: DiscrepancyStatus) -> Callable[[], Conditions]:
    return lambda: (Discrepancy.status == status,)


SHOWS: dict[str, Callable[[], Conditions]] = {
    "": lambda: (Discrepancy.status == DiscrepancyStatus.OPEN, Discrepancy.kind.in_(TROUBLES)),
    NUMBERS: lambda: (
        Discrepancy.status == DiscrepancyStatus.OPEN,
        Discrepancy.kind == DifferenceKind.NUMBER,
    ),
    DiscrepancyStatus.WAITING.value: _with(DiscrepancyStatus.WAITING),
    OVERDUE: lambda: (Discrepancy.status.in_(UNSETTLED), Discrepancy.opened_at < _long_ago()),
    DiscrepancyStatus.IGNORED.value: _with(DiscrepancyStatus.IGNORED),
    DiscrepancyStatus.GONE.value: _with(DiscrepancyStatus.GONE),
}
"""The parts of the list: what is to be decided, numbers to write down, what waits, and so on."""
