"""What the database knows, for the review of a roster: loaded for a few hundred rows at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from exchange.core.database import db
from exchange.programmes.models import SchoolClass
from exchange.programmes.queries import find_class
from exchange.reference.majors import find_major
from exchange.students.models import Guardianship, Student
from exchange.students.values import Values, index_of, values_of


def with_everything(students: Select[Student]) -> Select[Student]:
    """With class, programme and guardians, as ``values_of`` needs them."""
    return students.options(
        joinedload(Student.school_class).joinedload(SchoolClass.programme),
        selectinload(Student.guardianships).joinedload(Guardianship.guardian),
    )


def students_by_id(resident_ids: Iterable[str]) -> dict[str, Student]:
    """The students who bear these numbers, found by blind index."""
    numbers = {index_of(number): number for number in resident_ids if number}
    if not numbers:
        return {}
    found = with_everything(select(Student).where(Student.resident_id_index.in_(numbers)))
    students = db.session.scalars(found.execution_options(populate_existing=True)).unique()
    return {numbers[student.resident_id_index]: student for student in students}


class DatabaseKnown:
    """Answers the roster's questions (``roster.Known``) from the database."""

    def __init__(self) -> None:
        self._students: dict[str, Values] = {}
        self._classes: dict[str, bool] = {}

    def prepare(self, resident_ids: Sequence[str]) -> None:
        """Load whoever bears these numbers."""
        self._students = {number: values_of(student) for number, student in students_by_id(resident_ids).items()}

    def student(self, resident_id: str) -> Mapping[str, object] | None:
        """The stored values of this person."""
        return self._students.get(resident_id)

    def names_in_class(self, class_name: str) -> Mapping[str, set[str]]:
        """Name → resident IDs of those who bear it."""
        members = select(Student.name, Student.resident_id).join(Student.school_class)
        bearers: dict[str, set[str]] = defaultdict(set)
        for name, number in db.session.execute(members.where(SchoolClass.name == class_name)):
            bearers[name].add(number)
        return bearers

    def has_class(self, class_name: str) -> bool:
        """Whether there is a class of this name."""
        if class_name not in self._classes:
            self._classes[class_name] = find_class(class_name) is not None
        return self._classes[class_name]

    def major(self, text: str, year: int | None) -> str | None:
        """The code of a major by code or name."""
        found = find_major(text, year=year)
        return found.code if found else None
