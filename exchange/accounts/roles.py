"""Who may do what: the whole matrix on one screen. On which records stands in each feature's ``policy.py``."""

from enum import StrEnum

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class Permission(StrEnum):
    """``feature:action``, in alphabetical order."""

    ACCOUNT_MANAGE = "accounts:manage"
    AID_MANAGE = "aid:manage"
    AID_MINE = "aid:mine"
    AID_TOTALS = "aid:totals"
    AID_VIEW = "aid:view"
    ATTENDANCE_APPROVE = "attendance:approve"
    ATTENDANCE_MINE = "attendance:mine"
    ATTENDANCE_RECORD = "attendance:record"
    ATTENDANCE_VIEW = "attendance:view"
    ATTENTION_VIEW = "attention:view"
    AUDIT_VIEW = "audit:view"
    CERTIFICATE_APPROVE = "certificates:approve"
    CERTIFICATE_DOWNLOAD = "certificates:download"
    CERTIFICATE_PREPARE = "certificates:prepare"
    CERTIFICATE_VIEW = "certificates:view"
    CONDUCT_READ = "conduct:read"
    CONDUCT_RECORD = "conduct:record"
    CONDUCT_VIEW = "conduct:view"
    COURSEWORK_AUDIT = "coursework:audit"
    COURSEWORK_CHASE = "coursework:chase"
    COURSEWORK_CONFIRM = "coursework:confirm"
    COURSEWORK_PUBLISH = "coursework:publish"
    COURSEWORK_RECORD = "coursework:record"
    COURSEWORK_REOPEN = "coursework:reopen"
    COURSEWORK_VIEW = "coursework:view"
    ENROLMENT_ADMIT = "enrolment:admit"
    ENROLMENT_APPLY = "enrolment:apply"
    ENROLMENT_EXCEED = "enrolment:exceed"
    ENROLMENT_MANAGE = "enrolment:manage"
    ENROLMENT_RECEIVE = "enrolment:receive"
    ENROLMENT_TERM = "enrolment:term"
    ENROLMENT_VIEW = "enrolment:view"
    IMPORT_USE = "imports:use"
    ORDER_CONFIRM = "orders:confirm"
    ORDER_DRAFT = "orders:draft"
    ORDER_VIEW = "orders:view"
    PARTNER_MANAGE = "partners:manage"
    PARTNER_PROJECTS = "partners:projects"
    PARTNER_VIEW = "partners:view"
    PLACEMENT_APPROVE = "placements:approve"
    PLACEMENT_MINE = "placements:mine"
    PLACEMENT_PLAN = "placements:plan"
    PLACEMENT_VIEW = "placements:view"
    PROGRAMME_MANAGE = "programmes:manage"
    PROGRAMME_VIEW = "programmes:view"
    REGISTRY_FILL = "registry:fill"
    REGISTRY_MANAGE = "registry:manage"
    REGISTRY_VIEW = "registry:view"
    SELECTION_APPLY = "selection:apply"
    SELECTION_DECIDE = "selection:decide"
    SELECTION_MANAGE = "selection:manage"
    SELECTION_MINE = "selection:mine"
    SELECTION_VIEW = "selection:view"
    STUDENT_CONSENT = "students:consent"
    STUDENT_CONTACT = "students:contact"
    STUDENT_CORRECT = "students:correct"
    STUDENT_EDIT = "students:edit"
    STUDENT_EXPORT = "students:export"
    STUDENT_MINE = "students:mine"
    STUDENT_REVEAL = "students:reveal"
    STUDENT_VIEW = "students:view"
    WELFARE_MANAGE = "welfare:manage"
    WELFARE_RECORD = "welfare:record"
    WELFARE_VIEW = "welfare:view"


class Role(LabelledEnum):
    """The people of the product; one person may hold several roles and may do what any of them may."""

    ADMINISTRATOR = "administrator", _("系统管理员")
    PRINCIPAL = "principal", _("校领导")
    REGISTRAR = "registrar", _("学籍管理员")
    AID_OFFICER = "aid_officer", _("资助专员")
    INTERNSHIP_OFFICER = "internship_officer", _("实习办")
    HOMEROOM_TEACHER = "homeroom_teacher", _("班主任")
    SUBJECT_TEACHER = "subject_teacher", _("任课教师")
    INSTRUCTOR = "instructor", _("实习指导教师")
    STUDENT = "student", _("学生")
    GUARDIAN = "guardian", _("监护人")
    PARTNER = "partner", _("德宏教育局")
    AUDITOR = "auditor", _("审计员")


