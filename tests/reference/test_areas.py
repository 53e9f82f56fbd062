"""Areas by code and name, current and former."""

import pytest

from exchange.reference.areas import area_in, area_name, counties_within, find_area, find_areas, successor_of


@pytest.mark.parametrize("text", ["533103", "芒市", "云南省德宏州芒市", "533103000000", "芒市(533103)", "533103 芒市"])
def test_a_place_is_found_however_it_is_written(text):
    area = find_area(text)

    assert (area.code, area.name, area.obsolete) == ("533103", "芒市", False)


@pytest.mark.parametrize(
    ("former", "successor"),
    [("533121", "533103"), ("潞西市", "533103"), ("533101", "533102"), ("530522", "530581"), ("330621", "330603")],
)
def test_a_former_place_names_its_successor(former, successor):
    area = find_area(former)

    assert area.obsolete
    assert successor_of(area).code == successor


@pytest.mark.parametrize("text", ["999999", "火星", "", "12", "市辖区"])
def test_what_is_no_place_is_not_found(text):
    assert find_area(text) is None


def test_a_name_of_several_cities_means_all_of_them():
    assert len(find_areas("朝阳区")) > 1


def test_a_code_had_another_name_in_another_year():
    assert area_in("533103", 2005).name == "潞西市"
    assert area_in("533103", 2011).name == "芒市"
    assert area_in("533121", 2011) is None
    assert area_in("830000", 2011).name == "台湾省"


def test_the_whole_name_begins_with_the_province():
    assert area_name("533103") == "云南省德宏傣族景颇族自治州芒市"
    assert area_name("123456") == "123456"


@pytest.mark.parametrize(
    ("region", "names"),
    [
        ("533100", ["瑞丽市", "芒市", "梁河县", "盈江县", "陇川县"]),
        ("533103", ["芒市"]),
        ("513433", ["冕宁县"]),
        ("441900", ["东莞市"]),
        ("999900", []),
    ],
)
def test_counties_within_a_region_are_those_that_stand_today(region, names):
    assert [area.name for area in counties_within(region)] == names
