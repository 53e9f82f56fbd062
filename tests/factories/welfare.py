"""Absences, talks, beds, journeys and home visits."""

from datetime import date, datetime
from uuid import uuid4

import factory

from exchange.core.database import SCHOOL_TIME
from exchange.students.models import Sex
from exchange.welfare.models import (
    Absence,
    AbsenceKind,
    BedStay,
    ContactKind,
    ContactNote,
    DormitoryBuilding,
    DormitoryRoom,
    HolidayStay,
    Leg,
    Seat,
    TravelGroup,
    Trip,
    VisitReport,
    VisitSheet,
)
from tests.factories.base import Factory
from tests.factories.students import StudentFactory


class AbsenceFactory(Factory):
    """A whole day without leave."""

    class Meta:
        model = Absence

    student = factory.SubFactory(StudentFactory)
    kind = AbsenceKind.UNEXCUSED
    starts_on = date(2026, 11, 23)
    ends_on = factory.SelfAttribute("starts_on")
    hours = 7


class ContactNoteFactory(Factory):
    """A call home."""

    class Meta:
        model = ContactNote

    student = factory.SubFactory(StudentFactory)
    kind = ContactKind.CALL
    held_on = date(2026, 11, 23)
    with_whom = "母亲"
    agreed = "孩子想家，周末再打一次。"


class DormitoryBuildingFactory(Factory):
    class Meta:
        model = DormitoryBuilding

    name = factory.Sequence(lambda n: f"{n}号楼")


class DormitoryRoomFactory(Factory):
    """A room with two beds for girls."""

    class Meta:
        model = DormitoryRoom

    building = factory.SubFactory(DormitoryBuildingFactory)
    number = factory.Sequence(lambda n: f"{n + 101}")
    sex = Sex.FEMALE
    capacity = 2


class BedStayFactory(Factory):
    class Meta:
        model = BedStay

    room = factory.SubFactory(DormitoryRoomFactory)
    bed = 1
    student = factory.SubFactory(StudentFactory)
    begins_on = date(2026, 9, 1)


class TripFactory(Factory):
    class Meta:
        model = Trip

    name = factory.Sequence(lambda n: f"{2027 + n}年寒假")
    leaves_on = date(2027, 1, 23)
    back_on = date(2027, 2, 21)


class TravelGroupFactory(Factory):
    """Thirty hours by train, without an escort yet."""

    class Meta:
        model = TravelGroup

    trip = factory.SubFactory(TripFactory)
    leg = Leg.HOME
    name = factory.Sequence(lambda n: f"芒市{n}组")
    route = "德清—杭州东—昆明—芒市"
    carrier = "K739"
    meeting_point = "学校南门"
    meets_at = datetime(2027, 1, 23, 7, 0, tzinfo=SCHOOL_TIME)
    arrives_at = datetime(2027, 1, 24, 18, 0, tzinfo=SCHOOL_TIME)


class SeatFactory(Factory):
    class Meta:
        model = Seat

    group = factory.SubFactory(TravelGroupFactory)
    trip_id = factory.LazyAttribute(lambda seat: seat.group.trip_id)
    leg = factory.LazyAttribute(lambda seat: seat.group.leg)
    student = factory.SubFactory(StudentFactory)


class HolidayStayFactory(Factory):
    class Meta:
        model = HolidayStay

    trip = factory.SubFactory(TripFactory)
    student = factory.SubFactory(StudentFactory)
    place = "学校宿舍"
    carer = "值班老师"


class VisitSheetFactory(Factory):
    class Meta:
        model = VisitSheet

    student = factory.SubFactory(StudentFactory)
    occasion = factory.Sequence(lambda n: f"{2027 + n}年寒假家访")


class VisitReportFactory(Factory):
    class Meta:
        model = VisitReport

    sheet = factory.SubFactory(VisitSheetFactory)
    key = factory.LazyFunction(lambda: str(uuid4()))
    visited_on = date(2026, 11, 23)
    with_whom = "外婆"
    situation = "外婆照顾，离镇上两小时路。"
    wishes = "学门手艺。"
    agreed = "每两周打一次电话。"
    visitors = "尹老师"
