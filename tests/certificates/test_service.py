import hashlib
from threading import Barrier, Thread

import pytest
from sqlalchemy import update

from exchange.accounts.models import User
from exchange.audit.queries import timeline
from exchange.certificates import queries, service
from exchange.certificates.kinds import kind_named, read_settings
from exchange.certificates.models import BatchStatus, Certificate, CertificateBatch, CertificateStatus
from exchange.certificates.service import batches, ending, issuing
from exchange.core.database import db as database
from exchange.core.storage import store
from exchange.jobs.service import run_pending
from exchange.programmes.models import SchoolClass
from exchange.students.models import StudentStatus
from tests.conftest import impatient
from tests.factories.accounts import RegistrarFactory
from tests.factories.certificates import issue_letters, requested_letters
from tests.factories.students import SchoolClassFactory, StudentFactory

pytestmark = pytest.mark.usefixtures("db")


def serials(certificates):
    return [int(certificate.number.split("-")[3]) for certificate in certificates]


def test_issue_numbers_a_class_without_gap_in_its_order():
    school_class = SchoolClassFactory()
    students = [StudentFactory(school_class=school_class) for _ in range(3)]

    papers = issue_letters(students)

    assert serials(papers) == [1, 2, 3]
    assert [paper.student_id for paper in papers] == [student.id for student in students]


def test_issue_goes_on_with_the_series_of_the_year():
    issue_letters([StudentFactory()])

    assert serials(issue_letters([StudentFactory()])) == [2]


def test_issue_stores_the_bytes_with_their_hash_and_a_trail():
    (paper,) = issue_letters([StudentFactory()])

    content = store().get(paper.pdf_key)

    assert content.startswith(b"%PDF-")
    assert hashlib.sha256(content).hexdigest() == paper.sha256
    assert timeline(paper)[0].action == "certificate.issued"


def test_approve_refuses_the_maker():
    maker = RegistrarFactory()
    batch = requested_letters([StudentFactory()], by=maker)

    with pytest.raises(service.NotAllowed, match="同一个人"):
        service.approve_batch(batch, by=maker)

    assert batch.status == BatchStatus.REQUESTED


def test_approve_refuses_a_second_time():
    batch = requested_letters([StudentFactory()], by=RegistrarFactory())
    service.approve_batch(batch, by=RegistrarFactory())

    with pytest.raises(service.NotAllowed, match="处理过"):
        service.approve_batch(batch, by=RegistrarFactory())


def test_issue_batch_refuses_without_the_second_signature():
    batch = requested_letters([StudentFactory()], by=RegistrarFactory())

    with pytest.raises(service.NotAllowed, match="还没有批准"):
        service.issue_batch(batch)

    assert database.session.query(Certificate).count() == 0


def test_approved_batch_is_issued_in_the_background():
    batch = requested_letters([StudentFactory(), StudentFactory()], by=RegistrarFactory())
    service.approve_batch(batch, by=RegistrarFactory())
    database.session.commit()

    run_pending()

    assert batch.status == BatchStatus.ISSUED
    assert len(queries.certificates_of_batch(batch)) == 2
    assert store().get(batch.merged_key).startswith(b"%PDF-")


def test_batch_that_was_killed_after_numbering_goes_on_with_the_same_numbers(monkeypatch):
    batch = requested_letters([StudentFactory(), StudentFactory()], by=RegistrarFactory())
    service.approve(batch, by=RegistrarFactory())
    database.session.commit()
    monkeypatch.setattr(issuing.press, "print_papers", _killed)
    with pytest.raises(KeyboardInterrupt):
        service.issue_batch(batch)
    database.session.rollback()
    monkeypatch.undo()

    service.issue_batch(batch)

    papers = queries.certificates_of_batch(batch)
    assert serials(papers) == [1, 2]
    assert {paper.status for paper in papers} == {CertificateStatus.VALID}


def _killed(*_arguments, **_options):
    raise KeyboardInterrupt


def test_who_left_between_request_and_approval_gets_no_paper():
    stays, leaves = StudentFactory(), StudentFactory()
    batch = requested_letters([leaves, stays], by=RegistrarFactory())
    leaves.status = StudentStatus.WITHDRAWN
    service.approve(batch, by=RegistrarFactory())
    database.session.commit()

    service.issue_batch(batch)

    papers = queries.certificates_of_batch(batch)
    assert [paper.student_id for paper in papers] == [stays.id]
    assert serials(papers) == [1]
    assert "退学" in queries.members(batch)[0].failure


