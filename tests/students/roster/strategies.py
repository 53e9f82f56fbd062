"""Any valid student: values for all 73 columns, with every kind of text that people and their offices write."""

from datetime import date

from hypothesis import strategies as st

from exchange.reference.areas import find_area
from exchange.reference.codes import code_list
from exchange.reference.ethnic_groups import ethnic_groups
from exchange.reference.majors import find_major, majors
from exchange.students.roster.cells import LONGEST_NUMBER_TEXT, LONGEST_TEXT, PHONE
from exchange.students.roster.columns import MEMBER, STUDENT, Column, Kind
from exchange.students.roster.identity import sex_of
from exchange.students.roster.row import EMPTY
from tests.students.roster.rosters import CLASS, TODAY, resident_id

HAN = st.one_of(
    *(
        st.characters(min_codepoint=first, max_codepoint=last)
        for first, last in (
            (0x3400, 0x4DBF),
            (0x4E00, 0x9FFF),
            (0xF900, 0xFA6D),  # compatibility ideographs, which every normal form rewrites
            (0x20000, 0x2A6DF),
            (0x2A700, 0x2EBE0),
            (0x2F800, 0x2FA1D),
            (0x30000, 0x323AF),
        )
    )
)
TAI_LE = st.text(st.characters(min_codepoint=0x1950, max_codepoint=0x1974, categories=["Lo"]), min_size=1, max_size=12)
HAN_NAME = st.lists(st.text(HAN, min_size=1, max_size=8), min_size=1, max_size=3).map("·".join)
LATIN_NAME = st.from_regex(r"[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8}){0,2}", fullmatch=True)
NAME = st.one_of(HAN_NAME, LATIN_NAME, TAI_LE)
ODDITIES = st.sampled_from(
    [
        "=1+1",
        "'1",
        "@SUM(A1)",
        "_x0041_",
        "１２３",
        "a\nb",
        "勐戛镇  三组",
        "/",
        "无",
        "0",
        "00123",
        "1e5",
        "#N/A",
        "TRUE",
        "1,2;3\t4",
    ]
)
WRITTEN = st.text(
    st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn", "Cc", "Co"]), min_size=1, max_size=16
).map(str.strip)
TEXT = st.one_of(ODDITIES, WRITTEN, TAI_LE, st.text(HAN, min_size=1, max_size=12)).filter(
    lambda text: 0 < len(text) <= LONGEST_TEXT
)
BORN = st.dates(date(1900, 1, 1), TODAY)
MONTH = st.builds("{:04d}-{:02d}".format, st.integers(1900, 2100), st.integers(1, 12))
AREAS = [code for code in (f"{number:06d}" for number in range(530000, 533500)) if find_area(code)]
AREA = st.one_of(st.sampled_from(AREAS), st.sampled_from(["110101", "330521", "朝阳区"]))
MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
LANDLINE = st.from_regex(r"0[1-9][0-9]{2}[2-9][0-9]{6}", fullmatch=True)
PASSPORT = st.from_regex(r"[A-Z]{2}[0-9]{6,8}", fullmatch=True)
GROUPS = [group.name for group in ethnic_groups()]
CODES = [major.code for major in majors() if find_major(major.name, year=2026).code == major.code]


def listed(name: str) -> st.SearchStrategy[str]:
    """A value of the list; an open list holds other values, too, but those that mean one of its own."""
    codes = code_list(name)
    own = st.sampled_from(codes.names)
    other = TEXT.filter(lambda text: text not in EMPTY and codes.find(text) is None)
    return st.one_of(own, other) if codes.open else own


def value_of(column: Column) -> st.SearchStrategy[object]:
    """What may be stored of a column."""
    match column.kind:
        case Kind.NAME:
            return NAME
        case Kind.MONTH:
            return MONTH
        case Kind.AREA:
            return AREA
        case Kind.ETHNICITY:
            return st.sampled_from(GROUPS)
        case Kind.PHONE:
            return st.one_of(MOBILE, LANDLINE, TEXT.filter(lambda text: text not in EMPTY and not PHONE.match(text)))
        case Kind.LIST:
            return listed(column.values)
        case Kind.YES_NO:
            return st.booleans() if column.field == "is_guardian" else listed(column.values)
        case Kind.NUMBER_TEXT:
            return TEXT.filter(lambda text: len(text) <= LONGEST_NUMBER_TEXT)
        case Kind.MAJOR:
            return st.sampled_from(CODES)
        case _:
            return TEXT


@st.composite
def members(draw) -> dict[str, object]:
    """A guardian with any of the twelve fields, but at least one."""
    left_out = {"resident_id", "id_type"}
    fields = st.fixed_dictionaries({}, optional={c.field: value_of(c) for c in MEMBER if c.field not in left_out})
    member = draw(fields)
    match draw(st.sampled_from(["none", "own", "other"])):
        case "own":
            member["resident_id"] = draw(st.builds(resident_id, BORN.map("{:%Y%m%d}".format), st.integers(0, 999)))
            member |= draw(st.sampled_from([{}, {"id_type": "居民身份证"}]))
        case "other":
            member |= {"id_type": "护照", "resident_id": draw(PASSPORT)}
    return member


@st.composite
def identity(draw) -> dict[str, str]:
    """A resident ID, which tells sex and birth date, or a passport, beside which they are written."""
    if draw(st.booleans()):
        born = draw(BORN).isoformat()
        sex = draw(st.sampled_from(["male", "female"]))
        return {"resident_id": draw(PASSPORT), "id_type": "护照", "birth_date": born, "sex": sex}
    number = draw(st.builds(resident_id, BORN.map("{:%Y%m%d}".format), st.integers(0, 999)))
    born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    kind = draw(st.sampled_from([{}, {"id_type": "居民身份证"}, {"id_type": "户口簿"}]))
    return {"resident_id": number, "birth_date": born, "sex": sex_of(number), **kind}


@st.composite
def valid_students(draw, class_name: str = CLASS) -> dict[str, object]:
    """The values of a student as the review of a roster gives them: what identifies the person, and any of the rest."""
    certain = {"name", "sex", "birth_date", "resident_id", "class_name", "id_type", "entry_month"}
    optional = [column for column in STUDENT if column.field not in certain]
    own = draw(
        st.fixed_dictionaries(
            {
                "name": NAME,
                "entry_month": st.builds("{:04d}-{:02d}".format, st.integers(2021, 2026), st.integers(1, 12)),
            },
            optional={column.field: value_of(column) for column in optional if not column.leftover},
        )
    )
    national = draw(
        st.fixed_dictionaries({}, optional={column.heading: value_of(column) for column in optional if column.leftover})
    )
    guardians = draw(
        st.lists(members().filter(bool), max_size=2, unique_by=lambda each: each.get("resident_id", id(each)))
    )
    given = {
        **own,
        **draw(identity()),
        "class_name": class_name,
        "guardians": guardians,
        "national": national,
    }
    return {field: value for field, value in given.items() if value not in ([], {})}
