"""Absences, talks and beds."""

from datetime import date

import factory

from exchange.students.models import Sex
from exchange.welfare.models import (
    Absence,
    AbsenceKind,
    BedStay,
    ContactKind,
    ContactNote,
    DormitoryBuilding,
    DormitoryRoom,
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
