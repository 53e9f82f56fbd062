"""The ways out of the house. E-mail is one; a school that has SMS or WeCom adds its own with ``add_channel``."""

from typing import Protocol


class NotDelivered(Exception):
    """The channel did not take the message; the sentence says why, for the delivery log."""


class Channel(Protocol):
    """A way to reach somebody besides the inbox."""

    name: str
    """The word in the database, at most 20 letters."""
    label: str

    @property
    def is_ready(self) -> bool:
        """Whether this installation can use it."""

    def check(self, address: str) -> str:
        """The address as it is kept. Raises ``DomainError`` where it cannot be one."""

    def deliver(self, address: str, title: str, text: str) -> None:
        """Hand one message over. Raises ``NotDelivered``."""


_channels: dict[str, Channel] = {}


def add_channel(channel: Channel) -> None:
    """Let messages go this way too."""
    _channels[channel.name] = channel


def channels() -> list[Channel]:
    """The channels that this installation can use."""
    return [each for each in _channels.values() if each.is_ready]


def channel(name: str) -> Channel | None:
    """The channel of this name, if the installation can use it."""
    found = _channels.get(name)
    return found if found and found.is_ready else None
