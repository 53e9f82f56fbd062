"""People who sign in, one factory per role."""

import factory

from exchange.accounts.models import RoleAssignment, User
from exchange.accounts.roles import Role
from exchange.accounts.service import hasher
from tests.factories.base import Factory

PASSWORD = "correct horse battery"
PASSWORD_HASH = hasher.hash(PASSWORD)


class UserFactory(Factory):
    """Somebody who can sign in and may do nothing."""

    class Meta:
        model = User
        exclude = ("role",)

    role: Role | None = None
    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"用户{n}")
    password_hash = PASSWORD_HASH
    assignments = factory.LazyAttribute(lambda user: [RoleAssignment(role=user.role)] if user.role else [])


class AdministratorFactory(UserFactory):
    role = Role.ADMINISTRATOR


class PrincipalFactory(UserFactory):
    role = Role.PRINCIPAL


class RegistrarFactory(UserFactory):
    role = Role.REGISTRAR


class AidOfficerFactory(UserFactory):
    role = Role.AID_OFFICER


class InternshipOfficerFactory(UserFactory):
    role = Role.INTERNSHIP_OFFICER


class HomeroomTeacherFactory(UserFactory):
    role = Role.HOMEROOM_TEACHER


class SubjectTeacherFactory(UserFactory):
    role = Role.SUBJECT_TEACHER


class InstructorFactory(UserFactory):
    role = Role.INSTRUCTOR


class StudentUserFactory(UserFactory):
    role = Role.STUDENT


class GuardianUserFactory(UserFactory):
    role = Role.GUARDIAN


class PartnerUserFactory(UserFactory):
    role = Role.PARTNER


class AuditorFactory(UserFactory):
    role = Role.AUDITOR


FACTORIES = {factory_class.role: factory_class for factory_class in UserFactory.__subclasses__()}
"""Role → factory, to make somebody of every role."""
