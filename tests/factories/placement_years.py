"""A school with thousands of placements, for measurements: copies of some for which everything is recorded.

``python -m tests.factories.placement_years COUNT`` builds them in the installation that the environment names. Half of
them are in preparation, half run; forty share a post, and every student has shifts of their own.
"""

import sys
from collections.abc import Iterator
from datetime import date, time
from typing import Any

from sqlalchemy import select

from exchange import create_app
from exchange.core.database import Model, db, insert_all, now
from exchange.placements.facts.document import Shift
from exchange.placements.models import RELATIONS, Placement, PlacementStatus
from exchange.shifts.models import ShiftPlan
from exchange.students.models import Student
from tests.factories.partners import PostFactory
from tests.factories.placements import PlacementFactory, record_everything
from tests.factories.shifts import usual_shifts

AT_ONE_POST = 40
IS = PlacementStatus
BORN = date(2008, 1, 6)


def build(count: int) -> None:
    """So many placements, rounded up to whole posts."""
    template = PlacementFactory(student__birth_date=BORN)
    record_everything(template)
    posts = [PostFactory() for _number in range(-(-count // AT_ONE_POST))]
    for post in posts:
        _fill(template, post.id)
    db.session.commit()


def _fill(template: Placement, post_id: int) -> None:
    students = insert_all(Student, _copies(Student, template.student_id, _unlike_others))
    arranged = ({"student_id": student, "post_id": post_id} for student in students)
    placements = insert_all(Placement, _copies(Placement, template.id, lambda number: next(arranged) | _status(number)))
    for model, relation in RELATIONS.items():
        for record in getattr(template, relation):
            insert_all(model, _copies(model, record.id, lambda number: {"placement_id": placements[number]}))
    insert_all(ShiftPlan, [_plan(template, placement, post_id) for placement in placements])


def _copies(model: type[Model], record_id: int, differing: Any) -> Iterator[dict[str, Any]]:
    table = model.__table__
    row = db.session.execute(select(table).where(table.c.id == record_id)).mappings().one()
    kept = {name: value for name, value in row.items() if name != "id"}
    return (kept | differing(number) for number in range(AT_ONE_POST))


def _unlike_others(_number: int) -> dict[str, Any]:
    _unlike_others.made += 1
    return {"student_no": f"X{_unlike_others.made:08}", "resident_id_index": f"X{_unlike_others.made}", "user_id": None}


_unlike_others.made = 0


def _status(number: int) -> dict[str, Any]:
    return {"status": IS.ACTIVE if number % 2 else IS.PREPARING}


def _plan(template: Placement, placement_id: int, post_id: int) -> dict[str, Any]:
    """Everybody begins at another minute, so that no plan is like another."""
    begins = time(8 + placement_id // 60 % 2, placement_id % 60)
    shifts = tuple(
        Shift(each.date_, begins, time(15, placement_id // 120 % 60), each.break_minutes)
        for each in usual_shifts(template)
    )
    return {
        "created_at": now(),
        "placement_id": placement_id,
        "post_id": post_id,
        "first_on": template.starts_on,
        "last_on": template.ends_on,
        "shifts": shifts,
        "effective_at": now(),
    }


if __name__ == "__main__":
    with create_app().app_context():
        build(int(sys.argv[1]))
