"""A stored placement as the facts that the rule book reads: the one bridge for page, command and start."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from flask import current_app

from exchange.core.rules import Finding, Outcome, Severity
from exchange.partners.models import (
    CreditCheck,
    HostApproval,
    HostOrganisation,
    HostPublication,
    InternshipPlan,
    Post,
    SiteInspection,
)
from exchange.placements import facts as documents
from exchange.placements import models
from exchange.placements.facts import document, values
from exchange.placements.headcount import AtOnce, HeadCounts
from exchange.placements.models import Placement, PlacementRecord
from exchange.placements.rules import PLACE, PLAN, START, UNIT
from exchange.placements.sources import told
from exchange.students.models import Student

Record = TypeVar("Record", bound=PlacementRecord)

OF_HOST = {rule.code for rule in UNIT.own} | {"INT-09"}
"""The rules that a host fulfils once, for whoever is placed there."""


def facts_of(placement: Placement, *, step: values.Step = values.Step.START) -> documents.Facts:
    """What is recorded of the placement, as ``interface.md`` §4 has it; what is not kept here stays None."""
    return facts_of_all([placement], step=step)[placement.id]


def facts_of_all(
    placements: Iterable[Placement], *, step: values.Step = values.Step.START
) -> dict[int, documents.Facts]:
    """The facts of many placements by their number; the head counts take one statement for all of them."""
    placements = list(placements)
    heads = HeadCounts.around(placements)
    kept = {each.id: _facts(each, step, heads.at_once(each)) for each in placements}
    return told(kept, placements, step)


def _facts(placement: Placement, step: values.Step, at_once: AtOnce) -> documents.Facts:
    """What this feature keeps of the placement, its post and its host."""
    instructed = document.Period(placement.starts_on, placement.ends_on)
    declared = current(placement.declarations)
    return documents.Facts(
        step=step,
        school_province=current_app.config["SCHOOL_PROVINCE"] or None,
        student=_student(placement.student),
        placement=_arrangement(placement),
        host=_host(placement.host, at_once),
        post=_post(placement.post, at_once),
        plan=_plan(placement.host.newest(InternshipPlan)),
        instructors=(instructed,) if placement.instructor_id else (),
        mentors=(instructed,) if placement.mentor_name else (),
        training=_training(current(placement.trainings)),
        consent=_consent(current(placement.consents)),
        agreement=_agreement(current(placement.agreements)),
        filings=tuple(_filing(each) for each in placement.filings if not each.is_void),
        safety_test=_safety_test(current(placement.safety_tests)),
        insurance=_insurance(current(placement.insurances)),
        lodging=_lodging(current(placement.lodgings)),
        fees=_fees(declared),
        documents_withheld=_withheld(declared),
        guarantees=None if declared is None or declared.guarantees is None else tuple(declared.guarantees),
    )


def facts_of_host(host: HostOrganisation) -> documents.Facts:
    """What is recorded of a host before anybody is placed there."""
    return documents.Facts(
        step=values.Step.PLAN,
        school_province=current_app.config["SCHOOL_PROVINCE"] or None,
        host=_host(host, None),
        plan=_plan(host.newest(InternshipPlan)),
    )


def forbidden(drafts: Sequence[Placement]) -> list[list[Finding[documents.Facts]]]:
    """What no reason and no later record would clear, for each placement that somebody only thinks of.

    The drafts are not in the database; who sees what is still to be recorded asks ``open_findings`` of the real ones.
    """
    heads = HeadCounts.around(drafts)
    facts = [_facts(each, values.Step.PLACE, heads.at_once(each)) for each in drafts]
    return [[finding for finding in PLACE.findings(each) if _forbids(finding)] for each in facts]


def _forbids(finding: Finding[documents.Facts]) -> bool:
    """What is not recorded of student and post forbids as well: nobody could say that the work is allowed."""
    if finding.rule.severity is not Severity.BLOCK:
        return False
    return finding.verdict.outcome is Outcome.BROKEN or finding.rule.step == values.Step.PLACE.value


def current(records: list[Record]) -> Record | None:
    """The record that counts: the newest that is not void."""
    return next((each for each in reversed(records) if not each.is_void), None)


def open_findings(placement: Placement, facts: documents.Facts | None = None) -> list[Finding[documents.Facts]]:
    """What still stands between the student and the first day; a warning that a reason has excused does not."""
    findings = START.findings(facts or facts_of(placement))
    return [each for each in findings if each.is_demanding or each.rule.code not in placement.excused]


def findings_of_host(host: HostOrganisation) -> list[Finding[documents.Facts]]:
    """What the law still asks of a host before it takes anybody."""
    return [each for each in PLAN.findings(facts_of_host(host)) if each.rule.code in OF_HOST]


def checklist_document(placement: Placement) -> list[dict[str, Any]]:
    """The same findings as ``flask placements check`` prints them."""
    return [finding.as_document() for finding in open_findings(placement)]


def _student(student: Student) -> document.Student:
    return document.Student(
        birth_date=student.birth_date,
        sex=values.Sex(student.sex.value),
        enrolled_on=student.enrolled_on,
        major=student.school_class.programme.major,
    )


def _arrangement(placement: Placement) -> document.Placement:
    return document.Placement(
        kind=placement.kind,
        arranged_by=placement.arranged_by,
        start=placement.starts_on,
        end=placement.ends_on,
        capability=placement.capability,
        agency=placement.agency or None,
        self_application=document.SelfApplication(
            student_signed_on=placement.student_applied_on,
            guardian_signed_on=placement.guardian_applied_on,
            school_approved_on=placement.school_agreed_on,
        ),
    )


def _host(host: HostOrganisation, at_once: AtOnce | None) -> document.Host:
    inspected, checked = host.newest(SiteInspection), host.newest(CreditCheck)
    approved, published = host.newest(HostApproval), host.newest(HostPublication)
    return document.Host(
        uscc=host.uscc,
        legal_status=host.legal_status,
        country=host.country,
        province=host.province or None,
        venue=host.venue,
        staff_total=host.staff_total,
        interns_at_once=at_once.host if at_once else None,
        dishonesty_record=checked.has_dishonesty_record if checked else None,
        dishonesty_checked_on=checked.checked_on if checked else None,
        last_safety_breach_on=checked.last_safety_breach_on if checked else None,
        conditions=_conditions(inspected),
        inspection=_inspection(inspected),
        party_meeting_on=approved.party_meeting_on if approved else None,
        published_on=published.published_on if published else None,
    )


def _conditions(record: SiteInspection | None) -> document.HostConditions:
    if record is None:
        return document.HostConditions()
    return document.HostConditions(record.complete, record.fits_training, record.fits_industry)


def _inspection(record: SiteInspection | None) -> document.Inspection:
    if record is None:
        return document.Inspection()
    return document.Inspection(record.signed_on, document.InspectionItems(**(record.items or {})))


def _plan(record: InternshipPlan | None) -> document.Plan:
    """A plan that bears no day of agreement is the school's alone."""
    if record is None:
        return document.Plan()
    return document.Plan(record.agreed_on is not None, document.PlanSections(**(record.sections or {})))