May = Permission
CONDUCT = {May.CONDUCT_READ, May.CONDUCT_VIEW, May.COURSEWORK_AUDIT}
PAPERS = {May.CERTIFICATE_VIEW, May.CERTIFICATE_DOWNLOAD}  # the auditor reads the register; papers show whole names
READING = PAPERS | CONDUCT | {May.STUDENT_VIEW, May.COURSEWORK_VIEW, May.PLACEMENT_VIEW}
RECEIVING = {May.ENROLMENT_VIEW, May.ENROLMENT_RECEIVE, May.ENROLMENT_TERM}
INTAKE = RECEIVING | {May.ENROLMENT_APPLY, May.ENROLMENT_ADMIT, May.ENROLMENT_MANAGE, May.PARTNER_PROJECTS}
OWN = PAPERS | {May.ATTENDANCE_MINE, May.COURSEWORK_VIEW, May.CONDUCT_READ, May.STUDENT_MINE, May.AID_MINE}
ROLLS = {May.ATTENDANCE_VIEW, May.ATTENDANCE_RECORD, May.ATTENDANCE_APPROVE}

GRANTS: dict[Role, set[Permission]] = {
    Role.ADMINISTRATOR: {May.ACCOUNT_MANAGE, May.AUDIT_VIEW},
    Role.PRINCIPAL: READING
    | {May.PARTNER_VIEW, May.PLACEMENT_APPROVE, May.CERTIFICATE_APPROVE, May.AUDIT_VIEW}
    | {May.ORDER_VIEW, May.ORDER_CONFIRM}
    | {May.ENROLMENT_VIEW, May.ENROLMENT_ADMIT, May.ENROLMENT_EXCEED}
    | {May.COURSEWORK_CONFIRM, May.COURSEWORK_REOPEN}
    | {May.AID_TOTALS, May.PROGRAMME_VIEW, May.REGISTRY_VIEW, May.WELFARE_VIEW, May.ATTENDANCE_VIEW}
    | {May.ATTENTION_VIEW, May.SELECTION_VIEW, May.SELECTION_DECIDE},
    Role.REGISTRAR: READING
    | INTAKE
    | ROLLS
    | {May.IMPORT_USE, May.STUDENT_EXPORT, May.STUDENT_REVEAL}
    | {May.COURSEWORK_CHASE, May.COURSEWORK_CONFIRM, May.COURSEWORK_PUBLISH}
    | {May.STUDENT_CONSENT, May.STUDENT_CONTACT, May.STUDENT_CORRECT, May.STUDENT_EDIT}
    | {May.CERTIFICATE_PREPARE, May.CERTIFICATE_APPROVE}
    | {May.ORDER_VIEW, May.ORDER_DRAFT, May.ORDER_CONFIRM}
    | {May.REGISTRY_FILL, May.REGISTRY_MANAGE, May.REGISTRY_VIEW, May.CONDUCT_RECORD}
    | {May.PROGRAMME_MANAGE, May.PROGRAMME_VIEW}
    | {May.WELFARE_VIEW, May.WELFARE_RECORD, May.WELFARE_MANAGE, May.ATTENTION_VIEW},
    Role.AID_OFFICER: {May.STUDENT_VIEW, May.REGISTRY_VIEW, May.AID_VIEW, May.AID_MANAGE, May.AID_TOTALS},
    Role.INTERNSHIP_OFFICER: {May.STUDENT_VIEW, May.PLACEMENT_VIEW, May.PLACEMENT_PLAN}
    | {May.PARTNER_VIEW, May.PARTNER_MANAGE, May.SELECTION_APPLY, May.SELECTION_MANAGE, May.SELECTION_VIEW},
    Role.HOMEROOM_TEACHER: READING
    | RECEIVING
    | ROLLS
    | {May.ORDER_VIEW, May.REGISTRY_FILL, May.REGISTRY_VIEW, May.CONDUCT_RECORD, May.PROGRAMME_VIEW}
    | {May.STUDENT_CONSENT, May.STUDENT_CONTACT, May.COURSEWORK_CHASE}
    | {May.WELFARE_VIEW, May.WELFARE_RECORD, May.ATTENTION_VIEW, May.SELECTION_APPLY, May.SELECTION_VIEW},
    Role.SUBJECT_TEACHER: {May.STUDENT_VIEW, May.PROGRAMME_VIEW, May.COURSEWORK_VIEW, May.COURSEWORK_RECORD}
    | {May.ATTENDANCE_RECORD, May.COURSEWORK_CHASE},
    Role.INSTRUCTOR: {May.STUDENT_VIEW, May.PLACEMENT_VIEW, May.PARTNER_VIEW},
    Role.STUDENT: OWN | {May.PLACEMENT_MINE, May.SELECTION_APPLY, May.SELECTION_MINE},
    Role.GUARDIAN: OWN | {May.PLACEMENT_MINE, May.SELECTION_MINE},
    Role.PARTNER: {May.ENROLMENT_VIEW, May.ENROLMENT_APPLY, May.STUDENT_VIEW},
    Role.AUDITOR: {May.AUDIT_VIEW, May.CERTIFICATE_VIEW, May.STUDENT_VIEW},
}


def permissions_of(roles: set[Role]) -> set[Permission]:
    """What somebody with these roles may do: the union."""
    return set().union(*(GRANTS[role] for role in roles))
