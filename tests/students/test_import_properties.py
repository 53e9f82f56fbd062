"""Import and export through the database, for any students."""

from hypothesis import given
from hypothesis import strategies as st

from exchange.core.database import db as database
from exchange.core.spreadsheets import read
from exchange.imports import service
from exchange.students.roster import export_rows, export_workbook
from exchange.students.service import export
from tests.conftest import empty
from tests.examples import examples
from tests.factories.accounts import AidOfficerFactory
from tests.factories.programmes import SchoolClassFactory
from tests.students.roster.rosters import CLASS
from tests.students.roster.strategies import valid_students

SOME = st.lists(valid_students(), min_size=1, max_size=3, unique_by=lambda student: student["resident_id"])


def imported(students):
    """The workbook of these students, read and written."""
    import_ = service.upload(export_workbook(students), filename="a.xlsx", kind="roster", target=CLASS, by=None)
    service.review(import_, by=None)
    service.begin_commit(import_)
    service.commit(import_, by=None)
    database.session.commit()
    return import_


def numbered(students):
    """Each with a student number and the major of the class, which the import gives to those without."""
    return [{**each, "student_no": f"N{place}", "major": "740104"} for place, each in enumerate(students)]


@examples(10)
@given(SOME)
def test_what_was_imported_is_exported_letter_for_letter_and_imports_as_unchanged(db, students):
    empty()
    SchoolClassFactory(name=CLASS)
    students = numbered(students)

    first = imported(students)
    out = read(export(school_class=None, by=AidOfficerFactory()).content, "a.xlsx")[0]
    second = imported(students)

    assert (first.new, first.committed, first.rejected) == (len(students), len(students), 0)
    cells = [[cell or "" for cell in row.cells] for row in out.rows()][1:]
    assert [row + [""] * (73 - len(row)) for row in cells] == [*export_rows(students)]
    assert (second.new, second.changed, second.unchanged) == (0, 0, len(students))
