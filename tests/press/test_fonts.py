"""Faces are chosen before anything is drawn."""

import pytest

from exchange import press
from exchange.press import fonts


@pytest.mark.parametrize(
    ("character", "face"),
    [("岩", "kai"), ("䶮", "kai"), ("𠮷", "kai"), ("·", "kai"), ("ᥖ", "taile"), ("㐀", "hana-a"), ("𠀃", "hana-b")],
)
def test_face_of_prefers_kai(character, face):
    assert fonts.face_of(character).name == face


@pytest.mark.parametrize("character", ["\ue815", "\u202e", "\u200b", "\U0010ffff"])
def test_missing_glyphs_private_and_invisible_characters_are_missing(character):
    assert press.missing_glyphs(f"岩{character}香{character}") == [character]


def test_missing_glyphs_ordinary_names_are_whole():
    assert press.missing_glyphs("阿依古丽·买买提 ᥖᥭᥰ LI Xiaoyu\n") == []


def test_face_file_absent_names_the_package():
    face = fonts.Face("song", "fonts-of-nowhere", "Nowhere.ttf", "Nowhere.ttf")

    with pytest.raises(press.MissingFont, match="fonts-of-nowhere"):
        face.file(400)
