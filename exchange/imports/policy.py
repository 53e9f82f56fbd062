"""Which imports a user may see."""

from sqlalchemy import Select, false, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.imports.models import HeadingMapping, Import


def visible_to(user: User) -> Select[Import]:
    """Whoever may import sees all imports: a colleague may have to undo one."""
    imports = select(Import)
    return imports if user.may(Permission.IMPORT_USE) else imports.where(false())


def mappings_visible_to(user: User) -> Select[HeadingMapping]:
    """What headings mean is decided for everybody who imports."""
    mappings = select(HeadingMapping)
    return mappings if user.may(Permission.IMPORT_USE) else mappings.where(false())
