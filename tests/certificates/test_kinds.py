import pytest

from exchange.certificates.kinds import kind_named, read_settings
from exchange.core.errors import UsageProblem

LETTER, HONOUR = kind_named("enrolment_letter"), kind_named("honour_certificate")


def test_read_settings_fills_in_what_has_a_default(app):
    assert read_settings(LETTER, [("purpose", "办理银行卡")]) == {"purpose": "办理银行卡", "valid_days": "90"}


@pytest.mark.parametrize("days", ["0", "-1", "ten", "3651", "1.5", "９０"])
def test_read_settings_refuses_days_that_are_none(app, days):
    with pytest.raises(UsageProblem, match="有效天数"):
        read_settings(LETTER, [("valid_days", days)])


def test_read_settings_refuses_an_unknown_name_and_lists_the_known(app):
    with pytest.raises(UsageProblem, match="purpose、valid_days"):
        read_settings(LETTER, [("colour", "red")])


def test_read_settings_refuses_what_is_required_and_missing(app):
    with pytest.raises(UsageProblem, match="title"):
        read_settings(HONOUR, [("event", "技能节"), ("school_year", "2025—2026")])


def test_kind_named_refuses_an_unknown_kind_and_lists_the_known(app):
    with pytest.raises(UsageProblem, match="enrolment_letter"):
        kind_named("diploma")
