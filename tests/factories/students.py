"""Students and guardians. Resident IDs carry the prefix 999999, which belongs to no area."""

from datetime import date

import factory

from exchange.core.encryption import blind_index
from exchange.students.consents import TEXTS
from exchange.students.models import (
    ConsentAnswer,
    ConsentChannel,
    ConsentKind,
    ConsentRecord,
    Contact,
    ContactKind,
    Correction,
    CorrectionField,
    Guardian,
    Guardianship,
    PhotoBatch,
    PhotoBatchStatus,
    PhotoItem,
    PhotoOutcome,
    Sex,
    Student,
)
from tests.factories.base import Factory
from tests.factories.programmes import SchoolClassFactory

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident_id(serial: int, birth_date: date = date(2010, 5, 6), sex: Sex = Sex.FEMALE) -> str:
    """A number that passes every check of GB 11643 but belongs to nobody (serial 0 to 349)."""
    sequence = 300 + serial % 350 * 2 + (1 if sex == Sex.MALE else 0)
    digits = f"999999{birth_date:%Y%m%d}{sequence}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


class StudentFactory(Factory):
    """A girl of sixteen, registered."""

    class Meta:
        model = Student

    class Params:
        serial = factory.Sequence(lambda n: n)

    student_no = factory.Sequence(lambda n: f"2026{n:06d}")
    name = factory.Sequence(lambda n: "岩" + "".join("零一二三四五六七八九"[int(digit)] for digit in str(n)))
    pinyin = factory.LazyAttribute(lambda student: f"yan {student.student_no}")
    initials = "y"
    birth_date = date(2010, 5, 6)
    sex = Sex.FEMALE
    resident_id = factory.LazyAttribute(
        lambda student: resident_id(student.serial, date(1990 + student.serial // 350 % 25, 5, 6), student.sex)
    )
    resident_id_index = factory.LazyAttribute(lambda student: blind_index(student.resident_id, "resident_id"))
    ethnicity = "18"
    county_of_origin = "533103"
    enrolled_on = date(2026, 9, 1)
    school_class = factory.SubFactory(SchoolClassFactory)


class GuardianFactory(Factory):
    class Meta:
        model = Guardian

    name = factory.Sequence(lambda n: f"监护{n}")


class GuardianshipFactory(Factory):
    class Meta:
        model = Guardianship

    student = factory.SubFactory(StudentFactory)
    guardian = factory.SubFactory(GuardianFactory)
    relation = "母亲"


class ContactFactory(Factory):
    class Meta:
        model = Contact

    student = factory.SubFactory(StudentFactory)
    kind = ContactKind.EMERGENCY
    name = factory.Sequence(lambda n: f"联系{n}")
    position = "邻居"
    phone = "13800000009"


class ConsentRecordFactory(Factory):
    """Given by the student, on the present text."""

    class Meta:
        model = ConsentRecord

    student = factory.SubFactory(StudentFactory)
    kind = ConsentKind.PUBLICITY
    text_version = factory.LazyAttribute(lambda consent: TEXTS[consent.kind].version)
    answer = ConsentAnswer.GIVEN
    answered_on = date(2026, 9, 2)
    channel = ConsentChannel.ON_SITE
    given_by = factory.LazyAttribute(lambda consent: consent.student.name)


class CorrectionFactory(Factory):
    """Somebody asks for another phone."""

    class Meta:
        model = Correction

    student = factory.SubFactory(StudentFactory, phone="13800000001")
    field = CorrectionField.PHONE
    old_value = "13800000001"
    new_value = "13800000002"
    reason = "换了号码"


class PhotoBatchFactory(Factory):
    class Meta:
        model = PhotoBatch

    filename = "照片.zip"
    status = PhotoBatchStatus.REVIEWED


class PhotoItemFactory(Factory):
    """A file of which nobody knows whom it shows."""

    class Meta:
        model = PhotoItem

    filename = "20260701.jpg"
    outcome = PhotoOutcome.UNKNOWN
    batch_id = factory.LazyFunction(lambda: PhotoBatchFactory().id)