def _post(post: Post, at_once: AtOnce) -> document.Post:
    return document.Post(
        name=post.name,
        majors=None if post.majors is None else tuple(post.majors),
        venue=post.venue,
        hazards=None if post.hazards is None else tuple(values.Hazard(each) for each in post.hazards),
        labour_intensity=post.labour_intensity,
        staff_same_kind=post.staff_same_kind,
        interns_at_once=at_once.post,
        wage=post.wage,
        lowest_grade_wage=post.lowest_grade_wage,
    )


def _training(record: models.Training | None) -> document.Training:
    if record is None:
        return document.Training()
    return document.Training(record.student_on, record.instructor_on, record.mentor_on)


def _consent(record: models.Consent | None) -> document.Consent:
    if record is None:
        return document.Consent()
    return document.Consent(record.student_signed_on, record.guardian_signed_on)


def _agreement(record: models.Agreement | None) -> document.Agreement:
    if record is None:
        return document.Agreement()
    return document.Agreement(
        template=record.template or None,
        school_signed_on=record.school_signed_on,
        host_signed_on=record.host_signed_on,
        student_signed_on=record.student_signed_on,
        guardian_signed_on=record.guardian_signed_on,
        items=document.AgreementItems(**record.items),
    )


def _safety_test(record: models.SafetyTest | None) -> document.SafetyTest:
    if record is None:
        return document.SafetyTest()
    return document.SafetyTest(record.score, record.pass_score, record.taken_on)


def _insurance(record: models.Insurance | None) -> document.Insurance:
    if record is None:
        return document.Insurance()
    return document.Insurance(
        from_=record.covers_from,
        to=record.covers_to,
        payer=record.payer,
        student_listed=record.student_listed,
        student_paid=record.student_paid,
    )


def _lodging(record: models.Lodging | None) -> document.Lodging:
    if record is None:
        return document.Lodging()
    return document.Lodging(
        away_from_home=record.away_from_home,
        unified=record.unified,
        address=record.address or None,
        warden_phone=record.warden_phone or None,
        guardian_agreed_on=record.guardian_agreed_on,
        school_filed_on=record.school_filed_on,
    )


def _fees(record: models.Declaration | None) -> tuple[document.Fee, ...] | None:
    if record is None or record.fees is None:
        return None
    return tuple(document.Fee(values.FeeKind(each["kind"]), Decimal(str(each["amount"]))) for each in record.fees)


def _withheld(record: models.Declaration | None) -> tuple[values.WithheldDocument, ...] | None:
    if record is None or record.documents_withheld is None:
        return None
    return tuple(values.WithheldDocument(each) for each in record.documents_withheld)


def _filing(record: models.Filing) -> document.Filing:
    return document.Filing(
        kind=record.kind,
        scopes=tuple(values.ExceptionScope(each) for each in record.scopes),
        authority_consent_on=record.authority_consent_on,
        filed_on=record.filed_on,
        package_sent_on=record.package_sent_on,
    )
