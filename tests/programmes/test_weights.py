"""How a course is assessed, as a line of text."""

import pytest

from exchange.programmes import weights


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("平时 40，期末 60", [("平时", 40), ("期末", 60)]),
        ("平时40%,期末：60％", [("平时", 40), ("期末", 60)]),
        (" 技能考核 100 ", [("技能考核", 100)]),
        ("阶段1 50；阶段2 50", [("阶段1", 50), ("阶段2", 50)]),
        ("", []),
    ],
)
def test_a_line_is_read(text, expected):
    assert weights.read(text) == expected


@pytest.mark.parametrize("text", ["平时，期末 60", "40，60", "平时 4000", "x" * 400 + " 100"])
def test_a_line_that_says_no_percentages_is_refused(text):
    with pytest.raises(weights.Unreadable, match="例如"):
        weights.read(text)


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ([("平时", 40), ("期末", 59)], "现在是 99"),
        ([("平时", 0), ("期末", 100)], "等于 100"),
        ([("平时", 50), ("平时", 50)], "不能重复"),
        ([("长" * 41, 100)], "40 个字"),
        ([(f"第{number}项", 14 + 2 * (number == 0)) for number in range(7)], "最多 6 项"),
    ],
)
def test_what_is_wrong_is_said(given, word):
    assert word in weights.problem_of(given)


def test_what_was_read_is_written_the_same():
    line = "平时 40，期末 60"

    assert weights.problem_of(weights.read(line)) is None
    assert weights.write(weights.read(line)) == line
