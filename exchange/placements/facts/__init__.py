"""The facts of a placement, as the rule book reads them: the document, its values and its strict reader."""

from exchange.placements.facts.document import Facts
from exchange.placements.facts.reader import read_facts

__all__ = ["Facts", "read_facts"]
