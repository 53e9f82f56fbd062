import pytest

from exchange.conduct.comments import doubts, names_of
from exchange.students.models import Sex

CLASSMATES = ("玉喃香", "尚麻宝", "阿依古丽·买买提", "李雨")


@pytest.mark.parametrize(
    ("comment", "other"),
    [
        ("玉喃香同学上课认真。", "玉喃香"),
        ("喃香同学上课认真。", "玉喃香"),
        ("阿依古丽进步很大。", "阿依古丽·买买提"),
        ("李雨爱劳动。", "李雨"),
    ],
)
def test_name_of_a_classmate_is_doubted(comment, other):
    assert doubts(comment, name="岩温罕", sex=Sex.MALE, classmates=CLASSMATES) == [f"写的是“{other}”，不是“岩温罕”。"]


@pytest.mark.parametrize(
    "comment", ["温罕同学上课认真。", "岩温罕爱劳动。", "下雨天也坚持晨跑。", "和其他同学、和她们都处得好。", ""]
)
def test_own_name_and_plain_words_are_not(comment):
    assert doubts(comment, name="岩温罕", sex=Sex.MALE, classmates=CLASSMATES) == []


@pytest.mark.parametrize(
    ("sex", "comment", "doubted"),
    [
        (Sex.MALE, "她很努力。", True),
        (Sex.MALE, "他很努力。", False),
        (Sex.FEMALE, "他很努力。", True),
        (Sex.FEMALE, "她帮助其他同学，弹吉他。", False),
    ],
)
def test_other_pronoun_is_doubted(sex, comment, doubted):
    assert bool(doubts(comment, name="岩温罕", sex=sex, classmates=())) is doubted


def test_namesake_is_no_doubt():
    """Two of one name, and a classmate whose name is part of the own."""
    assert doubts("岩温同学进步大。", name="岩温", sex=Sex.MALE, classmates=("岩温",)) == []
    assert doubts("岩温罕进步大。", name="岩温罕", sex=Sex.MALE, classmates=("岩温",)) == []


def test_single_character_is_no_name():
    assert names_of("李雨") == {"李雨"}
    assert names_of("玉喃香") == {"玉喃香", "喃香"}
