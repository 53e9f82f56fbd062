"""What features above add to the page of a student or a guardian: a template and what it shows."""

from collections.abc import Callable, Mapping
from typing import Any

from exchange.placements.models import Placement

Teller = Callable[[Placement], Mapping[str, Any]]

_sections: dict[str, Teller] = {}


def add_section(template: str, tell: Teller) -> None:
    """Show the template on the family's page; ``tell`` answers with what it needs, and with nothing to leave it out."""
    _sections[template] = tell


def sections_for(placement: Placement) -> list[tuple[str, Mapping[str, Any]]]:
    """Template and what it shows, in the order of the features."""
    told = [(template, tell(placement)) for template, tell in _sections.items()]
    return [(template, shown) for template, shown in told if shown]
