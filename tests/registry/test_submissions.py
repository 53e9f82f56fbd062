"""What is sent is sealed, and who has changed since is known."""

import hashlib
from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.database import today
from exchange.core.errors import NotPossible
from exchange.core.storage import store
from exchange.jobs.service import run_pending
from exchange.reference.registration import batch_with
from exchange.registry.events import RegistryEvent
from exchange.registry.models import SubmittedRecord
from exchange.registry.queries import corrections
from exchange.registry.records import record_of
from exchange.registry.service import states
from exchange.registry.service import submissions as service
from exchange.registry.service.writing import write_cells
from exchange.registry.values import SubmissionStatus
from exchange.students.models import StudentStatus
from exchange.students.roster import NATIONAL_HEADINGS
from tests.factories.accounts import RegistrarFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.registry import complete_student, sent


def made(**scope):
    scope = {"batch": None, "school_class": None, "only_complete": True, "by": None} | scope
    submission = service.request_submission(**scope)
    service.make(submission, by=scope["by"])
    database.session.commit()
    return submission


def rows(submission, by):
    return list(load_workbook(BytesIO(service.hand_out(submission, by=by)))["学生信息"].values)


def test_file_has_the_national_columns_and_only_complete_records(db):
    whole = complete_student(poverty="低保")
    complete_student(without=("政治面貌",))
    registrar = RegistrarFactory()

    submission = made(by=registrar)

    head, *people = rows(submission, registrar)
    assert head == NATIONAL_HEADINGS
    assert [row[4] for row in people] == [whole.resident_id]
    assert "低保" not in str(people)
    assert (submission.students, submission.left_out) == (1, 1)
    assert submission.sha256 == hashlib.sha256(store().get(submission.file)).hexdigest()
    assert [each.action for each in timeline(submission)] == [
        RegistryEvent.SUBMISSION_DOWNLOADED,
        RegistryEvent.SUBMISSION_PREPARED,
        RegistryEvent.SUBMISSION_REQUESTED,
    ]


def test_incomplete_ones_too_where_it_is_asked(db):
    complete_student(), complete_student(without=("政治面貌",))

    assert made(only_complete=False).students == 2


def test_scope_is_a_batch_or_a_class(db):
    own = SchoolClassFactory()
    one = complete_student(school_class=own)
    complete_student(enrolled_on=date(2026, 12, 5))
    complete_student(school_class=own, status=StudentStatus.GRADUATED)
    states.check_all()

    by_class = made(school_class=own)
    by_batch = made(batch=batch_with("2027-spring"))

    assert (by_class.students, by_batch.students) == (1, 1)
    assert database.session.scalars(
        select(SubmittedRecord.student_id).where(SubmittedRecord.submission_id == by_class.id)
    ).all() == [one.id]


def test_snapshot_is_sealed_in_the_database(db):
    student = complete_student()
    submission = made()

    raw = database.session.connection().exec_driver_sql("SELECT cells, digest FROM submitted_record").one()
    (kept,) = database.session.scalars(select(SubmittedRecord).where(SubmittedRecord.submission_id == submission.id))

    assert student.resident_id not in str(raw)
    assert kept.cells == record_of(student).cells
    assert kept.digest == record_of(student).digest


def test_nobody_to_send_is_refused(db):
    with pytest.raises(NotPossible, match="没有要报送的学生"):
        made()


def test_no_complete_record_is_refused_and_said_on_the_submission(db):
    complete_student(without=("政治面貌",))
    registrar = RegistrarFactory()
    submission = service.request_submission(batch=None, school_class=None, only_complete=True, by=registrar)
    service.start(submission, by=registrar)
    database.session.commit()

    run_pending()

    assert submission.status is SubmissionStatus.FAILED
    assert "没有一条记录是完整的" in submission.error


def test_job_makes_the_file(db):
    complete_student()
    registrar = RegistrarFactory()
    submission = service.request_submission(batch=None, school_class=None, only_complete=True, by=registrar)
    service.start(submission, by=registrar)
    database.session.commit()

    run_pending()

    assert submission.status is SubmissionStatus.READY
    assert (submission.job.done, submission.job.total) == (1, 1)


def test_only_what_was_really_sent_is_compared_with(db):
    student = complete_student()
    submission = made()
    assert corrections.latest_of(student) is None

    service.mark_submitted(submission, on=today(), by=None)
    database.session.commit()

    assert corrections.latest_of(student).submission == submission


def test_the_later_submission_takes_the_place_of_the_earlier(db):
    student, other = complete_student(), complete_student(status=StudentStatus.REGISTERED)
    first = sent(student, other)
    other.status = StudentStatus.GRADUATED
    second = sent(student)

    assert corrections.latest_of(student).submission == second
    assert corrections.latest_of(other).submission == first


@pytest.mark.parametrize("steps", [["submitted"], ["discarded"]])
def test_a_step_is_taken_once(db, steps):
    complete_student()
    submission = made()
    if steps == ["submitted"]:
        service.mark_submitted(submission, on=today(), by=None)
    else:
        service.discard(submission, by=None)

    with pytest.raises(NotPossible):
        service.mark_submitted(submission, on=today(), by=None)
    with pytest.raises(NotPossible):
        service.discard(submission, by=None)


def test_nothing_is_sent_tomorrow(db):
    complete_student()
    submission = made()

    with pytest.raises(NotPossible, match="还没有到"):
        service.mark_submitted(submission, on=today() + timedelta(days=1), by=None)


def test_discarding_forgets_file_and_records(db):
    complete_student()
    submission = made()
    file = submission.file

    service.discard(submission, by=None)
    database.session.commit()

    assert database.session.scalars(select(SubmittedRecord)).all() == []
    with pytest.raises(FileNotFoundError):
        store().get(file)
    with pytest.raises(NotPossible):
        service.hand_out(submission, by=RegistrarFactory())


def test_students_changed_since_are_listed(db):
    student, _same = complete_student(), complete_student()
    submission = sent()
    states.check_all()
    assert database.session.scalars(corrections.changed_since(submission)).all() == []

    write_cells(student.id, {"联系电话": "13900009999"}, by=None)
    states.catch_up()
    database.session.commit()

    assert [state.student_id for state in database.session.scalars(corrections.changed_since(submission))] == [
        student.id
    ]
