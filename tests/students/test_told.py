"""What a line of the history is about, in words."""

from types import SimpleNamespace

import pytest

from exchange.students.models import ConsentKind
from exchange.students.views.records import _told

CONSENT = next(iter(ConsentKind))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": CONSENT.value, "guardian": "刀建国"}, f"{CONSENT.label} 刀建国"),
        ({"kind": "left", "hours": 6}, ""),
        ({"name": "岩伯"}, "岩伯"),
        (None, ""),
    ],
)
def test_a_line_shows_words_and_no_codes(app, changes, words):
    with app.test_request_context():
        (line,) = _told([SimpleNamespace(action="student.changed", changes=changes)])
        assert line.details == words
