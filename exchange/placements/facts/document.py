"""The facts of a placement: one plain, typed document. None means that nothing was recorded."""

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from exchange.placements.facts.values import (
    ArchiveItem,
    Arranger,
    Capability,
    ExceptionScope,
    FeeKind,
    FilingKind,
    Hazard,
    InsurancePayer,
    InternshipKind,
    LabourIntensity,
    LegalStatus,
    Payee,
    Payer,
    PayMethod,
    Sex,
    Step,
    Venue,
    WithheldDocument,
)


@dataclass(frozen=True)
class Student:
    birth_date: date | None = None
    sex: Sex | None = None
    enrolled_on: date | None = None
    major: str | None = None


@dataclass(frozen=True)
class Period:
    """First and last day, both included."""

    from_: date | None = None
    to: date | None = None


@dataclass(frozen=True)
class SelfApplication:
    student_signed_on: date | None = None
    guardian_signed_on: date | None = None
    school_approved_on: date | None = None


@dataclass(frozen=True)
class Placement:
    kind: InternshipKind | None = None
    arranged_by: Arranger | None = None
    start: date | None = None
    end: date | None = None
    capability: Capability | None = None
    agency: str | None = None
    segments: tuple[Period, ...] | None = None
    self_application: SelfApplication = field(default_factory=SelfApplication)


@dataclass(frozen=True)
class HostConditions:
    complete: bool | None = None
    fits_training: bool | None = None
    fits_industry: bool | None = None


@dataclass(frozen=True)
class InspectionItems:
    """The nine contents of the report that article 7 asks for."""

    qualification: str | None = None
    credit: str | None = None
    management: str | None = None
    post_content: str | None = None
    working_time: str | None = None
    working_environment: str | None = None
    living_environment: str | None = None
    health: str | None = None
    safety: str | None = None


@dataclass(frozen=True)
class Inspection:
    signed_on: date | None = None
    items: InspectionItems = field(default_factory=InspectionItems)


@dataclass(frozen=True)
class Host:
    uscc: str | None = None
    legal_status: LegalStatus | None = None
    country: str | None = None
    province: str | None = None
    venue: Venue | None = None
    staff_total: int | None = None
    interns_at_once: int | None = None
    dishonesty_record: bool | None = None
    dishonesty_checked_on: date | None = None
    last_safety_breach_on: date | None = None
    conditions: HostConditions = field(default_factory=HostConditions)
    inspection: Inspection = field(default_factory=Inspection)
    party_meeting_on: date | None = None
    published_on: date | None = None


@dataclass(frozen=True)
class Post:
    name: str | None = None
    majors: tuple[str, ...] | None = None
    venue: Venue | None = None
    hazards: tuple[Hazard, ...] | None = None
    labour_intensity: LabourIntensity | None = None
    staff_same_kind: int | None = None
    interns_at_once: int | None = None
    wage: Decimal | None = None
    lowest_grade_wage: Decimal | None = None


@dataclass(frozen=True)
class PlanSections:
    requirements: str | None = None
    objectives: str | None = None
    tasks: str | None = None
    standards: str | None = None
    preparation: str | None = None
    assessment: str | None = None
    safeguards: str | None = None


@dataclass(frozen=True)
class Plan:
    agreed_with_host: bool | None = None
    sections: PlanSections = field(default_factory=PlanSections)


@dataclass(frozen=True)
class Training:
    student_on: date | None = None
    instructor_on: date | None = None
    mentor_on: date | None = None


@dataclass(frozen=True)
class Consent:
    student_signed_on: date | None = None
    guardian_signed_on: date | None = None


@dataclass(frozen=True)
class AgreementItems:
    """The nine contents of article 15."""

    party_info: bool | None = None
    time_place_content_requirements_conditions: bool | None = None
    board_lodging_worktime_rest: bool | None = None
    pay_and_method: bool | None = None
    labour_protection_health: bool | None = None
    insurance_and_accidents: bool | None = None
    assessment_method: bool | None = None
    breach_liability: bool | None = None
    other: bool | None = None


@dataclass(frozen=True)
class Agreement:
    template: str | None = None
    school_signed_on: date | None = None
    host_signed_on: date | None = None
    student_signed_on: date | None = None
    guardian_signed_on: date | None = None
    items: AgreementItems = field(default_factory=AgreementItems)


@dataclass(frozen=True)
class Filing:
    kind: FilingKind | None = None
    scopes: tuple[ExceptionScope, ...] | None = None
    authority_consent_on: date | None = None
    filed_on: date | None = None
    package_sent_on: date | None = None


@dataclass(frozen=True)
class SafetyTest:
    score: Decimal | None = None
    pass_score: Decimal | None = None
    taken_on: date | None = None


@dataclass(frozen=True)
class Insurance:
    from_: date | None = None
    to: date | None = None
    payer: InsurancePayer | None = None
    student_listed: bool | None = None
    student_paid: Decimal | None = None


@dataclass(frozen=True)
class Lodging:
    away_from_home: bool | None = None
    unified: bool | None = None
    address: str | None = None
    warden_phone: str | None = None
    guardian_agreed_on: date | None = None
    school_filed_on: date | None = None


@dataclass(frozen=True)
class Pay:
    amount: Decimal | None = None
    cycle_months: Decimal | None = None
    method: PayMethod | None = None
    payee: Payee | None = None
    payer: Payer | None = None


@dataclass(frozen=True)
class Fee:
    kind: FeeKind | None = None
    amount: Decimal | None = None


@dataclass(frozen=True)
class Shift:
    """A shift belongs to its date; an end not later than the start is on the next day."""

    date_: date | None = None
    start: time | None = None
    end: time | None = None
    break_minutes: int | None = None


@dataclass(frozen=True)
class Ending:
    logs_expected: int | None = None
    logs_written: int | None = None
    report_submitted_on: date | None = None
    process_grade: Decimal | None = None
    result_grade: Decimal | None = None
    school_graded: bool | None = None
    host_graded: bool | None = None


@dataclass(frozen=True)
class Facts:
    """All that the rule book may ask of a placement. A list that is None was not recorded, an empty one means none."""

    step: Step
    regulation: str | None = None
    school_province: str | None = None
    student: Student = field(default_factory=Student)
    placement: Placement = field(default_factory=Placement)
    host: Host = field(default_factory=Host)
    post: Post = field(default_factory=Post)
    plan: Plan = field(default_factory=Plan)
    instructors: tuple[Period, ...] | None = None
    mentors: tuple[Period, ...] | None = None
    training: Training = field(default_factory=Training)
    consent: Consent = field(default_factory=Consent)
    agreement: Agreement = field(default_factory=Agreement)
    filings: tuple[Filing, ...] | None = None
    safety_test: SafetyTest = field(default_factory=SafetyTest)
    insurance: Insurance = field(default_factory=Insurance)
    lodging: Lodging = field(default_factory=Lodging)
    pay: Pay = field(default_factory=Pay)
    fees: tuple[Fee, ...] | None = None
    documents_withheld: tuple[WithheldDocument, ...] | None = None
    guarantees: tuple[str, ...] | None = None
    shifts: tuple[Shift, ...] | None = None
    end: Ending = field(default_factory=Ending)
    archive: tuple[ArchiveItem, ...] | None = None
