"""What the database knows, for the review of a roster: loaded for a few hundred rows at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from exchange.core.database import db, planned_anew
from exchange.programmes.models import SchoolClass
from exchange.programmes.queries import classes_named
from exchange.reference.majors import find_major
from exchange.students.history import with_history
from exchange.students.models import Guardianship, Student
from exchange.students.values import Values, index_of, values_of


def with_everything(students: Select[Student]) -> Select[Student]:
    """With class, programme and guardians, as ``values_of`` needs them."""
    return students.options(
        joinedload(Student.school_class).joinedload(SchoolClass.programme),
        selectinload(Student.guardianships).joinedload(Guardianship.guardian),
    )


def students_with_everything(ids: Collection[int]) -> list[Student]:
    """The students with these ids."""
    if not ids:
        return []
    found = with_everything(select(Student).where(Student.id.in_(ids)))
    return list(db.session.scalars(found.execution_options(populate_existing=True)).unique())


def students_by_id(resident_ids: Iterable[str]) -> dict[str, Student]:
    """The students who bear these numbers, found by blind index."""
    numbers = {index_of(number): number for number in resident_ids if number}
    if not numbers:
        return {}
    found = with_everything(select(Student).where(Student.resident_id_index.in_(numbers)))
    with planned_anew():
        students = list(db.session.scalars(found.execution_options(populate_existing=True)).unique())
    return {numbers[student.resident_id_index]: student for student in students}


@dataclass
class KnownClass:
    """What the review asks of a class: its major, and the resident IDs of those who bear a name."""

    major: str
    members: dict[str, set[str]] = field(default_factory=dict)


class DatabaseKnown:
    """Answers the roster's questions (``roster.Known``) from the database."""

    def __init__(self) -> None:
        self._students: dict[str, Values] = {}
        self._ids: dict[str, int] = {}
        self._with_history: set[int] | None = None
        self._classes: dict[str, KnownClass | None] = {}

    def prepare(self, resident_ids: Sequence[str], class_names: Sequence[str]) -> None:
        """Load whoever bears these numbers, and the members of classes that were not asked for before."""
        found = students_by_id(resident_ids)
        self._students = {number: values_of(student) for number, student in found.items()}
        self._ids, self._with_history = {number: student.id for number, student in found.items()}, None
        asked = set(class_names) - set(self._classes)
        if asked:
            self._load_classes(asked)

    def student(self, resident_id: str) -> Mapping[str, object] | None:
        """The stored values of this person."""
        return self._students.get(resident_id)

    def has_history(self, resident_id: str) -> bool:
        """Whether an order has changed the state of this person; looked up only when somebody asks."""
        if self._with_history is None:
            self._with_history = with_history(self._ids.values())
        return self._ids.get(resident_id) in self._with_history

    def names_in_class(self, class_name: str) -> Mapping[str, set[str]]:
        """Name → resident IDs of those who bear it."""
        found = self._classes.get(class_name)
        return found.members if found else {}

    def has_class(self, class_name: str) -> bool:
        """Whether there is a class of this name."""
        return self._classes.get(class_name) is not None

    def major_of_class(self, class_name: str) -> str:
        """The code of the major that the class studies."""
        found = self._classes.get(class_name)
        return found.major if found else ""

    def major(self, text: str, year: int | None) -> str | None:
        """The code of a major by code or name."""
        found = find_major(text, year=year)
        return found.code if found else None

    def _load_classes(self, names: Collection[str]) -> None:
        found = {each.id: (each.name, KnownClass(each.programme.major)) for each in classes_named(names)}
        members = select(Student.school_class_id, Student.name, Student.resident_id)
        for class_id, name, number in db.session.execute(members.where(Student.school_class_id.in_(found))):
            found[class_id][1].members.setdefault(name, set()).add(number)
        self._classes |= dict.fromkeys(names) | dict(found.values())
