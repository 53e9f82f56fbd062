import re

import pytest

from exchange.core.rules import Unmet
from exchange.placements.facts.values import Hazard, LabourIntensity, Step, Venue
from exchange.placements.rules import ARCHIVE, START, check_document
from exchange.placements.rules.limits import codes
from tests.placements.documents import CLEAN, facts, found, value_paths

AT_UNIT = ["INT-26"]
AT_PLACE = ["INT-22", "INT-23", "INT-24", "INT-26", "INT-28"]
AT_START = ["INT-13", "INT-20", "INT-21", *AT_PLACE, "INT-41", "INT-46", "INT-47"]


@pytest.mark.parametrize("step", Step)
def test_clean_example_is_clean_at_every_step(step):
    assert found({"step": step.value}) == {}


@pytest.mark.parametrize(
    ("step", "rules"),
    [
        ("UNIT", AT_UNIT),
        ("PLAN", AT_UNIT),
        ("PLACE", AT_PLACE),
        ("START", AT_START),
        ("DAILY", AT_START),
        ("PAY", AT_START),
        ("END", AT_START),
        ("ARCHIVE", AT_START),
    ],
)
def test_step_asks_its_rules_and_those_it_builds_on(step, rules):
    nothing_recorded = dict.fromkeys(CLEAN) | {"step": step}

    assert list(found(nothing_recorded)) == rules


def test_findings_are_ordered_and_complete():
    findings = check_document(facts({name: None for name in CLEAN if name != "step"}))

    assert [list(finding) for finding in findings] == [
        ["rule", "article", "severity", "step", "message", "message_en", "missing"] for _finding in findings
    ]
    assert [finding["rule"] for finding in findings] == sorted(finding["rule"] for finding in findings)


@pytest.mark.parametrize("path", [path for path in value_paths(CLEAN) if path != "step" and not path[-1].isdigit()])
def test_what_a_finding_says_is_missing_is_what_was_removed(path):
    named = path.replace("filings.1", "filings.CROSS_PROVINCE")

    for rule, missing in found({path: None}).items():
        assert any(each == named or each.startswith(f"{named}.") or "filings" in path for each in missing), rule


@pytest.mark.parametrize("rule", ARCHIVE.rules, ids=lambda rule: rule.code)
def test_rule_is_worded_in_both_languages(rule):
    for sentence in (rule.statement, rule.message):
        assert re.search(r"[\u4e00-\u9fff]", sentence.zh)
        assert sentence.en.isprintable()
        assert not re.search(r"[\u4e00-\u9fff]", sentence.en)


def test_limits_name_values_that_exist():
    assert codes("entertainment_venues", on=None) <= set(Venue)
    assert codes("hazards_forbidden_for_minors", on=None) == set(Hazard) - {Hazard.OTHER_HIGH_RISK}
    assert codes("labour_intensity_allowed", on=None) < set(LabourIntensity)


def test_book_refuses_what_check_finds():
    unsigned = facts({"consent.guardian_signed_on": None})

    with pytest.raises(Unmet) as refusal:
        START.enforce(unsigned, reason="家长在外地")

    assert [finding.as_document() for finding in refusal.value.findings] == check_document(unsigned)
