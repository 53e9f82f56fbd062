"""Why papers are refused."""

from exchange.core.errors import DomainError


class NotAllowed(DomainError):
    """The two-person rule, or a step that does not fit the state of the batch."""


class AlreadyRevoked(DomainError):
    """A paper can end once."""
