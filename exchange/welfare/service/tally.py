"""Counting, once a morning, who waits for the registrar."""

from sqlalchemy import select

from exchange.core.database import db, today
from exchange.students.models import Student
from exchange.welfare.models import MorningTally
from exchange.welfare.queries.attrition import count_by_actor
from exchange.welfare.rules.attrition import Actor


def count_candidates() -> MorningTally:
    """The tally of today, made or made anew."""
    tally = db.session.scalar(select(MorningTally).where(MorningTally.day == today())) or MorningTally(day=today())
    tally.candidates = count_by_actor(select(Student), today())[Actor.REGISTRAR]
    db.session.add(tally)
    db.session.flush()
    return tally