def test_same_request_twice_issues_once():
    kind = kind_named("enrolment_letter")
    wanted = {
        "kind": kind,
        "students": [StudentFactory()],
        "settings": read_settings(kind, []),
        "request_key": "spring",
        "by": RegistrarFactory(),
        "approved_by": RegistrarFactory(),
    }

    first, _blocked = service.issue_at_once(**wanted)
    second, _blocked = service.issue_at_once(**wanted)

    assert first.id == second.id
    assert database.session.query(Certificate).count() == 1


def test_same_request_twice_at_once_is_merged_once(app):
    batch = requested_letters([StudentFactory()], by=RegistrarFactory())
    service.approve(batch, by=RegistrarFactory())
    database.session.commit()
    batch_id = batch.id

    def somebody_else_finishes(_done, _total):
        elsewhere(app, lambda: service.issue_batch(database.session.get(CertificateBatch, batch_id)))
        batch.version  # noqa: B018 - as this session knows it, before it goes on

    service.issue_batch(batch, report=somebody_else_finishes)

    assert [event.action for event in timeline(batch)].count("certificate_batch.completed") == 1
    assert serials(queries.certificates_of_batch(batch)) == [1]


def test_same_request_twice_at_once_issues_once(app):
    school_class = SchoolClassFactory()
    StudentFactory.create_batch(2, school_class=school_class)
    by, approver, found, both = RegistrarFactory().id, RegistrarFactory().id, [], Barrier(2)
    class_id, kind = school_class.id, kind_named("enrolment_letter")
    database.session.commit()
    checked = batches.preflight

    def together(*arguments, **options):
        result = checked(*arguments, **options)
        both.wait(20)
        return result

    def issue():
        with app.app_context():
            own = database.session.get(SchoolClass, class_id)
            batch, _blocked = service.issue_at_once(
                kind=kind,
                students=queries.students_of_class(own),
                settings=read_settings(kind, []),
                school_class=own,
                request_key="spring",
                by=database.session.get(User, by),
                approved_by=database.session.get(User, approver),
            )
            found.append((batch.id, [paper.number for paper in queries.certificates_of_batch(batch)]))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(batches, "preflight", together)
        threads = [Thread(target=issue) for _ in range(2)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]

    assert len(found) == 2
    assert found[0] == found[1]
    assert database.session.query(Certificate).count() == 2


def test_preflight_of_an_issue_keeps_no_other_writer_waiting(monkeypatch):
    maker, approver = RegistrarFactory(), RegistrarFactory()
    kind = kind_named("enrolment_letter")
    students = [StudentFactory()]
    checked = batches.preflight

    def while_another_writes(*arguments, **options):
        with impatient() as other:
            other.execute(update(User).where(User.id == maker.id).values(name="周"))
            other.commit()
        return checked(*arguments, **options)

    monkeypatch.setattr(batches, "preflight", while_another_writes)

    settings = read_settings(kind, [])
    batch, _blocked = service.issue_at_once(
        kind=kind, students=students, settings=settings, by=maker, approved_by=approver
    )

    assert batch.maker.name == "周"


def test_request_key_of_another_batch_is_refused():
    kind = kind_named("enrolment_letter")
    service.request_batch(
        kind=kind,
        students=[StudentFactory()],
        settings=read_settings(kind, []),
        request_key="spring",
        by=RegistrarFactory(),
    )

    with pytest.raises(service.NotAllowed, match="另一批"):
        service.request_batch(
            kind=kind,
            students=[StudentFactory()],
            settings=read_settings(kind, []),
            request_key="spring",
            by=RegistrarFactory(),
        )


def test_issued_words_do_not_follow_the_student():
    student = StudentFactory(name="岩罕")
    (paper,) = issue_letters([student])
    before = store().get(paper.pdf_key)

    student.name = "岩温"
    database.session.commit()

    assert paper.snapshot["name"] == "岩罕"
    assert store().get(paper.pdf_key) == before


