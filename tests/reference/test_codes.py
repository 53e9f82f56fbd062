"""Value lists, ethnic groups and majors."""

import pytest

from exchange.reference.codes import code_list, find_code
from exchange.reference.ethnic_groups import ethnic_groups, find_ethnic_group, nearest_ethnic_group
from exchange.reference.majors import find_major, major_name, majors


@pytest.mark.parametrize("text", ["傣族", "傣", "18", "DA", " 傣 族 "])
def test_an_ethnic_group_is_found_by_name_number_and_letters(text):
    assert find_ethnic_group(text).name == "傣族"


def test_a_misspelt_group_has_a_nearest_one():
    assert find_ethnic_group("僳僳族") is None
    assert nearest_ethnic_group("僳僳族").name == "傈僳族"
    assert nearest_ethnic_group("xyz") is None


def test_there_are_56_groups_and_two_other_entries():
    assert [group.code for group in ethnic_groups()] == [f"{number:02d}" for number in (*range(1, 57), 97, 98)]


def test_the_year_of_enrolment_decides_the_catalogue():
    assert find_major("高星级饭店运营与管理", year=2026).code == "740104"
    assert find_major("高星级饭店运营与管理", year=2018).code == "130100"
    assert find_major("740104").name == "高星级饭店运营与管理"
    assert find_major("占星") is None


def test_a_major_code_stands_once():
    assert len({major.code for major in majors()}) == len(majors())
    assert major_name("740104") == "高星级饭店运营与管理"
    assert major_name("000000") == "000000"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("political_status", "团员", "共青团员"),
        ("political_status", "3", "共青团员"),
        ("relation", "外婆", "外祖母"),
        ("health", "健康", "健康或良好"),
        ("hardship", "低保户", "低保"),
        ("study_years", "三年", "3"),
    ],
)
def test_a_value_is_found_by_name_synonym_and_code(name, text, value):
    assert find_code(name, text).name == value


def test_what_is_not_in_a_list_is_not_found():
    assert find_code("political_status", "少先队员") is None
    assert not code_list("political_status").open
