"""Where a request differs from the record: enough to decide by, and no digit more than somebody may see."""

import pytest

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.students import service
from exchange.students.comparing import compared
from exchange.students.events import StudentEvent
from exchange.students.models import Correction, CorrectionField
from exchange.students.service.records import ReasonMissing
from tests.factories.accounts import RegistrarFactory
from tests.factories.students import CorrectionFactory

Field = CorrectionField
ID, OTHER_ID = "999999201005063010", "999999201005063029"


def request(field, old, new):
    return Correction(field=field, old_value=old, new_value=new)


@pytest.mark.parametrize(
    ("field", "old", "new", "difference"),
    [
        (Field.PHONE, "13800000001", "13800000002", "共 11 个字符，不同的是第 11 个。"),
        (Field.RESIDENT_ID, ID, OTHER_ID, "共 18 个字符，不同的是第 17、18 个。"),
        (Field.ADDRESS, "芒蚌寨8号", "遮放镇芒蚌寨8号", "长短不同：现在 5 个字符，应该是 8 个。"),
        (Field.PHONE, "", "13800000002", "现在没有登记。"),
    ],
)
def test_masked_values_say_where_they_differ(app, field, old, new, difference):
    with app.test_request_context():
        found = compared(request(field, old, new))

        assert str(found.difference) == difference
        shown = "".join(piece.text for piece in (*found.old, *found.new))
        assert old not in shown or not old
        assert new not in shown


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("13800000001", "13900000001", ["8"], ["9"]),
        ("芒蚌寨8号", "遮放镇芒蚌寨8号", [], ["遮放镇"]),
        ("芒蚌寨8号", "芒蚌寨", ["8号"], []),
    ],
)
def test_whole_values_have_the_difference_marked(app, old, new, left, right):
    with app.test_request_context():
        found = compared(request(Field.ADDRESS, old, new), whole=True)

        assert ["".join(piece.text for piece in value) for value in (found.old, found.new)] == [old, new]
        assert [piece.text for piece in found.old if piece.differs] == left
        assert [piece.text for piece in found.new if piece.differs] == right


@pytest.mark.parametrize(
    ("field", "old", "new", "words"),
    [
        (Field.NAME, "刀玉兰", "刀玉香", ("刀玉兰", "刀玉香")),
        (Field.BIRTH_DATE, "2010-05-06", "2010-06-05", ("2010-05-06", "2010-06-05")),
        (Field.SEX, "male", "female", ("男", "女")),
    ],
)
def test_what_every_page_shows_is_shown_whole(app, field, old, new, words):
    with app.test_request_context():
        found = compared(request(field, old, new))

        assert tuple("".join(piece.text for piece in value) for value in (found.old, found.new)) == words


def test_look_needs_a_reason_and_is_recorded_with_the_student(db):
    correction, registrar = CorrectionFactory(), RegistrarFactory()

    with pytest.raises(ReasonMissing):
        service.reveal_request(correction, reason=" ", by=registrar)
    service.reveal_request(correction, reason="核对户口簿", by=registrar)
    database.session.commit()

    line = timeline(correction.student)[0]
    assert (line.action, line.actor, line.reason) == (StudentEvent.IDENTITY_REVEALED, registrar, "核对户口簿")


def test_registrar_sees_both_values_once_after_a_reason(sign_in):
    correction = CorrectionFactory(field=Field.PHONE, old_value="13800000001", new_value="13900000001")
    registrar = sign_in(RegistrarFactory())
    address = f"/students/corrections/{correction.id}"

    page = registrar.get(address)
    assert "13900000001" not in page
    assert "不同的是第 3 个" in page
    assert "13900000001" not in registrar.post(f"{address}/reveal", expect=422, reason="")
    page = registrar.post(f"{address}/reveal", expect=200, reason="核对户口簿")

    assert "13<mark>8</mark>00000001" in page.replace("\n", "")
    assert "13<mark>9</mark>00000001" in page.replace("\n", "")
    assert registrar.response.headers["Cache-Control"] == "no-store"
    assert "13900000001" not in registrar.get(address)
    assert "查看完整信息" in registrar.get(f"/students/{correction.student_id}")
