import re

import pytest

from exchange.core.rules import WEIGHT, Severity, Unmet
from exchange.placements.facts.values import Hazard, LabourIntensity, Step, Venue
from exchange.placements.rules import ARCHIVE, START, check_document
from exchange.placements.rules.limits import codes
from tests.placements.documents import CLEAN, facts, found, value_paths

ANY = {"INT-36", "INT-37"}
AT_UNIT = ANY | {"INT-02", "INT-04", "INT-06", "INT-07", "INT-08", "INT-26"}
AT_PLAN = AT_UNIT | {"INT-01", "INT-09"}
AT_PLACE = AT_PLAN | {"INT-10", "INT-14", "INT-15", "INT-22", "INT-23", "INT-24", "INT-25", "INT-28", "INT-29"}
SIGNED = {"INT-13", "INT-20", "INT-21"}
AT_START = AT_PLACE | SIGNED | {"INT-03", "INT-11", "INT-40", "INT-41", "INT-46", "INT-47"}
AT_DAILY = AT_START | {"INT-30", "INT-31", "INT-32", "INT-38"}
AT_PAY = AT_START | {"INT-35"}
AT_END = AT_DAILY | AT_PAY | {"INT-43"}
AT_ARCHIVE = AT_END | {"INT-45"}


@pytest.mark.parametrize("step", Step)
def test_clean_example_is_clean_at_every_step(step):
    assert found({"step": step.value}) == {}


@pytest.mark.parametrize(
    ("step", "rules"),
    [
        ("UNIT", AT_UNIT),
        ("PLAN", AT_PLAN),
        ("PLACE", AT_PLACE),
        ("START", AT_START),
        ("DAILY", AT_DAILY),
        ("PAY", AT_PAY),
        ("END", AT_END),
        ("ARCHIVE", AT_ARCHIVE),
    ],
)
def test_step_asks_its_rules_and_those_it_builds_on(step, rules):
    nothing_recorded = dict.fromkeys(CLEAN) | {"step": step}

    assert set(found(nothing_recorded)) == rules


def test_findings_are_ordered_and_complete():
    findings = check_document(facts({name: None for name in CLEAN if name != "step"}))

    assert [list(finding) for finding in findings] == [
        ["rule", "article", "severity", "step", "message", "message_en", "missing"] for _finding in findings
    ]
    weights = [(WEIGHT[Severity[finding["severity"]]], finding["rule"]) for finding in findings]
    assert weights == sorted(weights)


@pytest.mark.parametrize("path", [path for path in value_paths(CLEAN) if path != "step" and not path[-1].isdigit()])
def test_what_a_finding_says_is_missing_is_what_was_removed(path):
    named = re.sub(r"\.(\d+)", r"[\1]", path)

    for rule, missing in found({path: None}).items():
        assert any(_belongs_to(each, named) for each in missing), rule


def _belongs_to(missing, removed):
    """Filings are named by their kind, and a whole list where one of its entries would do."""
    return missing.startswith(removed) or removed.startswith(missing) or "filings" in removed


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
