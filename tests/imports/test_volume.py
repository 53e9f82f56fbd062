"""Long rosters: as many statements for a thousand rows as for any other thousand, and no more memory for more rows."""

import gc
import tracemalloc

import pytest
from sqlalchemy import func, select

from exchange.core.database import db as database
from exchange.imports import service
from exchange.students.models import Guardianship, Student
from exchange.students.pinyin import pinyin_of
from tests.factories.programmes import SchoolClassFactory
from tests.factories.rosters import class_names, national_workbook

ROWS = 2000
REVIEW, COMMIT = 15, 50
"""Statements for a thousand rows: two portions of 500 each."""
PORTION_BYTES = 25 * 1024**2


@pytest.fixture
def classes(db):
    return [SchoolClassFactory(name=name, number=place % 99 + 1) for place, name in enumerate(class_names(ROWS))]


def test_statements_and_memory_do_not_grow_with_rows(classes, count_queries):
    pinyin_of("刀")  # loads its dictionary
    import_ = service.upload(national_workbook(ROWS), filename="a.xlsx", kind="roster", target="", by=None)
    peaks, told = [], []

    def note(done, total):
        told.append((done, total))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.reset_peak()

    def measured(step):
        gc.collect()
        tracemalloc.start()
        with count_queries() as statements:
            step(import_, by=None, progress=note)
        tracemalloc.stop()
        return statements.count

    reviewing = measured(service.review)
    service.begin_commit(import_)
    committing = measured(service.commit)
    database.session.commit()

    assert (import_.new, import_.committed, import_.rejected) == (ROWS, ROWS, 0)
    assert database.session.scalar(select(func.count()).select_from(Student)) == ROWS
    assert database.session.scalar(select(func.count()).select_from(Guardianship)) == 2 * ROWS
    assert reviewing <= REVIEW * ROWS / 1000
    assert committing <= COMMIT * ROWS / 1000
    assert max(peaks) < PORTION_BYTES
    assert told[-1] == (ROWS, ROWS)
    assert len(told) >= 2 * ROWS / 500
