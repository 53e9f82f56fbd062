import pytest

from exchange.attachments import policy, service
from exchange.attachments.events import AttachmentEvent
from exchange.attachments.models import Attachment
from exchange.attachments.queries import attachments_of
from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.storage import store
from exchange.students.models import Student
from exchange.students.policy import visible_to
from tests.factories.accounts import FACTORIES, RegistrarFactory
from tests.factories.attachments import PDF, PNG
from tests.factories.students import StudentFactory


@pytest.fixture
def scoped(monkeypatch):
    """Students may have attachments, whatever features say."""
    monkeypatch.setitem(policy.SCOPES, Student, visible_to)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(PDF, "application/pdf"), (PNG, "image/png"), (b"\xff\xd8\xff\xe0", "image/jpeg")],
)
def test_a_file_is_what_its_first_bytes_say(db, content, media_type):
    student, registrar = StudentFactory(), RegistrarFactory()

    kept = service.attach(student, filename=r"C:\scans\批复.pdf", content=content, by=registrar)
    database.session.commit()

    assert attachments_of(student) == [kept]
    assert (kept.filename, kept.media_type, kept.size) == ("批复.pdf", media_type, len(content))
    assert store().get(kept.key) == content
    assert timeline(student)[0].action == AttachmentEvent.ADDED


@pytest.mark.parametrize(
    ("content", "word"), [(b"", "空的"), (b"MZ\x90", "不是 PDF"), (PDF + b" " * service.LARGEST, "10 MB")]
)
def test_other_files_are_refused_with_a_sentence(db, content, word):
    student = StudentFactory()

    with pytest.raises(service.NotAcceptable, match=word):
        service.attach(student, filename="批复.pdf", content=content, by=None)

    assert database.session.query(Attachment).count() == 0


def test_only_who_sees_the_record_gets_the_file(sign_in, scoped):
    student = StudentFactory()
    kept = service.attach(student, filename="批复.pdf", content=PDF, by=None)
    database.session.commit()
    address = f"/attachments/{kept.id}"

    assert sign_in(RegistrarFactory()).post(address, expect=200) == PDF
    assert timeline(kept)[0].action == AttachmentEvent.DOWNLOADED
    for role in ("homeroom_teacher", "student", "guardian", "partner", "auditor"):
        sign_in(FACTORIES[role]()).post(address, expect=404)


def test_a_record_of_an_unknown_kind_lends_its_files_to_nobody(db, monkeypatch):
    monkeypatch.setattr(policy, "SCOPES", {})
    service.attach(StudentFactory(), filename="批复.pdf", content=PDF, by=None)
    database.session.commit()

    assert database.session.scalars(policy.visible_to(RegistrarFactory())).all() == []
