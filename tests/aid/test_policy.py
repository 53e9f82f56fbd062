"""Who sees the ledger and hardship, and who sees what was given to whom."""

from datetime import date

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


def test_who_no_longer_answers_for_the_student_sees_no_aid(db):
    guardian = GuardianFactory(user=GuardianUserFactory())
    grown_up = StudentFactory(birth_date=date(2000, 1, 1))
    GuardianshipFactory(student=grown_up, guardian=guardian)
    former = StudentFactory()
    GuardianshipFactory(student=former, guardian=guardian, until=date(2026, 1, 1))
    gift(grown_up), gift(former)

    assert set(database.session.scalars(policy.own(guardian.user))) == set()
