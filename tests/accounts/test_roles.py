import pytest

from exchange.accounts.roles import GRANTS, Permission, Role, permissions_of
from tests.factories.accounts import FACTORIES, UserFactory


def test_every_role_stands_in_the_matrix_and_has_a_factory():
    assert set(GRANTS) == set(Role) == set(FACTORIES)


def test_every_permission_is_granted_to_somebody():
    assert set().union(*GRANTS.values()) == set(Permission)


def test_permissions_stand_in_alphabetical_order():
    values = [permission.value for permission in Permission]

    assert values == sorted(values)


def test_somebody_with_two_roles_may_do_what_either_may():
    both = permissions_of({Role.REGISTRAR, Role.SUBJECT_TEACHER})

    assert both == GRANTS[Role.REGISTRAR] | GRANTS[Role.SUBJECT_TEACHER]


@pytest.mark.parametrize("permission", list(Permission))
def test_somebody_without_a_role_may_do_nothing(permission):
    assert not UserFactory.build().may(permission)
