import pytest

from tests.placements.documents import missing

WAGES = {"post.wage": 3000, "post.lowest_grade_wage": 2200}


@pytest.mark.parametrize(
    ("changes", "found_rule"),
    [
        ({"pay.amount": 2200}, None),
        ({"pay.amount": 2199.99}, ["pay.amount"]),
        ({"pay.amount": 2000}, ["pay.amount"]),
        ({"pay.amount": 2400, "post.lowest_grade_wage": 2800}, None),  # four fifths of the post's wage
        ({"pay.amount": 2399, "post.lowest_grade_wage": 2800}, ["pay.amount"]),
        ({"pay.amount": 2400, "post.lowest_grade_wage": None}, None),
        ({"pay.amount": 2399, "post.lowest_grade_wage": None}, None),
        ({"pay.amount": 2199, "post.wage": None}, None),
        ({"pay.amount": 2200, "post.wage": None}, None),
        ({"pay.amount": 4399, "pay.cycle_months": 2}, ["pay.amount"]),  # of two months
        ({"pay.amount": 4400, "pay.cycle_months": 2}, None),
        ({"pay.amount": 1100, "pay.cycle_months": 0.5}, None),
        ({"pay.amount": 100, "pay.cycle_months": None}, None),
        ({"pay.amount": 100, "placement.capability": "ASSISTING"}, None),
        ({"pay.amount": 0, "placement.capability": "ASSISTING"}, ["pay.amount"]),
        ({"pay.amount": 0, "placement.capability": None}, ["pay.amount"]),
        ({"pay.amount": 100, "placement.capability": None}, None),
        ({"pay.amount": None}, None),
    ],
)
def test_pay_reaches_the_floor(changes, found_rule):
    assert missing("INT-33", {"step": "PAY"} | WAGES | changes) == found_rule


@pytest.mark.parametrize(("cycle", "found_rule"), [(1, None), (0.5, None), (1.1, []), (2, []), (None, None)])
def test_pay_comes_monthly(cycle, found_rule):
    assert missing("INT-34", {"step": "PAY", "pay.cycle_months": cycle}) == found_rule


@pytest.mark.parametrize(
    ("path", "value", "holds"),
    [
        ("pay.method", "CASH", True),
        ("pay.method", "GOODS", False),
        ("pay.method", "VOUCHER", False),
        ("pay.method", None, False),
        ("pay.payee", "SCHOOL", False),
        ("pay.payee", "AGENCY", False),
        ("pay.payee", None, False),
        ("pay.payer", "SCHOOL", False),
        ("pay.payer", "AGENCY", False),
        ("pay.payer", None, False),
    ],
)
def test_pay_reaches_the_student_in_money(path, value, holds):
    assert missing("INT-35", {"step": "PAY", path: value}) == (None if holds else [path])


def test_pay_is_asked_for_when_it_is_paid():
    assert missing("INT-35", {"step": "DAILY", "pay": None}) is None
    assert missing("INT-35", {"step": "END", "pay": None}) == ["pay.method", "pay.payee", "pay.payer"]
