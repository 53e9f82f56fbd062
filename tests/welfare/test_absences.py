"""Noting, ending and withdrawing absences, and what is counted from them."""

from datetime import date

import pytest
import time_machine

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.students.models import StudentStatus
from exchange.welfare import service, sources
from exchange.welfare.events import WelfareEvent
from exchange.welfare.models import Absence, AbsenceKind
from exchange.welfare.queries.absences import unexcused_hours
from exchange.welfare.rules.counting import Missed
from exchange.welfare.service.absences import ImpossibleDays, NotRegistered, ReasonMissing
from tests.factories.accounts import HomeroomTeacherFactory
from tests.factories.programmes import TermFactory
from tests.factories.students import StudentFactory
from tests.factories.welfare import AbsenceFactory

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.fixture(autouse=True)
def wednesday(db):
    with time_machine.travel("2026-11-25 10:00:00+08:00", tick=False):
        yield


def counted(student, until=TODAY):
    return unexcused_hours(student, TermFactory(), until=until)


def test_noted_absence_counts_and_leaves_a_line(db):
    student, teacher = StudentFactory(), HomeroomTeacherFactory()

    service.note_absence(student, kind=AbsenceKind.UNEXCUSED, starts_on=TODAY, hours=7, by=teacher)
    database.session.commit()

    line = timeline(student)[0]
    assert counted(student) == 7
    assert (line.action, line.actor, line.changes["hours"]) == (WelfareEvent.ABSENCE_NOTED, teacher, 7)


@pytest.mark.parametrize("kind", [AbsenceKind.SICK, AbsenceKind.PERSONAL, AbsenceKind.OFFICIAL])
def test_absence_with_leave_counts_nothing(db, kind):
    student = StudentFactory()

    service.note_absence(student, kind=kind, starts_on=TODAY, hours=7, by=None)
    database.session.commit()

    assert counted(student) == 0


def test_who_left_misses_every_school_day_until_the_return(db):
    student = StudentFactory()
    absence = service.note_absence(student, kind=AbsenceKind.LEFT, starts_on=date(2026, 11, 20), by=None)
    database.session.commit()
    assert counted(student) == 4 * 7

    service.end_absence(absence, last_day=date(2026, 11, 23), by=None)
    database.session.commit()

    assert counted(student) == 2 * 7
    assert timeline(student)[0].action == WelfareEvent.ABSENCE_ENDED


def test_withdrawn_absence_counts_no_more_but_stays(db):
    absence = AbsenceFactory()

    service.withdraw_absence(absence, reason="记错了人", by=None)
    database.session.commit()

    assert counted(absence.student) == 0
    assert database.session.get(Absence, absence.id).reason == "记错了人"
    assert timeline(absence.student)[0].reason == "记错了人"


def test_absence_is_not_withdrawn_without_a_reason(db):
    with pytest.raises(ReasonMissing):
        service.withdraw_absence(AbsenceFactory(), reason=" ", by=None)


def test_second_tap_does_not_count_a_day_twice(db):
    student = AbsenceFactory(starts_on=TODAY).student

    with pytest.raises(ImpossibleDays, match="一天只有 7 课时，已经记了 7 课时"):
        service.note_absence(student, kind=AbsenceKind.UNEXCUSED, starts_on=TODAY, hours=1, by=None)


def test_two_parts_of_one_day_may_be_noted(db):
    student = AbsenceFactory(starts_on=TODAY, hours=4).student

    service.note_absence(student, kind=AbsenceKind.UNEXCUSED, starts_on=TODAY, hours=3, by=None)
    database.session.commit()

    assert counted(student) == 7


def test_nobody_is_away_and_absent_at_once(db):
    student = AbsenceFactory(kind=AbsenceKind.LEFT, ends_on=None, hours=0).student

    with pytest.raises(ImpossibleDays, match="先登记返校"):
        service.note_absence(student, kind=AbsenceKind.SICK, starts_on=TODAY, hours=1, by=None)


@pytest.mark.parametrize(
    ("days", "word"),
    [
        ({"starts_on": date(2026, 8, 31)}, "还没有入学"),
        ({"starts_on": date(2026, 11, 26)}, "还没有到"),
        ({"starts_on": TODAY, "ends_on": date(2026, 11, 24)}, "不能早于第一天"),
    ],
)
def test_impossible_days_are_refused(db, days, word):
    with pytest.raises(ImpossibleDays, match=word):
        service.note_absence(StudentFactory(), kind=AbsenceKind.UNEXCUSED, hours=7, by=None, **days)


def test_leave_may_be_noted_ahead(db):
    student, day = StudentFactory(), date(2026, 12, 1)

    absence = service.note_absence(student, kind=AbsenceKind.SICK, starts_on=day, hours=7, by=None)

    assert (absence.student, absence.starts_on, absence.hours) == (student, day, 7)


def test_student_on_leave_is_not_absent(db):
    with pytest.raises(NotRegistered):
        service.note_absence(
            StudentFactory(status=StudentStatus.ON_LEAVE), kind=AbsenceKind.SICK, starts_on=TODAY, hours=7, by=None
        )


def test_hours_of_the_last_term_do_not_count(db):
    absence = AbsenceFactory(student=StudentFactory(enrolled_on=date(2025, 9, 1)), starts_on=date(2026, 6, 1))

    assert counted(absence.student) == 0


def test_what_two_sources_know_of_a_day_counts_once(db):
    student = AbsenceFactory(starts_on=TODAY, hours=4).student
    lessons = [Missed(student.id, TODAY, 2), Missed(student.id, TODAY, 3), Missed(student.id, date(2026, 11, 24), 2)]
    sources.register_missed(lambda _ids, _first, _last: lessons)
    try:
        assert counted(student) == 5 + 2
    finally:
        sources.MISSED_SOURCES.pop()
