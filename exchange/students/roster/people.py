"""The checks across rows and against the system: duplicates, namesakes, and whose number it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from exchange.reference.majors import major_name
from exchange.students.roster.cells import shown
from exchange.students.roster.known import Known
from exchange.students.roster.row import RosterRow

Place = tuple[str, int]
"""A sheet and the number of a row on it."""


@dataclass
class People:
    """Who has appeared so far, row by row."""

    known: Known
    _place_of_id: dict[str, Place] = field(default_factory=dict)
    _bearers: dict[str, dict[str, Place]] = field(default_factory=dict)
    _classes: dict[str, Mapping[str, set[str]]] = field(default_factory=dict)

    def check(self, row: RosterRow) -> Mapping[str, object] | None:
        """id.duplicate_in_file, id.belongs_to_other, name.namesake; returns the stored values of the person."""
        number, name = str(row.values.get("resident_id", "")), str(row.values.get("name", ""))
        stored = self.known.student(number) if number else None
        if stored is not None:
            _keep_class(row, stored)
        else:
            _keep_major(row, self.known.major_of_class(str(row.values.get("class_name", ""))))
        place = (row.sheet, row.number)
        if number and number in self._place_of_id:
            row.find_as("resident_id", "id.duplicate_in_file", self._place_of_id[number])
        elif stored is not None and name and stored.get("name") != name:
            row.find("resident_id", "id.belongs_to_other", name=str(stored.get("name", "")))
        elif name:
            self._check_namesake(row, number, name)
        if number:
            self._place_of_id.setdefault(number, place)
        if name:
            self._bearers.setdefault(name, {}).setdefault(number or f"row {place}", place)
        return stored

    def _check_namesake(self, row: RosterRow, number: str, name: str) -> None:
        earlier = next((place for bearer, place in self._bearers.get(name, {}).items() if bearer != number), None)
        if earlier is not None:
            row.find_as("name", "name.namesake", earlier)
        elif self._others_in_class(str(row.values.get("class_name", "")), name) - {number}:
            row.find("name", "name.namesake_in_class")

    def _others_in_class(self, class_name: str, name: str) -> set[str]:
        if not class_name:
            return set()
        if class_name not in self._classes:
            self._classes[class_name] = self.known.names_in_class(class_name)
        return set(self._classes[class_name].get(name, ()))


def _keep_class(row: RosterRow, stored: Mapping[str, object]) -> None:
    """class.by_order: a sheet moves nobody; class and major of a known student change by order only."""
    written, kept = row.values.get("class_name"), str(stored["class_name"])
    if written and written != kept:
        row.find("class_name", "class.by_order", written=shown(str(written)), expected=kept)
    _keep_major(row, str(stored.get("major", "")))
    row.values["class_name"] = kept


def _keep_major(row: RosterRow, kept: str) -> None:
    """The major is that of the class."""
    written = str(row.values.get("major", ""))
    if written and kept and written != kept:
        row.find("major", "major.by_order", written=major_name(written), expected=major_name(kept))
        row.values["major"] = kept
