"""Special requirements that were filed in advance (article 17): they open what is otherwise forbidden."""

from datetime import date
from functools import cache

from flask import has_app_context

from exchange.core.rules import Message, Verdict, every
from exchange.placements.facts import Facts
from exchange.placements.facts.values import ExceptionScope, FilingKind
from exchange.placements.rules.conditions import before_start, start_is_known

PATH = f"filings.{FilingKind.EXCEPTION.value}.filed_on"


def is_filed(facts: Facts, scope: ExceptionScope) -> Verdict:
    """Whether the scope was on file before the first day."""
    unfiled = _unfiled(scope, is_translated=has_app_context())
    return every(start_is_known(facts), before_start(facts, _earliest(facts, scope), PATH, unfiled))


@cache
def _unfiled(scope: ExceptionScope, *, is_translated: bool) -> Message:
    """The sentence in both languages, kept: to translate it takes longer than to decide. Without an application there
    is no catalogue, and what was said then is kept apart."""
    named = Message.of(scope.label)
    return Message(
        f"“{named.zh}”未见特殊要求事先备案", f"“{named.en}” was not filed in advance as a special requirement"
    )


def _earliest(facts: Facts, scope: ExceptionScope) -> date | None:
    """Several entries count together."""
    filed = [each for each in facts.filings or () if each.kind is FilingKind.EXCEPTION and scope in (each.scopes or ())]
    return min((each.filed_on for each in filed if each.filed_on), default=None)
