"""Who hears that a plan has changed: features above void what they keep for it, in the same transaction."""

from collections.abc import Callable

from exchange.placements.models import Placement

_listeners: list[Callable[[Placement], None]] = []


def on_plan_changed(listener: Callable[[Placement], None]) -> None:
    """Call this whenever another post, place or other days void what was signed for a placement."""
    _listeners.append(listener)


def tell_plan_changed(placement: Placement) -> None:
    """The plan is another one from now on."""
    for listener in _listeners:
        listener(placement)
