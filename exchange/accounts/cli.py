"""``flask accounts``: people who can sign in."""

import sys

import click

from exchange.accounts import service
from exchange.accounts.queries import actor
from exchange.accounts.roles import Permission, Role
from exchange.core.cli import Group, by_option, json_option, report, writes
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _

accounts = Group("accounts", help="People who can sign in.")


@accounts.command()
@click.argument("username")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
@click.option("--name", help="The person's name; left out, the user name.")
@click.option("--password-stdin", is_flag=True, required=True, help="Read the password from standard input.")
@by_option
@json_option
@writes
def create(username, roles, name, password_stdin, by, as_json):
    """Create USERNAME, who can sign in with the password on standard input."""
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise UsageProblem(_("标准输入里没有密码。"))
    user = service.create_account(
        username=username,
        name=name or username,
        roles={Role(role) for role in roles},
        password=password,
        by=actor(by, Permission.ACCOUNT_MANAGE),
    )
    report({"user": user.id}, as_json=as_json)
