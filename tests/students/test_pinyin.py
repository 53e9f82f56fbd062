"""Readings of names: surnames by table, the sheet's own pinyin only where it fits."""

import pytest

from exchange.students.pinyin import initials_of, pinyin_of, searchable


@pytest.mark.parametrize(
    ("name", "written", "pinyin", "initials"),
    [
        ("刀玉兰", "", "dao yu lan", "dyl"),
        ("曾玉兰", "", "zeng yu lan", "zyl"),
        ("单明", "", "shan ming", "sm"),
        ("解恩", "", "xie en", "xe"),
        ("艾·岩温", "", "ai yan wen", "ayw"),
        ("欧阳明", "", "ou yang ming", "oym"),
        ("谢干都", "XieGanDu", "xie gan du", "xgd"),
        ("谢干都", "xie gan du", "xie gan du", "xgd"),
        ("曾明", "CengMing", "zeng ming", "zm"),
        ("排䶮木果", "LeiYuXiang", "pai yan mu guo", "pymg"),
        ("线𬡖", "", "xian 𬡖", "x"),
        ("吕明", "", "lv ming", "lm"),
    ],
)
def test_pinyin_of_name(name, written, pinyin, initials):
    assert (pinyin_of(name, written), initials_of(pinyin)) == (pinyin, initials)


@pytest.mark.parametrize("typed", ["Dao Yu Lan", "daoyulan", "dao'yulan", "DAO YULAN"])
def test_searchable_drops_spaces_and_case(typed):
    assert searchable(typed) == "daoyulan"
