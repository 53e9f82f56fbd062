import json

import pytest

from exchange.accounts.queries import find_user
from exchange.accounts.roles import Role
from tests.factories.accounts import PASSWORD, AdministratorFactory, RegistrarFactory

CREATE = ("accounts", "create", "li.yu", "--role", "registrar", "--password-stdin")


def test_create_prints_the_number_of_the_account(runner):
    result = runner.invoke(args=[*CREATE, "--role", "auditor", "--json"], input=f"{PASSWORD}\n")

    user = find_user("li.yu")
    assert json.loads(result.stdout) == {"user": user.id}
    assert user.roles == {Role.REGISTRAR, Role.AUDITOR}


def test_create_records_who_did_it(runner):
    AdministratorFactory(username="admin")

    result = runner.invoke(args=[*CREATE, "--by", "admin"], input=PASSWORD)

    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "password", "words"),
    [
        ((), "", "没有密码"),
        ((), "short", "8 到 72"),
        (("--by", "nobody"), PASSWORD, "nobody"),
        (("--by", "registrar1"), PASSWORD, "accounts:manage"),
    ],
)
def test_create_refuses_in_one_line(runner, arguments, password, words):
    RegistrarFactory(username="registrar1")

    result = runner.invoke(args=[*CREATE, *arguments], input=password)

    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert words in result.stderr
    assert find_user("li.yu") is None


def test_create_never_repeats_the_password(runner):
    result = runner.invoke(args=[*CREATE, "--json"], input=f"{PASSWORD}\n")

    assert PASSWORD not in result.output