def test_revoke_keeps_the_paper_with_its_reason():
    (paper,) = issue_letters([StudentFactory()])

    service.revoke(paper, reason="姓名写错", by=RegistrarFactory())

    assert paper.status_today == CertificateStatus.REVOKED
    assert paper.revoked_because == "姓名写错"
    assert timeline(paper)[0].reason == "姓名写错"


@pytest.mark.parametrize("reason", ["", "   "])
def test_revoke_refuses_without_a_reason(reason):
    (paper,) = issue_letters([StudentFactory()])

    with pytest.raises(service.NotAllowed, match="原因"):
        service.revoke(paper, reason=reason, by=None)


def test_revoke_refuses_a_paper_that_is_void():
    (paper,) = issue_letters([StudentFactory()])
    service.revoke(paper, reason="遗失", by=None)

    with pytest.raises(service.AlreadyRevoked, match="已作废"):
        service.revoke(paper, reason="遗失", by=None)


def test_reissue_gives_a_new_number_and_replaces_the_old():
    (paper,) = issue_letters([StudentFactory()], purpose="办理银行卡")

    new = service.reissue(paper, reason="遗失", by=RegistrarFactory(), approved_by=RegistrarFactory())

    assert paper.status_today == CertificateStatus.REPLACED
    assert new.replaces_id == paper.id
    assert new.number != paper.number
    assert new.snapshot["purpose"] == "办理银行卡"


def test_reissue_that_is_not_printed_leaves_the_old_paper_valid(monkeypatch):
    (paper,) = issue_letters([StudentFactory()])
    monkeypatch.setattr(issuing.press, "print_papers", _killed)
    with pytest.raises(KeyboardInterrupt):
        service.reissue(paper, reason="遗失", by=RegistrarFactory(), approved_by=RegistrarFactory())
    database.session.rollback()
    monkeypatch.undo()
    before = paper.status_today

    new = service.reissue(paper, reason="遗失", by=RegistrarFactory(), approved_by=RegistrarFactory())

    assert before == CertificateStatus.VALID
    assert serials([paper, new]) == [1, 2]


def test_reissue_refuses_a_paper_that_was_replaced():
    (paper,) = issue_letters([StudentFactory()])
    service.reissue(paper, reason="遗失", by=RegistrarFactory(), approved_by=RegistrarFactory())

    with pytest.raises(service.AlreadyRevoked, match="已补办"):
        service.reissue(paper, reason="遗失", by=RegistrarFactory(), approved_by=RegistrarFactory())


def elsewhere(app, action):
    """Let somebody else act, in a session of their own, and wait until it is done."""

    def act():
        with app.app_context():
            action()
            database.session.commit()

    database.session.commit()
    other = Thread(target=act)
    other.start()
    other.join()
    database.session.expire_all()


def test_replacement_does_not_outlive_a_paper_that_is_revoked_while_it_is_printed(app, monkeypatch):
    (paper,) = issue_letters([StudentFactory()])
    paper_id, issue = paper.id, ending.issue_batch

    def issue_while_somebody_revokes(batch):
        issue(batch)
        elsewhere(app, lambda: service.revoke(database.session.get(Certificate, paper_id), reason="盗用", by=None))

    monkeypatch.setattr(ending, "issue_batch", issue_while_somebody_revokes)

    with pytest.raises(service.AlreadyRevoked, match="已作废"):
        service.reissue(paper, reason="遗失", by=RegistrarFactory(), approved_by=RegistrarFactory())
    database.session.rollback()

    stray = database.session.query(Certificate).filter(Certificate.id != paper.id).one()
    assert (paper.status, stray.status) == (CertificateStatus.REVOKED, CertificateStatus.REVOKED)
    assert paper.number in stray.revoked_because
    assert timeline(stray)[0].action == "certificate.revoked"


def test_replacement_is_void_where_the_paper_is_found_revoked_after_printing(app, monkeypatch):
    (paper,) = issue_letters([StudentFactory()])
    issue = ending.issue_batch

    def issue_late(batch):
        revoked = {"status": CertificateStatus.REVOKED, "revoked_because": "盗用"}
        elsewhere(app, lambda: database.session.execute(update(Certificate).values(**revoked)))
        issue(batch)

    monkeypatch.setattr(ending, "issue_batch", issue_late)
    monkeypatch.setattr(ending, "no_longer_entitled", lambda *_arguments: "")

    with pytest.raises(service.AlreadyRevoked):
        service.reissue(paper, reason="遗失", by=RegistrarFactory(), approved_by=RegistrarFactory())
    database.session.rollback()

    assert {each.status for each in database.session.query(Certificate)} == {CertificateStatus.REVOKED}


