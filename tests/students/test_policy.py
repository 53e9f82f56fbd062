"""Each role sees its own students and not the others."""

import pytest

from exchange.core.database import db as database
from exchange.students import policy
from tests.factories import accounts
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory, StudentFactory


def seen(user):
    return set(database.session.scalars(policy.visible_to(user)))


def test_homeroom_teacher_sees_own_class(db):
    teacher = accounts.HomeroomTeacherFactory()
    own = StudentFactory(school_class=SchoolClassFactory(homeroom_teacher=teacher))
    StudentFactory()

    assert seen(teacher) == {own}


def test_student_sees_own_record(db):
    user = accounts.StudentUserFactory()
    own = StudentFactory(user=user)
    StudentFactory()

    assert seen(user) == {own}


def test_guardian_sees_own_children(db):
    user = accounts.GuardianUserFactory()
    child = GuardianshipFactory(guardian=GuardianFactory(user=user)).student
    StudentFactory()

    assert seen(user) == {child}


NOBODY = [accounts.AdministratorFactory, accounts.PartnerUserFactory, accounts.AuditorFactory]


@pytest.mark.parametrize("factory", NOBODY)
def test_others_see_nobody(db, factory):
    StudentFactory()

    assert seen(factory()) == set()


@pytest.mark.parametrize("factory", [accounts.RegistrarFactory, accounts.AidOfficerFactory, accounts.PrincipalFactory])
def test_office_sees_all(db, factory):
    student = StudentFactory()

    assert seen(factory()) == {student}
