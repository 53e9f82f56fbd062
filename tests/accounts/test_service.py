from datetime import timedelta

import pytest
import time_machine

from exchange.accounts import service
from exchange.accounts.events import AccountEvent
from exchange.accounts.roles import Role
from exchange.accounts.service import SignInRefused, UsernameTaken, WeakPassword
from exchange.audit.queries import timeline
from exchange.core.database import now
from exchange.core.errors import UsageProblem
from tests.factories.accounts import PASSWORD, UserFactory


def fail(user, times=1):
    for _attempt in range(times):
        with pytest.raises(SignInRefused):
            service.sign_in(username=user.username, password="wrong password")


def test_sign_in_gives_the_person_and_leaves_a_line(db):
    user = UserFactory()

    assert service.sign_in(username=user.username, password=PASSWORD) == user
    assert timeline(user)[0].action == AccountEvent.SIGNED_IN
    assert timeline(user)[0].actor == user


@pytest.mark.parametrize(
    "traits", [{}, {"active": False}, {"locked_until": "soon"}], ids=["wrong", "inactive", "locked"]
)
def test_every_refused_sign_in_says_the_same(db, traits):
    if "locked_until" in traits:
        traits = {"locked_until": now() + timedelta(minutes=5)}
    user = UserFactory(**traits)

    with pytest.raises(SignInRefused) as unknown:
        service.sign_in(username="nobody", password=PASSWORD)
    with pytest.raises(SignInRefused) as refused:
        service.sign_in(username=user.username, password="wrong password" if not traits else PASSWORD)

    assert str(refused.value) == str(unknown.value)


def test_five_failures_lock_and_leave_their_lines(db):
    user = UserFactory()

    fail(user, times=5)

    assert user.is_locked
    fail_with_right_password = pytest.raises(SignInRefused)
    with fail_with_right_password:
        service.sign_in(username=user.username, password=PASSWORD)
    assert [event.action for event in timeline(user)] == [AccountEvent.LOCKED] + [AccountEvent.SIGN_IN_FAILED] * 5


def test_four_failures_do_not_lock_and_success_forgets_them(db):
    user = UserFactory()
    fail(user, times=4)

    service.sign_in(username=user.username, password=PASSWORD)
    db.session.commit()
    fail(user, times=4)

    assert not user.is_locked


def test_lock_ends_by_itself(db):
    user = UserFactory()
    fail(user, times=5)

    with time_machine.travel(now() + service.LOCKED_FOR + timedelta(seconds=1)):
        assert service.sign_in(username=user.username, password=PASSWORD) == user


def test_create_account_hashes_the_password_and_records(db):
    user = service.create_account(
        username="li.yu", name="李雨", roles={Role.REGISTRAR, Role.AUDITOR}, password=PASSWORD, by=None
    )

    assert PASSWORD not in user.password_hash
    assert user.roles == {Role.REGISTRAR, Role.AUDITOR}
    assert timeline(user)[0].changes == {"username": "li.yu", "roles": ["auditor", "registrar"]}


def test_create_account_refuses_a_name_that_is_taken(db):
    taken = UserFactory()

    with pytest.raises(UsernameTaken):
        service.create_account(username=taken.username, name="李雨", roles=set(), password=PASSWORD, by=None)


@pytest.mark.parametrize("username", ["", "li yu", "a" * 65, "li\x00yu", "../li", "li\n"])
def test_create_account_refuses_a_name_that_nobody_can_type(db, username):
    with pytest.raises(UsageProblem):
        service.create_account(username=username, name="李雨", roles=set(), password=PASSWORD, by=None)


@pytest.mark.parametrize("password", ["short", "x" * 73])
def test_create_account_refuses_a_password_of_the_wrong_length(db, password):
    with pytest.raises(WeakPassword):
        service.create_account(username="li", name="李雨", roles=set(), password=password, by=None)


def test_change_password_ends_other_sessions(db):
    user = UserFactory()
    before = user.get_id()

    service.change_password(user, old=PASSWORD, new="vier woorden zonder verband")

    assert user.get_id() != before
    assert timeline(user)[0].action == AccountEvent.PASSWORD_CHANGED
    assert timeline(user)[0].changes is None


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ("wrong password", "vier woorden zonder verband", SignInRefused),
        (PASSWORD, "short", WeakPassword),
        (PASSWORD, "password1234", WeakPassword),
        (PASSWORD, "yunnan2026", WeakPassword),
    ],
)
def test_change_password_refuses(db, old, new, refusal):
    user = UserFactory()

    with pytest.raises(refusal):
        service.change_password(user, old=old, new=new)


def test_wrong_old_passwords_lock_the_change_like_the_sign_in(db):
    user = UserFactory()
    for _attempt in range(5):
        with pytest.raises(service.SignInRefused, match="原密码"):
            service.change_password(user, old="wrong", new="four unrelated long words")

    with pytest.raises(service.SignInRefused, match="15 分钟"):
        service.change_password(user, old=PASSWORD, new="four unrelated long words")
