"""What stands around the students: languages, siblings, contacts, consents, portraits, and requests to put right."""

import zipfile
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from exchange.core.database import db
from exchange.students import consents, queries, service
from exchange.students.models import (
    ConsentAnswer,
    ConsentChannel,
    ConsentKind,
    ContactKind,
    CorrectionField,
    Student,
)

if TYPE_CHECKING:
    from exchange.demo.school_year import School

ASKED_ON = {2024: date(2024, 9, 2), 2025: date(2025, 9, 2)}
SPOKEN = {"18": "傣语", "28": "景颇语", "01": "汉语", "46": "德昂语", "39": "阿昌语", "20": "傈僳语"}
PORTRAITS = 12
SKINS = ((236, 204, 172), (224, 188, 152), (242, 214, 186))
SHIRTS = ((31, 107, 80), (15, 111, 134), (138, 90, 0))


def tell(school: "School", older: list[Student], younger: list[Student]) -> None:
    """The families of both classes, as homeroom teacher and registrar have come to know them."""
    for student in (*older, *younger):
        _learn_languages(school, student)
    for position, student in enumerate(older):
        _ask_for_consent(school, student, complete=position % 5 != 4)
    for student in younger[::3]:
        _ask_for_consent(school, student, complete=False)
    for student in (*older[:8], *younger[:8]):
        _note_whom_to_call(school, student)
    if older and younger:
        _link_siblings(school, older[0], younger[0])
    _take_portraits(school, older[:PORTRAITS])
    if len(older) > 21:
        _tell_of_the_demonstrations_student(school, older[21])
    db.session.flush()


def _learn_languages(school: "School", student: Student) -> None:
    for bond in student.guardianships:
        is_grandparent = bond.relation in {"祖父", "外祖母"}
        service.change_contact_data(
            bond,
            language=SPOKEN.get(student.ethnicity, "汉语"),
            reads_mandarin=not is_grandparent,
            by=school.people["homeroom_teacher"],
        )


def _ask_for_consent(school: "School", student: Student, *, complete: bool) -> None:
    """Answered on site in the first week; some families have not said anything about news and travel yet."""
    kinds = list(consents.TEXTS)[:5] if complete else [ConsentKind.DATA_PROCESSING, ConsentKind.MEDICAL]
    bond = student.guardianships[0]
    for kind in kinds:
        refused = kind is ConsentKind.PUBLICITY and student.id % 4 == 0
        service.record_answer(
            student,
            kind=kind,
            answer=ConsentAnswer.REFUSED if refused else ConsentAnswer.GIVEN,
            guardianship=bond,
            answered_on=ASKED_ON[student.school_class.intake_year],
            channel=ConsentChannel.ON_SITE,
            witness="" if bond.guardian.reads_mandarin else "送读老师 尹兴华",
            by=school.people["homeroom_teacher"],
        )


def _note_whom_to_call(school: "School", student: Student) -> None:
    teacher = school.people["homeroom_teacher"]
    last = f"{student.id:04d}"
    service.add_contact(
        student, kind=ContactKind.EMERGENCY, name="早木兰", position="姑母", phone=f"1370000{last}", by=teacher
    )
    service.add_contact(
        student,
        kind=ContactKind.VILLAGE,
        name="排勒干",
        position="村委会主任",
        phone=f"1360000{last}",
        language="景颇语",
        by=teacher,
    )


def _link_siblings(school: "School", elder: Student, younger: Student) -> None:
    person = elder.guardianships[0].guardian
    service.add_guardian(
        younger,
        name=person.name,
        phone=person.phone,
        relation=elder.guardianships[0].relation,
        call_order=2,
        same_as=str(person.id),
        by=school.people["registrar"],
    )


def _take_portraits(school: "School", students: list[Student]) -> None:
    """One upload that was written, and one that waits to be looked at, with a file that nobody knows."""
    registrar = school.people["registrar"]
    if not students:
        return
    first = service.upload_photos(_archive(students[:-3]), filename="2024级云南班照片.zip", by=registrar)
    service.review_photos(first, by=registrar)
    service.commit_photos(first, by=registrar)
    waiting = service.upload_photos(_archive(students[-4:], also="合影.jpg"), filename="补拍照片.zip", by=registrar)
    service.review_photos(waiting, by=registrar)


def _archive(students: list[Student], *, also: str = "") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for student in students:
            packed.writestr(f"{student.student_no}_{student.name}.jpg", _drawing(student.id))
        if also:
            packed.writestr(also, _drawing(0, size=(640, 360)))
    return out.getvalue()


def _drawing(number: int, *, size: tuple[int, int] = (360, 480)) -> bytes:
    """A figure without a face: nobody."""
    from PIL import Image, ImageDraw  # loads slowly, and only this chapter draws

    width, height = size
    image = Image.new("RGB", size, (214, 228, 238))
    pen = ImageDraw.Draw(image)
    middle, skin, shirt = width // 2, SKINS[number % 3], SHIRTS[number // 3 % 3]
    pen.ellipse((middle - 150, height - 150, middle + 150, height + 170), fill=shirt)
    pen.rectangle((middle - 32, height - 200, middle + 32, height - 120), fill=skin)
    pen.ellipse((middle - 88, height - 390, middle + 88, height - 170), fill=(48, 40, 36))
    pen.ellipse((middle - 76, height - 360, middle + 76, height - 172), fill=skin)
    out = BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def _tell_of_the_demonstrations_student(school: "School", student: Student) -> None:
    """Lets the guardian go on looking, has one request refused and one waiting; the guardian waits, too."""
    user, registrar = school.people["student"], school.people["registrar"]
    if queries.standing(student, ConsentKind.GUARDIAN_AFTER_18) is None:
        service.record_answer(
            student,
            kind=ConsentKind.GUARDIAN_AFTER_18,
            answer=ConsentAnswer.GIVEN,
            guardianship=None,
            answered_on=ASKED_ON[2024],
            channel=ConsentChannel.ON_SITE,
            by=school.people["homeroom_teacher"],
        )
    address = service.ask(
        student, field=CorrectionField.ADDRESS, new_value="芒市轩岗乡芒蚌寨12号", reason="搬家了", by=user
    )
    service.refuse(address, reason="请写明村民小组，再申请一次。", by=registrar)
    service.ask(student, field=CorrectionField.PHONE, new_value="13900009999", reason="换了号码", by=user)
    bond = student.guardianships[0]
    service.ask(
        student,
        field=CorrectionField.GUARDIAN_PHONE,
        guardian=bond.guardian,
        new_value="13800009999",
        reason="换了手机号",
        by=school.people["guardian"],
    )
