"""Who teaches which classes. Features that know register themselves; a teacher keeps the rolls of all of them."""

from collections.abc import Callable

from sqlalchemy import Select

from exchange.accounts.models import User

TaughtClasses = Callable[[User], Select[int]]
"""(teacher) → ids of the classes that the teacher gives lessons to now."""

TAUGHT_CLASSES: list[TaughtClasses] = []


def register_taught_classes(source: TaughtClasses) -> TaughtClasses:
    """Let rolls be kept by those whom this source names; once, however many applications a process builds."""
    if source not in TAUGHT_CLASSES:
        TAUGHT_CLASSES.append(source)
    return source
