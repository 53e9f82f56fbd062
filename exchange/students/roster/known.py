"""What the review asks the system: who is there already, which classes, which majors."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from exchange.reference.majors import find_major


class Known(Protocol):
    """Filled by the students service from the database; ``NothingKnown`` is an empty system."""

    def prepare(self, resident_ids: Sequence[str], class_names: Sequence[str]) -> None:
        """Called for every few hundred rows before they are asked for: load people and classes with one query each."""

    def student(self, resident_id: str) -> Mapping[str, object] | None:
        """The stored values of the person with this ID, in the form of ``ReviewedRow.values``."""

    def names_in_class(self, class_name: str) -> Mapping[str, set[str]]:
        """The names of a class, each with the resident IDs of those who bear it."""

    def has_class(self, class_name: str) -> bool:
        """Whether a class of this name exists."""

    def major_of_class(self, class_name: str) -> str:
        """The code of the major that this class studies; empty where there is no such class."""

    def major(self, text: str, year: int | None) -> str | None:
        """The code of a major by code or name, in the year of enrolment."""


class NothingKnown:
    """A system without students; all classes are welcome, majors are those of the national catalogues."""

    def prepare(self, resident_ids: Sequence[str], class_names: Sequence[str]) -> None:
        """Nothing to load."""

    def student(self, resident_id: str) -> Mapping[str, object] | None:
        return None

    def names_in_class(self, class_name: str) -> Mapping[str, set[str]]:
        return {}

    def has_class(self, class_name: str) -> bool:
        return True

    def major_of_class(self, class_name: str) -> str:
        return ""

    def major(self, text: str, year: int | None) -> str | None:
        found = find_major(text, year=year)
        return found.code if found else None
