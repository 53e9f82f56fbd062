"""Why a term, a programme, a course or a class cannot be as it was asked for."""

from exchange.core.errors import DomainError


class AlreadyThere(DomainError):
    """Another record carries the name or number."""


class OutOfRange(DomainError):
    """A number or date that cannot be meant."""


class InUse(DomainError):
    """What hangs on the record forbids the change."""


class ReasonMissing(DomainError):
    """A new name of a class needs a reason."""


class NotATeacher(DomainError):
    """Only somebody with an active account and the role may be homeroom teacher."""


class NotADraft(DomainError):
    """A version that was approved is not edited any more."""
