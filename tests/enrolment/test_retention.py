"""Who was not taken is forgotten after half a year."""

from datetime import date

import pytest
import time_machine

from exchange.attachments.queries import attachments_of
from exchange.attachments.service import attach
from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.storage import store
from exchange.enrolment import queries, service
from exchange.enrolment.models import Applicant, ApplicantStatus
from exchange.jobs import service as jobs
from tests.factories.attachments import PDF
from tests.factories.enrolment import ApplicantFactory

TODAY = time_machine.travel("2026-11-25 12:00+08:00", tick=False)


@pytest.mark.parametrize("status", ["rejected", "declined", "forfeited"])
@TODAY
def test_everything_that_names_the_person_is_emptied(db, status):
    applicant = ApplicantFactory(status=ApplicantStatus(status), closed_on=date(2026, 5, 24), phone="13900000000")

    assert service.forget_not_taken(by=None) == 1

    kept = {"id", "created_at", "project_id", "intake_year", "school_class_id", "status", "sex", "county"}
    kept |= {"closed_on", "forgotten_at", "name"}
    filled = {column.name for column in Applicant.__table__.columns if getattr(applicant, column.name)}
    assert filled == kept
    assert applicant.name == "—"
    assert timeline(applicant)[0].action == "applicant.forgotten"
    assert queries.seats_of(applicant.project, 2026)["533103"].applied == 1
    assert service.forget_not_taken(by=None) == 0


@TODAY
def test_proofs_go_with_the_person(db):
    applicant = ApplicantFactory(status=ApplicantStatus.FORFEITED, closed_on=date(2026, 5, 24))
    proof = attach(applicant, filename="诊断.pdf", content=PDF, by=None)
    database.session.commit()
    assert store().get(proof.key) == PDF

    key = proof.key
    service.forget_not_taken(by=None)
    database.session.commit()

    assert attachments_of(applicant) == []
    with pytest.raises(FileNotFoundError):
        store().get(key)


@pytest.mark.parametrize(
    ("status", "closed_on"),
    [("rejected", date(2026, 5, 25)), ("admitted", None), ("registered", None), ("applied", None)],
)
@TODAY
def test_others_are_kept(db, status, closed_on):
    applicant = ApplicantFactory(status=ApplicantStatus(status), closed_on=closed_on)

    assert service.forget_not_taken(by=None) == 0
    assert applicant.resident_id is not None


@TODAY
def test_it_happens_once_a_day_by_itself(db):
    applicant = ApplicantFactory(status=ApplicantStatus.REJECTED, closed_on=date(2026, 1, 1))
    applicant_id = applicant.id

    jobs.ask_for_daily_work()
    jobs.run_pending()

    assert database.session.get(Applicant, applicant_id, populate_existing=True).is_forgotten
