"""``flask demo``: the demonstration year."""

import click
from flask import current_app
from sqlalchemy import select

from exchange.audit.models import AuditEvent
from exchange.audit.service import record
from exchange.config import enter_demonstration
from exchange.core.cli import Group, json_option, report, writes
from exchange.core.database import db
from exchange.core.i18n import _
from exchange.demo import accounts, bulk, school_year
from exchange.demo.events import DemoEvent

MOST_STUDENTS = 1_000_000
demo = Group("demo", help="Demonstration data.")


@demo.command()
@click.option("--students", type=click.IntRange(0, MOST_STUDENTS), default=school_year.STUDENTS, show_default=True)
@click.option("--seed", type=int, default=2026, show_default=True)
@click.option("--password", help="One password for all; left out, a random one is made and kept in instance/.")
@json_option
@writes
def load(students, seed, password, as_json):
    """Tell the demonstration year. A second run changes nothing and prints the same document."""
    enter_demonstration(current_app)
    wanted = password or accounts.kept_password()
    if not school_year.is_told():
        found = bulk.count_students(), bulk.class_names()
        people = accounts.create_people(wanted or accounts.make_password())
        school_year.tell(people, students=students, seed=seed)
        bulk.add_students(students - school_year.STUDENTS, seed=seed)
        _remember(*found)
        db.session.commit()
    school_year.print_papers()
    shown = accounts.known_password(password) or accounts.known_password(accounts.kept_password())
    report(_document(shown), as_json=as_json, words=_words(shown))


def _remember(students_before, classes_before):
    """Keep what was made, so that a later run prints it again whatever has come beside it since."""
    made = {
        "students": bulk.count_students() - students_before,
        "classes": [name for name in bulk.class_names() if name not in classes_before],
    }
    record(DemoEvent.LOADED, school_year.arriving_class(), by=None, **made)


def _made():
    line = db.session.scalar(select(AuditEvent).where(AuditEvent.action == DemoEvent.LOADED.value).limit(1))
    return line.changes if line else {"students": bulk.count_students(), "classes": bulk.class_names()}


def _document(password):
    return {
        **_made(),
        "sign_ins": [
            {"username": each.username, "role": each.role.value, "password": each.password}
            for each in accounts.sign_ins(password)
        ],
    }


def _words(password):
    lines = [f"{each.username:<20}{each.role.label}" for each in accounts.sign_ins(password)]
    secret = password or _("（首次装载时设定）")
    return "\n".join([str(_("演示账号，密码都是 %(password)s：", password=secret)), *lines])
