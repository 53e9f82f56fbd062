import json
from contextlib import suppress
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.core.errors import UsageProblem
from exchange.placements.facts import read_facts
from exchange.placements.facts.values import ExceptionScope, Hazard, InsurancePayer, Step, Venue
from exchange.placements.rules import check_document
from tests.placements.documents import CLEAN, EXAMPLE, as_bytes, document, value_paths


def test_example_is_read_into_its_types():
    facts = read_facts(EXAMPLE.read_bytes())

    assert facts.step is Step.START
    assert facts.student.birth_date == date(2010, 3, 1)
    assert facts.host.venue is Venue.HOTEL
    assert facts.post.wage == Decimal(3000)
    assert facts.filings[2].scopes[0] is ExceptionScope.REST_DAY
    assert facts.insurance.from_ == date(2028, 3, 6)
    assert facts.insurance.payer is InsurancePayer.SCHOOL_TUITION
    assert facts.shifts[0].start == time(9, 0)
    assert facts.placement.segments is None
    assert facts.fees == ()


def test_nothing_but_the_step_is_needed():
    facts = read_facts(b'{"step": "UNIT", "host": null, "filings": null}')

    assert facts.host.inspection.items.credit is None
    assert facts.filings is None


def test_amounts_are_decimal():
    facts = read_facts(b'{"step": "PAY", "pay": {"amount": 2600.10}, "post": {"hazards": ["DUST"]}}')

    assert facts.pay.amount == Decimal("2600.10")
    assert facts.post.hazards == (Hazard.DUST,)


def test_blank_text_is_no_record():
    assert read_facts(as_bytes(document({"agreement.template": " "}))).agreement.template is None


def test_byte_order_mark_is_no_other_encoding():
    assert read_facts(b"\xef\xbb\xbf" + EXAMPLE.read_bytes()).step is Step.START


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("step", None, "step："),
        ("step", "NOW", "step："),
        ("step", 3, "step："),
        ("colour", "red", "colour："),
        ("host.colour", "red", "host.colour："),
        ("host", [], "host："),
        ("host.inspection.items", "all", "host.inspection.items："),
        ("filings", {}, "filings："),
        ("filings.1", "CROSS_PROVINCE", r"filings\[1\]："),
        ("filings.1.filed_on", "2028-02-30", r"filings\[1\].filed_on："),
        ("filings.2.scopes", ["SUNDAY"], r"filings\[2\].scopes\[0\]："),
        ("post.hazards", [None], r"post.hazards\[0\]："),
        ("post.hazards", "HEAT", "post.hazards："),
        ("post.majors", [740104], r"post.majors\[0\]："),
        ("post.name", 1, "post.name："),
        ("post.name", "\ud800", "post.name："),
        ("post.wage", True, "post.wage："),
        ("post.wage", "3000", "post.wage："),
        ("post.wage", -1, "post.wage："),
        ("post.wage", float("nan"), "post.wage："),
        ("post.wage", float("inf"), "post.wage："),
        ("post.wage", 10**4000, "post.wage："),
        ("host.staff_total", 320.5, "host.staff_total："),
        ("host.dishonesty_record", 0, "host.dishonesty_record："),
        ("host.dishonesty_record", "false", "host.dishonesty_record："),
        ("host.venue", "hotel", "host.venue："),
        ("student.sex", [["male"]], "student.sex："),
        ("student.birth_date", "2010-3-1", "student.birth_date："),
        ("student.birth_date", "20100301", "student.birth_date："),
        ("student.birth_date", "2010-W09-1", "student.birth_date："),
        ("student.birth_date", "２０１０-03-01", "student.birth_date："),
        ("student.birth_date", "2011-02-29", "student.birth_date："),
        ("student.birth_date", 20100301, "student.birth_date："),
        ("shifts.0.start", "24:00", r"shifts\[0\].start："),
        ("shifts.0.start", "9:00", r"shifts\[0\].start："),
        ("a\nb", 1, r"a\\nb："),
    ],
)
def test_unusable_value_is_refused_with_its_path(path, value, where):
    content = json.dumps(document({path: value}) if path != "a\nb" else CLEAN | {path: value}).encode()

    with pytest.raises(UsageProblem, match=f"^{where}") as refusal:
        read_facts(content)

    assert len(str(refusal.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "第 1 行"),
        (b"[]", "document："),
        (b"null", "document："),
        (b'{"step": "START"} x', "第 1 行第 19 个字符"),
        ('{"step": "政"}'.encode("gbk"), "第 11 个字节"),
        ('{"step": "START"}'.encode("utf-16"), "第 1 个字节"),
        (b'{"step": "UNIT", "step": "START"}', "step："),
        (b'{"step": "UNIT", "post": {"wage": 1, "wage": 2}}', "post.wage："),
        (b'{"step": "UNIT", "post": {"wage": 1e99999999999999999999}}', "post.wage："),
        (b'{"step": "UNIT", "post": {"hazards": ' + b"[" * 100_000, "post.hazards：嵌套过深"),
        (b'{"a":' * 100_000, "a.a.a：嵌套过深"),
        (b'"' + b"\\" * 900_000, "第 1 行"),
        (b" " * 1_000_001, "文件过大"),
    ],
)
def test_unusable_document_is_refused_with_the_place(content, where):
    with pytest.raises(UsageProblem, match=f"^{where}"):
        read_facts(content)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates().map(str),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(value_paths(CLEAN)), inner),
    max_leaves=20,
)


@given(json_values)
def test_arbitrary_json_is_read_or_refused(content):
    refuse_or_check(json.dumps(content).encode())


@given(st.binary())
def test_arbitrary_bytes_are_refused(content):
    refuse_or_check(content)


@given(st.dictionaries(st.sampled_from(value_paths(CLEAN)), json_values, max_size=3))
def test_arbitrary_values_at_known_places_are_read_or_refused(changes):
    deepest_first = dict(sorted(changes.items(), key=lambda change: -change[0].count(".")))

    refuse_or_check(json.dumps(document(deepest_first)).encode())


@pytest.mark.parametrize("path", [path for path in value_paths(CLEAN) if path != "step" and not path[-1].isdigit()])
def test_any_single_field_may_be_null(path):
    check_document(read_facts(as_bytes(document({path: None}))))


def refuse_or_check(content):
    with suppress(UsageProblem):
        check_document(read_facts(content))
