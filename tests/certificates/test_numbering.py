import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.certificates.numbering import ALPHABET, check_character, compose, is_number, tidy

SERIALS = st.integers(min_value=1, max_value=999_999)


def test_compose_writes_school_kind_year_serial_and_check():
    number = compose("DQZJ", "ZD", 2026, 123)

    assert number[:-1] == "DQZJ-ZD-2026-000123-"
    assert is_number(number)


def test_check_character_agrees_with_the_example_of_iso_7064():
    assert check_character("A12425GABC1234002") == "M"


@given(serial=SERIALS, place=st.integers(min_value=13, max_value=18), other=st.sampled_from("0123456789"))
def test_is_number_notices_every_single_wrong_digit(serial, place, other):
    number = compose("DQZJ", "ZD", 2026, serial)
    wrong = number[:place] + other + number[place + 1 :]

    assert is_number(wrong) == (wrong == number)


@given(serial=SERIALS)
def test_only_one_check_character_fits(serial):
    body = compose("DQZJ", "RY", 2026, serial)[:-1]

    assert sum(is_number(body + character) for character in ALPHABET) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "dqzj-zd-2026-000123-x",
        " DQZJ-ZD-2026-000123-X ",
        "ＤＱＺＪ－ＺＤ－２０２６－０００１２３－Ｘ",
        "DQZJ–ZD–2026–000123–X",
        "DQZJ ZD 2026 000123 X",
        "dqzjzd2026000123x",
    ],
)
def test_tidy_reads_numbers_as_people_type_them(typed):
    assert tidy(typed) == "DQZJ-ZD-2026-000123-X"


@given(
    serial=SERIALS,
    school=st.from_regex(r"[A-Z0-9]{4,6}", fullmatch=True),
    gap=st.sampled_from(["-", " ", "", "　", " - "]),
)
def test_tidy_puts_the_hyphens_back_whatever_stands_for_them(serial, school, gap):
    number = compose(school, "CJ", 2026, serial)

    assert tidy(number.replace("-", gap)) == number


@pytest.mark.parametrize("part", ["2026", "000123", "DQZJ-ZD", "刀玉兰"])
def test_tidy_leaves_a_part_of_a_number_alone(part):
    assert tidy(part) == part
