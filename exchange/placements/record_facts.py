"""A stored placement as the facts that the rule book reads: the one bridge for page, command and start."""

from typing import Any, TypeVar

from flask import current_app

from exchange.core.rules import Finding
from exchange.partners.models import HostOrganisation, Post
from exchange.placements import facts as documents
from exchange.placements import models
from exchange.placements.books import START
from exchange.placements.facts import document, values
from exchange.placements.models import Placement, PlacementRecord
from exchange.students.models import Student

Record = TypeVar("Record", bound=PlacementRecord)
Value = TypeVar("Value", bound=values.LabelledEnum)


def facts_of(placement: Placement, *, step: values.Step = values.Step.START) -> documents.Facts:
    """What is recorded of the placement, as ``interface.md`` §4 has it; what is not kept here stays None."""
    instructed = document.Period(placement.starts_on, placement.ends_on)
    return documents.Facts(
        step=step,
        school_province=current_app.config["SCHOOL_PROVINCE"] or None,
        student=_student(placement.student),
        placement=document.Placement(
            kind=placement.kind,
            arranged_by=values.Arranger.SCHOOL,
            start=placement.starts_on,
            end=placement.ends_on,
        ),
        host=_host(placement.host),
        post=_post(placement.post),
        instructors=(instructed,) if placement.instructor_id else (),
        mentors=(instructed,) if placement.mentor_name else (),
        consent=_consent(current(placement.consents)),
        agreement=_agreement(current(placement.agreements)),
        filings=tuple(_filing(each) for each in placement.filings if not each.is_void),
        safety_test=_safety_test(current(placement.safety_tests)),
        insurance=_insurance(current(placement.insurances)),
    )


def current(records: list[Record]) -> Record | None:
    """The record that counts: the newest that is not void."""
    return next((each for each in reversed(records) if not each.is_void), None)


def open_findings(placement: Placement) -> list[Finding[documents.Facts]]:
    """What still stands between the student and the first day."""
    return START.findings(facts_of(placement))


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


def _host(host: HostOrganisation) -> document.Host:
    return document.Host(
        uscc=host.uscc, country=host.country, province=host.province or None, venue=values.Venue(host.venue.value)
    )


def _post(post: Post) -> document.Post:
    level = post.labour_intensity
    return document.Post(
        name=post.name,
        venue=values.Venue(post.venue.value),
        hazards=None if post.hazards is None else tuple(values.Hazard(each) for each in post.hazards),
        labour_intensity=None if level is None else values.LabourIntensity(level.value),
    )


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


def _filing(record: models.Filing) -> document.Filing:
    return document.Filing(
        kind=record.kind,
        scopes=tuple(values.ExceptionScope(each) for each in record.scopes),
        authority_consent_on=record.authority_consent_on,
        filed_on=record.filed_on,
        package_sent_on=record.package_sent_on,
    )
