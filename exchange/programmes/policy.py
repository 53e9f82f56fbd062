"""What a user may know of a class beyond its name, its teacher and its size. Roles stand in accounts/roles.py."""

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.programmes.models import SchoolClass


def looks_after(user: User, school_class: SchoolClass) -> bool:
    """Whether the students of the class are this user's: what became of how many is nobody else's business."""
    if user.may(Permission.PROGRAMME_MANAGE) or user.has(Role.PRINCIPAL):
        return True
    return user.has(Role.HOMEROOM_TEACHER) and school_class.homeroom_teacher_id == user.id