def test_two_reissues_at_once_leave_one_valid_replacement(app, monkeypatch):
    (paper,) = issue_letters([StudentFactory()])
    places, issue = [(Certificate, paper.id), *((User, RegistrarFactory().id) for _ in range(2))], ending.issue_batch

    def reissue():
        found, by, approver = (database.session.get(*place) for place in places)
        service.reissue(found, reason="遗失", by=by, approved_by=approver)

    def issue_while_somebody_else_reissues(batch):
        issue(batch)
        monkeypatch.setattr(ending, "issue_batch", issue)
        elsewhere(app, reissue)

    monkeypatch.setattr(ending, "issue_batch", issue_while_somebody_else_reissues)

    with pytest.raises(service.AlreadyRevoked, match="已补办"):
        reissue()
    database.session.rollback()

    (new,) = database.session.query(Certificate).filter(Certificate.id != paper.id)
    assert (paper.status, new.status, new.replaces_id) == (
        CertificateStatus.REPLACED,
        CertificateStatus.VALID,
        paper.id,
    )


def test_reissue_changes_nothing_for_somebody_who_left():
    (paper,) = issue_letters([StudentFactory()])
    paper.student.status = StudentStatus.WITHDRAWN
    database.session.commit()

    with pytest.raises(service.NotAllowed, match="退学"):
        service.reissue(paper, reason="遗失", by=RegistrarFactory(), approved_by=RegistrarFactory())

    assert paper.status_today == CertificateStatus.VALID
    assert database.session.query(Certificate).count() == 1


def test_batch_whose_job_failed_can_be_continued(monkeypatch):
    batch = requested_letters([StudentFactory(), StudentFactory()], by=RegistrarFactory())
    approver = RegistrarFactory()
    service.approve_batch(batch, by=approver)
    database.session.commit()
    monkeypatch.setattr(issuing.press, "print_papers", _broken)
    run_pending()
    monkeypatch.undo()

    service.resume_batch(batch, by=approver)
    database.session.commit()
    run_pending()

    assert serials(queries.certificates_of_batch(batch)) == [1, 2]
    assert batch.status == BatchStatus.ISSUED


def _broken(*_arguments, **_options):
    raise OSError("disk full")


def test_batch_that_did_not_fail_is_not_continued():
    batch = requested_letters([StudentFactory()], by=RegistrarFactory())

    with pytest.raises(service.NotAllowed, match="没有中断"):
        service.resume_batch(batch, by=RegistrarFactory())


def test_two_batches_of_one_honour_give_it_once():
    student, kind = StudentFactory(), kind_named("honour_certificate")
    settings = {"title": "三好学生", "event": "技能节", "school_year": "2025—2026"}
    first, second = (
        service.request_batch(kind=kind, students=[student], settings=settings, by=RegistrarFactory()) for _ in range(2)
    )
    for batch in (first, second):
        service.approve(batch, by=RegistrarFactory())
        service.issue_batch(batch)

    assert len(queries.certificates_of_batch(first)) == 1
    assert queries.certificates_of_batch(second) == []
    assert "已经开具过" in queries.members(second)[0].failure


def test_request_key_that_is_too_long_is_refused_on_every_database():
    kind = kind_named("enrolment_letter")

    with pytest.raises(service.NotAllowed, match="120"):
        service.request_batch(
            kind=kind, students=[StudentFactory()], settings=read_settings(kind, []), request_key="x" * 121, by=None
        )


def test_same_request_of_a_class_stays_the_same_when_somebody_leaves_it():
    school_class = SchoolClassFactory()
    leaving, staying = StudentFactory(school_class=school_class), StudentFactory(school_class=school_class)
    kind, maker = kind_named("enrolment_letter"), RegistrarFactory()
    wanted = {"kind": kind, "settings": read_settings(kind, []), "school_class": school_class, "request_key": "spring"}
    first = service.request_batch(students=[leaving, staying], by=maker, **wanted)

    second = service.request_batch(students=[staying], by=maker, **wanted)

    assert second.id == first.id
