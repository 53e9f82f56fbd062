"""Reading students: lists, search, numbers, and what depends on a record."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, Table, false, func, or_, select
from sqlalchemy.orm import joinedload, load_only, selectinload

from exchange.core.database import columns_referring_to, db, planned_anew
from exchange.core.encryption import blind_index
from exchange.core.i18n import _
from exchange.core.masking import RESIDENT_ID
from exchange.programmes.models import SchoolClass
from exchange.students import history
from exchange.students.known import with_everything
from exchange.students.models import ON_ROLL, Contact, Guardian, Guardianship, Student, StudentStatus
from exchange.students.pinyin import searchable
from exchange.students.queries.people import contacts_of
from exchange.students.roster.identity import normalise_id
from exchange.students.roster.names import SEPARATORS
from exchange.students.search import begins_with, is_called
from exchange.students.values import GUARDIAN_ID, index_of

PORTION = 500
FOUND = 8
COUNTIES = 20
FEW = 500  # who is found is then counted, sorted and shown without searching again
SORTS = {
    "name": (Student.pinyin, Student.id),
    "-name": (Student.pinyin.desc(), Student.id),
    "number": (Student.student_no,),
    "-number": (Student.student_no.desc(),),
    "class": (SchoolClass.name, Student.pinyin, Student.id),
    "-class": (SchoolClass.name.desc(), Student.pinyin, Student.id),
}
SHOWN = (Student.student_no, Student.name, Student.pinyin, Student.sex, Student.birth_date, Student.status)
DEPENDENTS: dict[str, str] = {}
OWN_TABLES = {"guardianship", "name_part", "period"}
VOWELS = set("aeiouv")
SERIAL = re.compile("0[1-9]|[1-9][0-9]{1,4}")  # as they are given; a sheet may bring numbers of another make


Series = tuple[int, str]
"""A class and what its student numbers begin with: year of entry and number of the class."""


class Listing(NamedTuple):
    """Students to list, and how many: up to ``FEW`` exactly, beyond it one more, None where nobody counted."""

    students: Select[Student]
    total: int | None


class Field(NamedTuple):
    """A value that is shown masked: its label and the whole of it."""

    label: str
    value: str


def depends(table: str, label: str) -> None:
    """Let a feature above say in words what its rows about a student are called."""
    DEPENDENTS[table] = label


def listed(
    scope: Select[Student], *, q: str = "", class_name: str = "", sort: str = "", as_of: date | None = None
) -> Select[Student]:
    """The students to list, with their class; only the columns that a list shows are read.

    With ``as_of`` those who were on the roll that day, in the class of that day.
    """
    return searched(scope, q=q, class_name=class_name, sort=sort, as_of=as_of).students


def searched(
    scope: Select[Student],
    *,
    q: str = "",
    class_name: str = "",
    status: str = "",
    county: str = "",
    sort: str = "",
    as_of: date | None = None,
) -> Listing:
    """The same, of one status (that of the day) and one county, and how many there are where the search knows it."""
    if as_of:
        scope = history.as_of(scope, as_of)
    if status in set(StudentStatus):
        scope = scope.where((history.status_on() if as_of else Student.status) == StudentStatus(status))
    if county:
        scope = scope.where(Student.county_of_origin == county)
    if class_name:
        wanted = select(SchoolClass.id).where(SchoolClass.name == class_name)
        its_class = history.class_on() if as_of else Student.school_class_id
        scope = scope.where(its_class.in_(wanted))
    scope, total = _matching(scope, q) if q.strip() else (scope, None)
    students = scope.options(load_only(*SHOWN), joinedload(Student.school_class))
    if sort.lstrip("-") == "class":
        students = students.join(Student.school_class)
    return Listing(students.order_by(*SORTS.get(sort, SORTS["number"])), total)


def find_few(scope: Select[Student], q: str) -> list[Student]:
    """The first few who match what is being typed."""
    return list(db.session.scalars(listed(scope, q=q, sort="name").limit(FOUND))) if q.strip() else []


def shared_names(students: Iterable[Student], scope: Select[Student]) -> set[str]:
    """The names among these that more than one student of the scope bears."""
    names = {student.name for student in students}
    borne = scope.with_only_columns(Student.name).where(Student.name.in_(names))
    borne = borne.group_by(Student.name).having(func.count() > 1)
    return set(db.session.scalars(borne)) if names else set()


def for_page(scope: Select[Student]) -> Select[Student]:
    """One student with class, programme, homeroom teacher and guardians."""
    return scope.options(
        joinedload(Student.school_class).joinedload(SchoolClass.programme),
        joinedload(Student.school_class).joinedload(SchoolClass.homeroom_teacher),
        selectinload(Student.guardianships).joinedload(Guardianship.guardian),
    )


def revealable(student: Student, contacts: Iterable[Contact] | None = None) -> dict[str, Field]:
    """What of the record is shown masked and may be asked for whole; ``contacts`` where they are loaded already."""
    fields = {
        "resident_id": Field(_("身份证件号"), student.resident_id),
        "national_student_no": Field(_("全国学籍号"), student.national_student_no or ""),
        "phone": Field(_("联系电话"), student.phone or ""),
        "address": Field(_("家庭地址"), student.address or ""),
    }
    for each in student.guardianships:
        label = _("%(name)s的电话", name=each.guardian.name)
        fields[f"guardian-{each.guardian_id}"] = Field(label, each.guardian.phone or "")
    for contact in contacts_of(student) if contacts is None else contacts:
        fields[f"contact-{contact.id}"] = Field(_("%(name)s的电话", name=contact.name), contact.phone)
    return {name: field for name, field in fields.items() if field.value}


def students_in(school_class_id: int) -> list[Student]:
    """The students of a class by pinyin."""
    members = select(Student).where(Student.school_class_id == school_class_id)
    return list(db.session.scalars(members.order_by(Student.pinyin, Student.id)))


def on_roll_in(school_class_id: int) -> Select[Student]:
    """The students of a class who are on the roll today, by pinyin."""
    members = select(Student).where(Student.school_class_id == school_class_id, Student.status.in_(ON_ROLL))
    return members.order_by(Student.pinyin, Student.id)


def for_export(
    scope: Select[Student], *, school_class: SchoolClass | None, as_of: date | None
) -> Iterator[list[tuple[Student, SchoolClass]]]:
    """By number, a portion at a time; with ``as_of`` who was on the roll that day, and in the class of that day."""
    students = history.as_of(with_everything(scope), as_of) if as_of else with_everything(scope)
    if school_class:
        students = students.where((history.class_on() if as_of else Student.school_class_id) == school_class.id)
    last = ""
    while True:
        following = students.where(Student.student_no > last).order_by(Student.student_no).limit(PORTION)
        portion = list(db.session.scalars(following).unique())
        if not portion:
            return
        last = portion[-1].student_no
        former = history.classes_on(portion, as_of) if as_of else {}
        yield [(student, former.get(student.id, student.school_class)) for student in portion]


def counties_of_origin() -> list[str]:
    """The codes of the counties from which students have come; a few."""
    codes = select(Student.county_of_origin).where(Student.county_of_origin != "").distinct()
    return list(db.session.scalars(codes.order_by(Student.county_of_origin).limit(COUNTIES)))


def last_serials(series: Collection[Series]) -> dict[Series, int]:
    """The highest serial of each series among the numbers of its class; 0 where there is none."""
    numbers: dict[int, list[str]] = {class_id: [] for class_id, _prefix in series}
    borne = select(Student.school_class_id, Student.student_no).where(Student.school_class_id.in_(numbers))
    for class_id, number in db.session.execute(borne):
        numbers[class_id].append(number)
    return {(class_id, prefix): _highest(numbers[class_id], prefix) for class_id, prefix in series}


def _highest(numbers: Iterable[str], prefix: str) -> int:
    serials = (number[len(prefix) :] for number in numbers if number.startswith(prefix))
    return max((int(serial) for serial in serials if SERIAL.fullmatch(serial)), default=0)


def taken_numbers(numbers: Iterable[str]) -> dict[str, int]:
    """Which of these student numbers are in use, and by whom."""
    wanted = set(numbers)
    used = select(Student.student_no, Student.id).where(Student.student_no.in_(wanted))
    return dict(db.session.execute(used).all()) if wanted else {}


def bears_number(resident_id: str, *, beside: Student) -> bool:
    """Whether another student bears this resident ID."""
    bearer = select(Student.id).where(Student.resident_id_index == index_of(resident_id), Student.id != beside.id)
    return db.session.scalar(bearer.limit(1)) is not None


def guardians_by_id(resident_ids: Iterable[str | None]) -> dict[str, Guardian]:
    """The guardians who bear these numbers."""
    numbers = {blind_index(number, GUARDIAN_ID): number for number in resident_ids if number}
    if not numbers:
        return {}
    bearers = select(Guardian).where(Guardian.resident_id_index.in_(numbers)).order_by(Guardian.id.desc())
    with planned_anew():
        return {numbers[str(guardian.resident_id_index)]: guardian for guardian in db.session.scalars(bearers)}


def dependents_of(student_ids: Sequence[int]) -> dict[int, list[str]]:
    """Student → what hangs on the record in any feature, so that it cannot be deleted."""
    found: dict[int, list[str]] = {}
    for table, column in referring_columns():
        rows = select(column).where(column.in_(student_ids)).distinct()
        for student_id in db.session.scalars(rows):
            found.setdefault(student_id, []).append(str(DEPENDENTS.get(table.name, table.name)))
    return {student_id: list(dict.fromkeys(things)) for student_id, things in found.items()}


def referring_columns() -> list[tuple[Table, ColumnElement[int]]]:
    """Every column of another feature that points at a student."""
    columns = columns_referring_to(Student)
    return [(column.table, column) for column in columns if column.table.name not in OWN_TABLES]


def _matching(scope: Select[Student], q: str) -> tuple[Select[Student], int | None]:
    """Whom somebody may mean: by resident ID, number, pinyin with or without spaces, initials, or part of the name."""
    text = unicodedata.normalize("NFKC", q).strip()
    number, solid = normalise_id(text), text.replace(" ", "")
    if RESIDENT_ID.fullmatch(number):
        return scope.where(Student.resident_id_index == index_of(number)), None
    if solid.isascii() and solid.isdecimal():
        return scope.where(begins_with(Student.student_no, solid)), None
    if solid.isascii() and solid.isalnum() and any(map(str.isdecimal, solid)):
        return scope.where(Student.student_no.startswith(solid, autoescape=True)), None
    first = scope.where(_is_called(text, q)).with_only_columns(Student.id, maintain_column_froms=True).limit(FEW + 1)
    few = db.session.scalars(first).all()
    if len(few) <= FEW:
        return scope.where(Student.id.in_(few)), len(few)
    return scope.where(_is_called(text, q, in_order=True)), len(few)


def _is_called(text: str, q: str, *, in_order: bool = False) -> ColumnElement[bool]:
    """By conditions that an index answers, so that a search never walks through all students.

    ``in_order`` is for what many match: the list then walks in its own order and soon has a page, instead of taking all
    from an index and sorting them.
    """
    named = partial(is_called, in_order=in_order)
    if letters := searchable(text) if not re.search(r"[^\sA-Za-züÜ'’-]", text) else "":
        by_pattern = Student.initials.startswith(letters, autoescape=True)
        initials = by_pattern if in_order else begins_with(Student.initials, letters)
        if not VOWELS & set(letters):  # no syllable is without one
            return initials
        return or_(initials, named(letters))
    written = re.sub(f"[{re.escape(SEPARATORS)}\\s]", "", q)
    return named(written) if written else false()
