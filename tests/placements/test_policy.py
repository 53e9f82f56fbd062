"""Who sees which placements."""

import pytest

from exchange.accounts.roles import Role
from exchange.core.database import db as database
from exchange.placements import policy, queries
from exchange.placements.models import PlacementStatus
from tests.factories.accounts import FACTORIES
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import SchoolClassFactory

ALL = {Role.PRINCIPAL, Role.INTERNSHIP_OFFICER, Role.REGISTRAR}
OWN = {Role.INSTRUCTOR, Role.HOMEROOM_TEACHER, Role.STUDENT}


@pytest.mark.parametrize("role", Role)
def test_visible_to_is_all_own_or_nothing(db, role):
    user = FACTORIES[role]()
    own = PlacementFactory(
        student__school_class=SchoolClassFactory(homeroom_teacher_id=user.id),
        student__user_id=user.id,
        instructor=user,
    )
    foreign = PlacementFactory()

    seen = set(database.session.scalars(policy.visible_to(user)))

    assert seen == ({own, foreign} if role in ALL else {own} if role in OWN else set())


@pytest.mark.parametrize(
    ("status", "may_change", "may_record"),
    [
        (PlacementStatus.DRAFT, True, True),
        (PlacementStatus.PREPARING, True, True),
        (PlacementStatus.ACTIVE, False, True),
        (PlacementStatus.ENDED, False, False),
        (PlacementStatus.TERMINATED, False, False),
    ],
)
def test_officer_changes_before_the_first_day_and_records_until_the_last(db, status, may_change, may_record):
    officer, placement = FACTORIES[Role.INTERNSHIP_OFFICER](), PlacementFactory(status=status)

    assert policy.can_change(officer, placement) == may_change
    assert policy.can_record(officer, placement) == may_record


def test_home_shows_the_principal_what_to_approve_and_the_officer_what_to_prepare(app, db):
    post = PlacementFactory(status=PlacementStatus.DRAFT).post
    PlacementFactory.create_batch(2, status=PlacementStatus.PREPARING, post=post)
    PlacementFactory(status=PlacementStatus.ACTIVE, post=post)

    with app.test_request_context():
        approve = queries.waiting_for(FACTORIES[Role.PRINCIPAL]())
        prepare = queries.waiting_for(FACTORIES[Role.INTERNSHIP_OFFICER]())

    assert [str(row.title) for row in approve] == [f"批准 1 名学生到{post.host_organisation.name}实习"]
    assert [str(row.title) for row in prepare] == [
        f"办齐 2 名学生到{post.host_organisation.name}实习的手续",
        f"1 名学生在{post.host_organisation.name}的实习已到期，办理结束",
    ]


def test_internship_result_is_that_of_the_last_internship_that_ended(db):
    ended = PlacementFactory(status=PlacementStatus.ENDED)
    running = PlacementFactory(status=PlacementStatus.ACTIVE)

    result = queries.internship_result(ended.student)

    assert (result.host_name, result.post_name, result.days) == (ended.host.name, "前厅接待", 180)
    assert queries.internship_result(running.student) is None
