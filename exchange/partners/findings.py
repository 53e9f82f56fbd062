"""What features above find about a host: they answer here, so that the host's page can show it without knowing them."""

from collections.abc import Callable
from typing import Any

from exchange.partners.models import HostOrganisation

Finder = Callable[..., list[Any]]

_finders: dict[str, Finder] = {}


def add_finder(name: str, find: Finder) -> None:
    """Let a feature tell what stands against a host, as rows of the checklist macro."""
    _finders[name] = find


def findings_about(host: HostOrganisation, *, may_mend: bool) -> list[Any]:
    """What still stands against the host; with the way to mend it for those who may."""
    return [row for find in _finders.values() for row in find(host, may_mend=may_mend)]
