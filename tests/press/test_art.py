"""The drawings in the folder are what the drawing code draws."""

import pytest

from exchange.press.art.frames import FRAMES
from exchange.press.template import ART


@pytest.mark.parametrize("name", FRAMES)
def test_frames_are_drawn_from_the_code(name):
    assert (ART / name).read_text("utf-8") == FRAMES[name]()


def test_frames_nothing_else_lies_in_the_folder():
    assert {path.name for path in ART.glob("*.svg")} == set(FRAMES)
