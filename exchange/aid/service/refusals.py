"""Why something about aid is refused."""

from exchange.core.errors import DomainError


class NotGivenThen(DomainError):
    """The kind of hardship was not given on that day, or is recorded already."""


class InvalidDays(DomainError):
    """The end does not come after the beginning, or a day that has not come."""


class NotUsable(DomainError):
    """A rule with an unknown region or condition, or without an amount that can be meant."""


class NotTheirCard(DomainError):
    """Aid goes to the card of the student or of a guardian, never to a teacher's."""


class NotPayable(DomainError):
    """Nothing is to be paid, or more than was granted."""


class NoteMissing(DomainError):
    """This needs a note in writing."""
