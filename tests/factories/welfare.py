"""Absences and talks."""

from datetime import date

import factory

from exchange.welfare.models import Absence, AbsenceKind, ContactKind, ContactNote
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
