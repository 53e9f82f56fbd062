"""IDs, names and dates: what any text may do to them."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.students.roster.dates import read_date
from exchange.students.roster.identity import normalise_id, read_resident_id
from exchange.students.roster.names import LOOK_ALIKES, SEPARATOR, SEPARATORS, Name, read_name
from tests.students.roster.rosters import TODAY, resident_id

HAN = st.one_of(
    *(
        st.characters(min_codepoint=first, max_codepoint=last)
        for first, last in (
            (0x3400, 0x4DBF),
            (0x4E00, 0x9FFF),
            (0xF900, 0xFA6D),
            (0x20000, 0x2A6DF),
            (0x2F800, 0x2FA1D),
            (0x30000, 0x3134A),
        )
    )
)
BORN = st.dates(date(1900, 1, 1), TODAY)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９ｘ")


@given(st.text(HAN, min_size=1, max_size=25))
def test_a_name_comes_back_letter_for_letter(name):
    read = read_name(name)

    assert read.text == name
    assert not read.forbidden


def test_a_compatibility_ideograph_is_not_rewritten():
    assert read_name("\ufa0c").text == "\ufa0c"
    assert unicodedata.normalize("NFC", "\ufa0c") != "\ufa0c"


@pytest.mark.parametrize(
    ("written", "forbidden"),
    [
        ("#REF!", "#!"),
        ("岩?明", "?"),
        ("岩？明", "？"),
        ("岩□", "□"),
        ("王*明", "*"),
        ("=A1+B1", "=1+"),
    ],
)
def test_what_stands_for_a_lost_or_hidden_character_is_no_name(written, forbidden):
    assert read_name(written).forbidden == forbidden


@pytest.mark.parametrize("name", ["阿依古丽·买买提", "O'Brien", "Jean-Luc", "Smith, John", "Lê Văn A", "⿰亻岩"])
def test_what_people_are_called_has_nothing_forbidden(name):
    assert not read_name(name).forbidden


@pytest.mark.parametrize("separator", LOOK_ALIKES)
def test_a_look_alike_counts_between_han_characters_only(separator):
    assert read_name(f"艾{separator}岩温").text == "艾\u00b7岩温"
    assert read_name(f"A{separator}岩温").text == f"A{separator}岩温"


@given(
    st.lists(st.text(HAN, min_size=1, max_size=5), min_size=1, max_size=4),
    st.lists(st.text(st.sampled_from(SEPARATORS), max_size=3), min_size=5, max_size=5),
)
def test_parts_of_a_han_name_are_joined_by_one_separator(parts, typed):
    before, after, *between = typed
    first, *others = parts
    joined = "".join((each or SEPARATOR) + part for each, part in zip(between, others, strict=False))
    written = before + first + joined + after

    read = read_name(written)

    assert read.text == SEPARATOR.join(parts)
    assert read.separator_normalised == (read.text != written)
    assert read_name(read.text) == Name(read.text)


@pytest.mark.parametrize("written", ["J. Smith", "Aung San Jr.", "岩温 A·", "A··B"])
def test_separators_around_other_letters_stay(written):
    assert read_name(written) == Name(written)


def test_separators_alone_are_no_name():
    assert read_name("··").text == ""


def test_spaces_stay_in_a_latin_name():
    assert read_name(" Aung  San ").text == "Aung  San"
    assert read_name("艾 ・ 岩 温").text == "艾·岩温"


@given(BORN, st.integers(0, 999), st.sampled_from(["", " ", "-", "\u3000", "\u2013", "\u00a0"]))
def test_a_number_is_read_through_width_and_separators(born, serial, between):
    number = resident_id(f"{born:%Y%m%d}", serial)
    dressed = between.join((number[:6], number[6:14].translate(WIDE), number[14:].lower()))

    read = read_resident_id(dressed, today=TODAY)

    assert (read.number, read.problem, read.birth_date) == (number, "", born)
    assert read.sex == ("male" if serial % 2 else "female")


@given(st.text("0129xXｘ１９ -\u3000\u2013'’\ufeff"))
def test_a_number_has_one_form(text):
    assert normalise_id(normalise_id(text)) == normalise_id(text)


@given(st.text())
def test_any_text_may_stand_in_a_cell_for_a_number(text):
    assert read_resident_id(text, today=TODAY).problem


@given(BORN, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(born, place, distance):
    number = resident_id(f"{born:%Y%m%d}", 101)
    digits = "0123456789X" if place == 17 else "0123456789"
    wrong = digits[(digits.index(number[place]) + distance) % len(digits)]

    assert read_resident_id(number[:place] + wrong + number[place + 1 :], today=TODAY).problem


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_form_of_a_date_is_read(day):
    forms = [
        day,
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
        float(f"{day:%Y%m%d}"),
        *(f"{day.year}{mark}{day.month}{mark}{day.day}" for mark in ".-/，、 "),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02d}月{day.day:02d}号",
        f"{day:%Y-%m-%d} 00:00:00",
        f"{day:%Y-%m-%d}T00:00:00",
        f" {day.year} 年 {day.month} 月 {day.day} 日 ",
    ]

    assert [read_date(form).complete for form in forms] == [day] * len(forms)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇一〇年五月六日", date(2010, 5, 6)),
        ("二〇一〇年十二月三十一日", date(2010, 12, 31)),
        ("２０１０．５．６", date(2010, 5, 6)),
        ("40304", date(2010, 5, 6)),
        (40304.0, date(2010, 5, 6)),
    ],
)
def test_rarer_forms_are_read(text, day):
    assert read_date(text).complete == day


@pytest.mark.parametrize("text", ["2010.5", "201005", "2010年5月", "2010-05", "二〇一〇年五月"])
def test_a_month_is_a_date_without_a_day(text):
    assert (read_date(text).month_text, read_date(text).complete) == ("2010-05", None)


@pytest.mark.parametrize("cell", ["", "去年", "2010.13.1", "20110231", "5/6/10", 2010.1, True, "1010.1.1", "2010.5.0"])
def test_what_is_no_date_is_not_read(cell):
    assert read_date(cell) is None


@given(st.text())
def test_any_text_may_stand_in_a_date_cell(text):
    day = read_date(text)

    assert day is None or isinstance(day, date)
