"""Raising and settling complaints; scenario 11: a kept card opens one, declares itself and reaches everybody."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from exchange.audit.models import AuditEvent
from exchange.complaints import policy, queries, service
from exchange.complaints.models import Complaint
from exchange.complaints.values import ComplaintKind, ComplaintStatus
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.placements.facts.values import FeeKind, WithheldDocument
from exchange.placements.models import PlacementStatus
from exchange.placements.record_facts import facts_of
from exchange.placements.rules import START
from tests.factories.accounts import (
    HomeroomTeacherFactory,
    InstructorFactory,
    InternshipOfficerFactory,
    PrincipalFactory,
)
from tests.factories.complaints import ComplaintFactory
from tests.factories.journals import RunningPlacementFactory
from tests.factories.placements import record_declaration


def broken(placement):
    return {each.rule.code for each in START.findings(facts_of(placement))}


def test_kept_card_opens_a_complaint_and_breaks_the_rule_at_once(placement, user):
    record_declaration(placement)
    assert "INT-37" not in broken(placement)

    complaint = service.raise_complaint(placement, kind=ComplaintKind.CARD, by=user)

    assert (complaint.status, complaint.due_on, complaint.owner_id) == (
        ComplaintStatus.OPEN,
        date(2026, 3, 10),
        placement.instructor_id,
    )
    facts = facts_of(placement)
    assert facts.documents_withheld == (WithheldDocument.RESIDENT_ID,)
    assert (facts.fees, facts.guarantees) == ((), ())
    assert "INT-37" in broken(placement)


def test_instructor_principal_and_office_are_told_at_once_and_nobody_else(app, placement, user):
    service.raise_complaint(placement, kind=ComplaintKind.CARD, by=user)
    database.session.commit()

    with app.test_request_context():
        told = [placement.instructor, PrincipalFactory(), InternshipOfficerFactory()]
        titles = [[str(row.title) for row in queries.waiting_for(each)] for each in told]
        others = [InstructorFactory(), HomeroomTeacherFactory(), user]
        silent = [queries.waiting_for(each) for each in others]

    assert titles == [["岩旺反映：证件被收走了"]] * 3
    assert silent == [[], [], []]


def test_fee_is_declared_beside_what_is_declared_already(placement, user):
    record_declaration(placement)
    service.raise_complaint(placement, kind=ComplaintKind.CARD, document=WithheldDocument.STUDENT_CARD, by=user)
    service.raise_complaint(placement, kind=ComplaintKind.FEE, fee=FeeKind.DEPOSIT, amount=Decimal(300), by=user)

    facts = facts_of(placement)

    assert facts.documents_withheld == (WithheldDocument.STUDENT_CARD,)
    assert [(fee.kind, fee.amount) for fee in facts.fees] == [(FeeKind.DEPOSIT, 300)]
    assert {"INT-36", "INT-37"} <= broken(placement)


def test_what_nobody_has_asked_yet_stays_unasked(placement, user):
    service.raise_complaint(placement, kind=ComplaintKind.CARD, by=user)

    assert (facts_of(placement).fees, facts_of(placement).guarantees) == (None, None)


def test_complaint_without_a_name_leads_nowhere_back(placement, user):
    complaint = service.raise_complaint(placement, kind=ComplaintKind.CARD, is_nameless=True, by=user)
    line = database.session.scalars(select(AuditEvent).where(AuditEvent.subject_type == "complaint")).one()

    assert (complaint.placement_id, complaint.raised_by_id, complaint.owner_id) == (None, None, None)
    assert (line.actor_id, facts_of(placement).documents_withheld) == (None, None)
    assert set(database.session.scalars(policy.readable_by(placement.instructor))) == {complaint}
    assert set(database.session.scalars(policy.of_family(user))) == set()


def test_complaint_after_the_end_is_kept_and_declares_nothing(user):
    placement = RunningPlacementFactory(student__user_id=user.id, status=PlacementStatus.ENDED)

    assert service.raise_complaint(placement, kind=ComplaintKind.CARD, by=user).id
    assert placement.declarations == []


@pytest.mark.parametrize(
    ("values", "words"), [({"kind": ComplaintKind.OTHER}, "什么事"), ({"kind": ComplaintKind.FEE}, "多少钱")]
)
def test_complaint_must_say_something(placement, user, values, words):
    with pytest.raises(NotPossible, match=words):
        service.raise_complaint(placement, by=user, **values)


def test_ledger_knows_owner_deadline_and_result(placement, user):
    complaint, officer = ComplaintFactory(placement=placement), InternshipOfficerFactory()
    service.assign(complaint, owner=officer, until=date(2026, 3, 20), by=officer)
    service.settle(complaint, result="单位修好了热水器", by=officer)

    assert (complaint.owner, complaint.due_on, complaint.result) == (officer, date(2026, 3, 20), "单位修好了热水器")
    with pytest.raises(NotPossible, match="已经办结"):
        service.settle(complaint, result="又一次", by=officer)


def test_settling_says_what_was_done_and_a_deadline_lies_ahead(placement):
    complaint, officer = ComplaintFactory(placement=placement), InternshipOfficerFactory()

    with pytest.raises(NotPossible, match="写下办的结果"):
        service.settle(complaint, result=" ", by=officer)
    with pytest.raises(NotPossible, match="今天以前"):
        service.assign(complaint, owner=officer, until=date(2026, 3, 8), by=officer)


def test_instructor_reads_only_what_concerns_the_own_students(db):
    own, foreign = ComplaintFactory(), ComplaintFactory()
    nameless = ComplaintFactory(placement=None, host=foreign.host)

    assert set(database.session.scalars(policy.readable_by(own.placement.instructor))) == {own}
    assert set(database.session.scalars(policy.readable_by(foreign.placement.instructor))) == {foreign, nameless}
    assert database.session.query(Complaint).count() == 3
