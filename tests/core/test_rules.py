from dataclasses import replace
from datetime import date

import pytest
from flask_babel import force_locale

from exchange.core.rules import (
    HOLDS,
    Message,
    Outcome,
    Regulation,
    RuleBook,
    Severity,
    Unmet,
    broken,
    either,
    every,
    not_recorded,
)

LAW = Regulation("No. 1", Message("法", "Law"), date(2021, 12, 31))
SENTENCE = Message("应当成立", "It must be true")


@pytest.mark.parametrize(
    ("verdict", "outcome", "missing"),
    [
        (every(HOLDS, HOLDS), Outcome.HOLDS, ()),
        (every(HOLDS, not_recorded("a"), not_recorded("b")), Outcome.NOT_RECORDED, ("a", "b")),
        (every(not_recorded("a"), broken("b")), Outcome.BROKEN, ("a", "b")),
        (either(HOLDS, not_recorded("a")), Outcome.HOLDS, ()),
        (either(broken(), not_recorded("a")), Outcome.NOT_RECORDED, ("a",)),
        (either(broken(), broken("b")), Outcome.BROKEN, ("b",)),
        (every(not_recorded("a"), not_recorded("a")), Outcome.NOT_RECORDED, ("a",)),
    ],
)
def test_verdicts_combine_without_guessing(verdict, outcome, missing):
    assert (verdict.outcome, verdict.missing) == (outcome, missing)


def make_book(*entries, includes=()):
    book = RuleBook("STEP", includes)
    for code, severity, verdict in entries:
        register = book.rule(code, severity, article="1", regulation=LAW, statement=SENTENCE, message=SENTENCE)
        register(lambda facts, verdict=verdict: verdict)
    return book


def codes(findings):
    return [finding.rule.code for finding in findings]


def test_findings_stand_in_order_of_weight_then_number():
    book = make_book(
        ("INT-3", Severity.INFO, broken()),
        ("INT-2", Severity.WARN, broken()),
        ("INT-10", Severity.BLOCK, broken()),
        ("INT-1", Severity.GATE, broken()),
        ("INT-9", Severity.BLOCK, broken()),
        ("INT-4", Severity.BLOCK, HOLDS),
    )

    assert codes(book.findings(None)) == ["INT-9", "INT-10", "INT-1", "INT-2", "INT-3"]


def test_what_is_not_recorded_counts_only_where_the_law_demands_it():
    book = make_book(*((f"INT-{n}", severity, not_recorded("a")) for n, severity in enumerate(Severity)))

    assert codes(book.findings(None)) == ["INT-0", "INT-1"]


def test_a_book_asks_the_rules_of_the_steps_it_builds_on_once():
    ground = make_book(("INT-1", Severity.BLOCK, broken()))
    left = make_book(("INT-2", Severity.BLOCK, broken()), includes=(ground,))
    right = make_book(("INT-3", Severity.BLOCK, broken()), includes=(ground,))

    top = make_book(includes=(left, right))

    assert codes(top.findings(None)) == ["INT-1", "INT-2", "INT-3"]


def test_enforce_returns_what_a_reason_excused():
    book = make_book(("INT-1", Severity.WARN, broken()), ("INT-2", Severity.INFO, broken()))

    assert codes(book.enforce(None, reason="另有安排")) == ["INT-1"]


@pytest.mark.parametrize(
    ("severity", "reason", "refused"),
    [
        (Severity.BLOCK, "另有安排", True),
        (Severity.GATE, "另有安排", True),
        (Severity.WARN, "", True),
        (Severity.WARN, "  ", True),
        (Severity.INFO, "", False),
    ],
)
def test_enforce_refuses_what_no_reason_excuses(severity, reason, refused):
    book = make_book(("INT-1", severity, broken()))

    if not refused:
        assert book.enforce(None, reason=reason) == []
        return
    with pytest.raises(Unmet, match="INT-1 应当成立") as refusal:
        book.enforce(None, reason=reason)
    assert codes(refusal.value.findings) == ["INT-1"]


def test_finding_says_what_its_parts_say_in_both_languages():
    said = every(
        not_recorded("a", message=Message("缺甲", "A is missing")), broken("b", message=Message("缺乙", "B is missing"))
    )
    [finding] = make_book(("INT-1", Severity.GATE, said)).findings(None)

    assert finding.as_document() == {
        "rule": "INT-1",
        "article": "1",
        "severity": "GATE",
        "step": "STEP",
        "message": "缺甲；缺乙",
        "message_en": "A is missing; B is missing",
        "missing": ["a", "b"],
    }


@pytest.mark.parametrize(("language", "sentence"), [("en", "It must be true"), ("zh_Hans_CN", "应当成立")])
def test_message_is_read_in_the_language_of_the_reader(app, language, sentence):
    with app.test_request_context(), force_locale(language):
        assert str(SENTENCE) == sentence


@pytest.mark.parametrize(
    ("changes", "article", "zh", "en"),
    [
        ({}, "9", "《法》第9条", "Law, article 9"),
        ({}, "", "《法》", "Law"),
        ({"has_known_articles": False}, "9", "《法》", "Law"),
        ({"is_law": False}, "", "法", "Law"),
    ],
)
def test_regulation_is_quoted_as_people_do(changes, article, zh, en):
    assert replace(LAW, **changes).quoted(article) == Message(zh, en)


def test_day_is_told_as_people_write_it():
    assert Message.day(date(2026, 3, 6)) == Message("2026年3月6日", "6 Mar 2026")


def test_a_rule_that_is_entered_later_is_heard_by_the_books_that_build_on_it():
    below = RuleBook("BELOW")
    above = RuleBook("ABOVE", (below,))
    before = list(above.rules)

    _enter(below, "T-1")

    assert (before, [rule.code for rule in above.rules]) == ([], ["T-1"])


def _enter(book, code):
    regulation = Regulation("第1号", Message("示范规定", "Sample rules"), date(2020, 1, 1))
    said = Message("示范", "Sample")
    enter = book.rule(code, Severity.BLOCK, article="1", regulation=regulation, statement=said, message=said)
    enter(lambda _facts: HOLDS)
