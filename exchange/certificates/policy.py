"""Which papers a user may see, and who may approve which batch."""

from sqlalchemy import Select, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.certificates.models import BatchStatus, Certificate, CertificateBatch
from exchange.students import policy as students_policy
from exchange.students.models import Student

WHOLE_REGISTER = {Role.REGISTRAR, Role.PRINCIPAL, Role.AUDITOR}


def visible_to(user: User) -> Select[Certificate]:
    """The whole register for those who keep or audit it; else the papers of the students this user may see."""
    certificates = select(Certificate)
    if user.roles & WHOLE_REGISTER:
        return certificates
    return certificates.where(
        Certificate.student_id.in_(students_policy.visible_to(user).with_only_columns(Student.id))
    )


def batches_visible_to(user: User) -> Select[CertificateBatch]:
    """Batches are the business of those who make and approve them (the routes ask for those permissions)."""
    return select(CertificateBatch)


def can_approve(user: User, batch: CertificateBatch) -> bool:
    """Maker and approver are two people."""
    return (
        user.may(Permission.CERTIFICATE_APPROVE)
        and batch.status == BatchStatus.REQUESTED
        and batch.maker_id is not None
        and batch.maker_id != user.id
    )
