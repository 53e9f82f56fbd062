"""Rolls and requests for leave."""

from datetime import date

import factory

from exchange.attendance.models import (
    AttendanceMark,
    LeaveKind,
    LeaveRequest,
    LeaveStatus,
    Roll,
    RollEntry,
    RollTime,
)
from tests.factories.base import Factory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import StudentFactory


class RollFactory(Factory):
    """The first lesson, everybody there."""

    class Meta:
        model = Roll

    school_class = factory.SubFactory(SchoolClassFactory)
    day = date(2026, 11, 23)
    time = RollTime.FIRST


class RollEntryFactory(Factory):
    """Absent from the first lesson."""

    class Meta:
        model = RollEntry

    student = factory.SubFactory(StudentFactory)
    roll = factory.SubFactory(RollFactory, school_class=factory.SelfAttribute("..student.school_class"))
    mark = AttendanceMark.ABSENT


class LeaveRequestFactory(Factory):
    """A day in bed, approved."""

    class Meta:
        model = LeaveRequest

    student = factory.SubFactory(StudentFactory)
    kind = LeaveKind.SICK
    starts_on = date(2026, 11, 23)
    ends_on = factory.SelfAttribute("starts_on")
    reason = "发烧"
    status = LeaveStatus.APPROVED
