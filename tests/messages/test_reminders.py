"""Whom the daily run reminds: exactly who still has something to do, and not every day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import select

from exchange.core.database import db as database
from exchange.messages import reminders
from exchange.messages.models import Message
from exchange.messages.reminders import Reminder
from tests.factories.accounts import UserFactory

DAY = date(2026, 11, 2)


@pytest.fixture
def owing(db, monkeypatch):
    """Two people who owe something as long as they stand in the list."""
    people = UserFactory.create_batch(2)

    def source(_day):
        return [Reminder(each, f"owed:{each.id}", "还有事要办", "签字", "/placements/mine") for each in people]

    monkeypatch.setattr(reminders, "_sources", {"test": source})
    return people


def run(day):
    """The daily run, at three in the morning of that day."""
    moment = datetime(day.year, day.month, day.day, 3, tzinfo=ZoneInfo("Asia/Shanghai"))
    with time_machine.travel(moment, tick=False):
        told = reminders.remind(day)
        database.session.commit()
    return told


def test_everybody_who_owes_something_is_told(owing):
    assert run(DAY) == 2
    assert set(database.session.scalars(select(Message.recipient_id))) == {each.id for each in owing}


def test_nobody_is_told_again_before_three_days_have_passed(owing):
    assert [run(DAY + timedelta(days=days)) for days in range(7)] == [2, 0, 0, 2, 0, 0, 2]


def test_whoever_has_done_it_hears_no_more(owing):
    run(DAY)
    done = owing.pop()

    assert run(DAY + timedelta(days=3)) == 1
    assert database.session.query(Message).filter_by(recipient_id=done.id).count() == 1
