"""Setting up a batch with its openings, and announcing it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.partners.models import Post
from exchange.selection import queries
from exchange.selection.events import SelectionEvent
from exchange.selection.limits import limit
from exchange.selection.models import BatchClass, BatchStatus, InternshipBatch, Opening, OpeningClass
from exchange.selection.workflow import BATCH_WORKFLOW

MOST_DAYS = 2 * 366


class NotThisBatch(DomainError):
    """The batch cannot be set up like this."""


class NotThisOpening(DomainError):
    """The opening cannot be offered like this."""


def create_batch(
    *,
    name: str,
    school_year: int,
    term_number: int,
    starts_on: date,
    ends_on: date,
    applications_from: date,
    applications_until: date,
    class_ids: Iterable[int],
    most_choices: int | None = None,
    appeal_days: int | None = None,
    notes: str = "",
    by: User | None,
) -> InternshipBatch:
    """Set up a batch, not yet announced. Raises ``NotThisBatch``.

    ``most_choices`` and ``appeal_days`` left out are those of the school.
    """
    values = {
        "name": name.strip(),
        "school_year": school_year,
        "term_number": term_number,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "applications_from": applications_from,
        "applications_until": applications_until,
        "most_choices": most_choices or limit("choices_of_a_student", today()),
        "appeal_days": limit("days_to_appeal", today()) if appeal_days is None else appeal_days,
        "notes": notes.strip(),
    }
    wanted = set(class_ids)
    _check(values, wanted, beside=None)
    batch = InternshipBatch(**values, class_rows=_class_rows(wanted))
    db.session.add(batch)
    record(SelectionEvent.BATCH_CREATED, batch, by=by, name=batch.name, classes=sorted(wanted))
    return batch


def change_batch(batch: InternshipBatch, *, class_ids: Iterable[int], by: User | None, **values: Any) -> None:
    """Change what is set; a published batch stays as it is. Raises ``NotThisBatch`` and ``NotPossible``."""
    take_unpublished(batch)
    wanted = set(class_ids)
    _check(values, wanted, beside=batch.id)
    if gone := batch.class_ids - wanted:
        _check_nobody_applied(batch, gone)
    changes: dict[str, Any] = {
        name: [getattr(batch, name), new] for name, new in values.items() if getattr(batch, name) != new
    }
    if batch.class_ids != wanted:
        changes["classes"] = [sorted(batch.class_ids), sorted(wanted)]
        kept = [row for row in batch.class_rows if row.class_id in wanted]
        batch.class_rows = kept + _class_rows(wanted - batch.class_ids)
    for name in changes.keys() - {"classes"}:
        setattr(batch, name, values[name])
    if changes:
        record(SelectionEvent.BATCH_CHANGED, batch, by=by, **changes)


def announce(batch: InternshipBatch, *, by: User | None) -> None:
    """From now on students and guardians see the batch. Raises ``NotThisBatch``."""
    lock(batch)
    step = BATCH_WORKFLOW.find("announce", batch.status)
    if not batch.openings:
        raise NotThisBatch(_("还没有名额。先加入至少一个岗位，再发布。"))
    batch.status = BatchStatus.ANNOUNCED
    record(step.event, batch, by=by, openings=len(batch.openings))


def add_opening(
    batch: InternshipBatch,
    post: Post,
    *,
    places: int,
    hours_per_week: Decimal | None = None,
    pay: Decimal | None = None,
    lodging: str = "",
    beds_for_women: int | None = None,
    beds_for_men: int | None = None,
    in_company: bool = False,
    notes: str = "",
    class_ids: Iterable[int] = (),
    by: User | None,
) -> Opening:
    """Offer places on a post; ``pay`` is yuan a month, no classes stand for all of the batch.

    Raises ``NotThisOpening`` and ``NotPossible``.
    """
    take_unpublished(batch)
    if any(opening.post_id == post.id for opening in batch.openings):
        raise NotThisOpening(_("“%(post)s”已经在这个批次里。", post=post.name))
    wanted = _classes_within(batch, class_ids)
    _check_company(places, in_company)
    opening = Opening(
        batch=batch,
        post=post,
        places=places,
        hours_per_week=hours_per_week,
        pay=pay,
        lodging=lodging.strip(),
        beds_for_women=beds_for_women,
        beds_for_men=beds_for_men,
        in_company=in_company,
        notes=notes.strip(),
        class_rows=[OpeningClass(class_id=each) for each in sorted(wanted)],
    )
    db.session.add(opening)
    record(SelectionEvent.OPENING_ADDED, opening, by=by, batch=batch.name, post=post.name, places=places)
    return opening


def change_opening(opening: Opening, *, class_ids: Iterable[int], by: User | None, **values: Any) -> None:
    """Change what is offered until the result is published. Raises ``NotThisOpening`` and ``NotPossible``."""
    take_unpublished(opening.batch)
    wanted = _classes_within(opening.batch, class_ids)
    _check_company(values["places"], values["in_company"])
    changes: dict[str, Any] = {
        name: [getattr(opening, name), new] for name, new in values.items() if getattr(opening, name) != new
    }
    if opening.class_ids != wanted:
        changes["classes"] = [sorted(opening.class_ids), sorted(wanted)]
        kept = [row for row in opening.class_rows if row.class_id in wanted]
        opening.class_rows = kept + [OpeningClass(class_id=each) for each in sorted(wanted - opening.class_ids)]
    for name in changes.keys() - {"classes"}:
        setattr(opening, name, values[name])
    if changes:
        record(SelectionEvent.OPENING_CHANGED, opening, by=by, **changes)


def take_unpublished(batch: InternshipBatch) -> None:
    """Lock the batch; once the result is public nothing behind it moves. Raises ``NotPossible``."""
    lock(batch)
    if batch.status is BatchStatus.PUBLISHED:
        raise NotPossible(_("结果已经公布，批次、名额、志愿和选拔结果不能再改。"))


def _check(values: dict[str, Any], class_ids: set[int], *, beside: int | None) -> None:
    if not class_ids:
        raise NotThisBatch(_("至少选一个班级。"))
    if values["ends_on"] < values["starts_on"]:
        raise NotThisBatch(_("最后一天不能早于第一天。"))
    if (values["ends_on"] - values["starts_on"]).days > MOST_DAYS:
        raise NotThisBatch(_("一个批次最长两年。看看年份对不对。"))
    if values["applications_until"] < values["applications_from"]:
        raise NotThisBatch(_("志愿截止日期不能早于开始日期。"))
    if values["applications_until"] >= values["starts_on"]:
        raise NotThisBatch(_("志愿要在实习开始（%(day)s）以前截止。", day=format_short_date(values["starts_on"])))
    same = select(InternshipBatch.id).where(InternshipBatch.name == values["name"], InternshipBatch.id != (beside or 0))
    if db.session.scalar(same):
        raise NotThisBatch(_("已经有叫“%(name)s”的批次。换一个名称。", name=values["name"]))


def _check_nobody_applied(batch: InternshipBatch, class_ids: set[int]) -> None:
    if applied := queries.number_of_applications(batch, class_ids):
        raise NotThisBatch(_("去掉的班级里已有 %(count)s 人交了志愿。请保留这个班级。", count=applied))


def _check_company(places: int, in_company: bool) -> None:
    if in_company and places < 2:
        raise NotThisOpening(_("勾了“不单独派人”，名额至少要两个。"))


def _classes_within(batch: InternshipBatch, class_ids: Iterable[int]) -> set[int]:
    wanted = set(class_ids)
    if wanted - batch.class_ids:
        raise NotThisOpening(_("岗位只能限定给参加这个批次的班级。"))
    return wanted


def _class_rows(class_ids: set[int]) -> list[BatchClass]:
    return [BatchClass(class_id=each) for each in sorted(class_ids)]
