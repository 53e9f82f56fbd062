"""Who sees the ledger and hardship, and who sees what was given to whom."""

import pytest

from exchange.accounts.roles import Role
from exchange.aid import policy
from exchange.aid.values import AwardStatus
from exchange.core.database import db as database
from tests.factories.accounts import FACTORIES, GuardianUserFactory, StudentUserFactory
from tests.factories.aid import PovertyStatusFactory, gift
from tests.factories.students import GuardianFactory, GuardianshipFactory, StudentFactory

SCOPES = [policy.statuses_visible_to, policy.visible_to, policy.payments_visible_to]


@pytest.mark.parametrize("role", Role)
def test_everything_for_the_aid_officer_and_nothing_for_anybody_else(db, role):
    status, award = PovertyStatusFactory(), gift(StudentFactory())
    user = FACTORIES[role]()

    seen = [set(database.session.scalars(scope(user))) for scope in SCOPES]

    assert seen == ([{status}, {award}, set()] if role is Role.AID_OFFICER else [set(), set(), set()])


def test_families_see_their_own_and_no_plan(db):
    child, other = StudentFactory(user=StudentUserFactory()), StudentFactory()
    guardian = GuardianFactory(user=GuardianUserFactory())
    GuardianshipFactory(student=child, guardian=guardian)
    mine, planned, foreign = gift(child), gift(child), gift(other)
    mine.status = foreign.status = AwardStatus.APPROVED
    database.session.commit()

    for user in (child.user, guardian.user):
        assert list(database.session.scalars(policy.own(user))) == [mine]
    assert planned.status is AwardStatus.PLANNED
