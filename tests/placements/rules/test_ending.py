import pytest

from tests.placements.documents import CLEAN, missing

REPORT = "end.report_submitted_on"


@pytest.mark.parametrize(
    ("expected", "written", "found_rule"),
    [
        (24, 24, None),
        (24, 25, None),
        (24, 23, ["end.logs_written"]),
        (24, None, ["end.logs_written"]),
        (None, 24, ["end.logs_expected"]),
        (0, None, None),
    ],
)
def test_logs_are_written(expected, written, found_rule):
    changes = {"step": "DAILY", "end.logs_expected": expected, "end.logs_written": written}

    assert missing("INT-38", changes) == found_rule


@pytest.mark.parametrize(("step", "found_rule"), [("DAILY", None), ("END", [REPORT]), ("ARCHIVE", [REPORT])])
def test_report_is_due_at_the_end(step, found_rule):
    assert missing("INT-38", {"step": step, REPORT: None}) == found_rule


@pytest.mark.parametrize(
    ("name", "value", "holds"),
    [
        ("process_grade", 0, True),
        ("process_grade", None, False),
        ("result_grade", None, False),
        ("school_graded", False, False),
        ("school_graded", None, False),
        ("host_graded", False, False),
        ("host_graded", None, False),
    ],
)
def test_school_and_host_assess_process_and_result(name, value, holds):
    assert missing("INT-43", {"step": "END", f"end.{name}": value}) == (None if holds else [f"end.{name}"])


@pytest.mark.parametrize("item", CLEAN["archive"])
def test_archive_names_what_it_lacks(item):
    seven = [each for each in CLEAN["archive"] if each != item]

    assert missing("INT-45", {"step": "ARCHIVE", "archive": seven}) == [f"archive.{item}"]


@pytest.mark.parametrize("archive", [[], None])
def test_empty_archive_lacks_all_eight(archive):
    assert missing("INT-45", {"step": "ARCHIVE", "archive": archive}) == [
        f"archive.{each}" for each in CLEAN["archive"]
    ]
