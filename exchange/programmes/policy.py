"""What a user may see of programmes and classes. Roles stand in accounts/roles.py."""

from sqlalchemy import Select, false, select
from sqlalchemy.orm import joinedload

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.programmes.models import ProgrammeVersion, SchoolClass


def versions_visible_to(user: User) -> Select[ProgrammeVersion]:
    """The versions of all programmes, with their programmes, for whoever works with programmes."""
    versions = select(ProgrammeVersion).options(joinedload(ProgrammeVersion.programme))
    return versions if user.may(Permission.PROGRAMME_VIEW) else versions.where(false())


def looks_after(user: User, school_class: SchoolClass) -> bool:
    """Whether the students of the class are this user's: what became of how many is nobody else's business."""
    if user.may(Permission.PROGRAMME_MANAGE) or user.has(Role.PRINCIPAL):
        return True
    return user.has(Role.HOMEROOM_TEACHER) and school_class.homeroom_teacher_id == user.id
