"""Rule books: statements that the law wants to be true, what is found against them, and the refusal."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, Generic, NamedTuple, TypeVar

from exchange.core.enums import LabelledEnum
from exchange.core.errors import DomainError
from exchange.core.i18n import LANGUAGES, _, current_language, said_in

Facts = TypeVar("Facts")


class Severity(LabelledEnum):
    """How much a finding weighs, the heaviest first."""

    BLOCK = "BLOCK", _("法律禁止")
    GATE = "GATE", _("尚缺")
    WARN = "WARN", _("需说明理由")
    INFO = "INFO", _("提示")


WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}
DEMANDING = frozenset({Severity.BLOCK, Severity.GATE})


class Message(NamedTuple):
    """A sentence in both languages, as plain data: documents for other programs carry both."""

    zh: str
    en: str

    @classmethod
    def of(cls, sentence: object) -> "Message":
        """A translatable sentence as data in both languages."""
        return cls(*(said_in(language, sentence) for language in LANGUAGES))

    @classmethod
    def day(cls, day: date) -> "Message":
        """2026年3月6日 · 6 Mar 2026."""
        return cls(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {day:%b} {day.year}")

    def __str__(self) -> str:
        """The sentence in the reader's language."""
        return self.en if current_language() == "en" else self.zh


class Outcome(Enum):
    HOLDS = "holds"
    BROKEN = "broken"
    NOT_RECORDED = "not recorded"


@dataclass(frozen=True)
class Verdict:
    """What a rule says of the facts; ``missing`` are the paths whose record would clear it."""

    outcome: Outcome
    missing: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()


HOLDS = Verdict(Outcome.HOLDS)


def broken(*missing: str, message: Message | None = None) -> Verdict:
    """The statement is false. Without a message the rule's own is shown."""
    return Verdict(Outcome.BROKEN, missing, (message,) if message else ())


def not_recorded(*missing: str, message: Message | None = None) -> Verdict:
    """The statement cannot be decided without the missing values."""
    return Verdict(Outcome.NOT_RECORDED, missing, (message,) if message else ())


def every(*verdicts: Verdict) -> Verdict:
    """All must hold: one broken part breaks the whole, whatever is still unknown."""
    return _together(verdicts, decisive=Outcome.BROKEN, otherwise=Outcome.HOLDS)


def either(*verdicts: Verdict) -> Verdict:
    """One is enough: the whole holds whatever is still unknown of the others."""
    return _together(verdicts, decisive=Outcome.HOLDS, otherwise=Outcome.BROKEN)


def _together(verdicts: tuple[Verdict, ...], *, decisive: Outcome, otherwise: Outcome) -> Verdict:
    outcomes = {verdict.outcome for verdict in verdicts}
    outcome = next((each for each in (decisive, Outcome.NOT_RECORDED) if each in outcomes), otherwise)
    if outcome is Outcome.HOLDS:
        return HOLDS
    unmet = [verdict for verdict in verdicts if verdict.outcome is not Outcome.HOLDS]
    missing = dict.fromkeys(path for verdict in unmet for path in verdict.missing)
    messages = dict.fromkeys(message for verdict in unmet for message in verdict.messages)
    return Verdict(outcome, tuple(missing), tuple(messages))


@dataclass(frozen=True)
class Regulation:
    """A text in one version; ``in_force_until`` is None while it is in force."""

    version: str
    title: Message
    in_force_from: date
    in_force_until: date | None = None
    has_known_articles: bool = True  # numbers known at second hand only are not quoted
    abbreviation: str = ""  # before the number where articles of several laws stand in one document
    is_law: bool = True  # an arrangement of the school has a name, but is no text to quote

    def quoted(self, article: str = "") -> Message:
        """《…》第9条 · the text and the article, as people quote them."""
        zh, en = f"《{self.title.zh}》" if self.is_law else self.title.zh, self.title.en
        if article and self.has_known_articles:
            number, _mark, paragraph = article.replace(",", "、").partition("¶")
            zh = f"{zh}第{number}条" + (f"第{paragraph}款" if paragraph else "")
            en = f"{en}, article {article.replace('¶', ', paragraph ')}"
        return Message(zh, en)


@dataclass(frozen=True)
class Rule(Generic[Facts]):
    """One article as a function. ``statement`` is what must be true, ``message`` what is said when it is not."""

    code: str
    severity: Severity
    article: str
    step: str
    regulation: Regulation
    statement: Message
    message: Message
    limits: tuple[str, ...]
    check: Callable[[Facts], Verdict]

    @property
    def source(self) -> Message:
        """The law and the article, as people quote them."""
        return self.regulation.quoted(self.article)

    @property
    def order(self) -> tuple[int, str, int]:
        """Heaviest first, then by number: INT-9 before INT-10."""
        series, _dash, number = self.code.rpartition("-")
        return WEIGHT[self.severity], series, int(number)


@dataclass(frozen=True)
class Finding(Generic[Facts]):
    """A rule that does not hold, or cannot be decided."""

    rule: Rule[Facts]
    verdict: Verdict

    @property
    def message(self) -> Message:
        said = self.verdict.messages
        if said:
            first, *others = said
            en = [first.en, *(_after_semicolon(each.en) for each in others)]
            return Message("；".join(each.zh for each in said), "; ".join(en))
        return self.rule.message

    @property
    def missing(self) -> tuple[str, ...]:
        return self.verdict.missing

    @property
    def is_demanding(self) -> bool:
        """No reason excuses it: the law forbids, or a step is still missing."""
        return self.rule.severity in DEMANDING

    def as_sentence(self) -> str:
        """Code, what is wrong, and the article that says so."""
        if current_language() == "en":
            return f"{self.rule.code} {self.message.en} ({self.rule.source.en})"
        return f"{self.rule.code} {self.message.zh}（{self.rule.source.zh}）"

    def as_document(self) -> dict[str, Any]:
        """The finding as other programs read it."""
        return {
            "rule": self.rule.code,
            "article": f"{self.rule.regulation.abbreviation} {self.rule.article}".strip(),
            "severity": self.rule.severity.value,
            "step": self.rule.step,
            "message": self.message.zh,
            "message_en": self.message.en,
            "missing": list(self.missing),
        }


def _after_semicolon(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence


class Unmet(DomainError):
    """Rules stand in the way; ``findings`` says which."""

    def __init__(self, findings: list[Finding[Any]]) -> None:
        super().__init__("\n".join(finding.as_sentence() for finding in findings))
        self.findings = findings


@dataclass(eq=False)
class RuleBook(Generic[Facts]):
    """The rules of one step and of the steps it builds on."""

    step: str = ""
    includes: tuple["RuleBook[Facts]", ...] = ()
    own: list[Rule[Facts]] = field(default_factory=list)
    _ordered: tuple[int, list[Rule[Facts]]] = field(default=(-1, []), repr=False)

    def rule(
        self,
        code: str,
        severity: Severity,
        *,
        article: str,
        regulation: Regulation,
        statement: Message,
        message: Message,
        limits: tuple[str, ...] = (),
    ) -> Callable[[Callable[[Facts], Verdict]], Callable[[Facts], Verdict]]:
        """Enter the decorated function into the book; it stays an ordinary function."""

        def register(check: Callable[[Facts], Verdict]) -> Callable[[Facts], Verdict]:
            self.own.append(Rule(code, severity, article, self.step, regulation, statement, message, limits, check))
            return check

        return register

    @property
    def rules(self) -> list[Rule[Facts]]:
        """Every rule that runs at this step once, the heaviest first, then by number.

        Put in order once for so many entries: a nightly run asks tens of thousands of times.
        """
        entered = self._entered()
        if self._ordered[0] != entered:
            self._ordered = (entered, self._in_order())
        return self._ordered[1]

    def _entered(self) -> int:
        return len(self.own) + sum(book._entered() for book in self.includes)

    def _in_order(self) -> list[Rule[Facts]]:
        by_code = {rule.code: rule for book in self.includes for rule in book.rules}
        by_code |= {rule.code: rule for rule in self.own}
        return sorted(by_code.values(), key=lambda rule: rule.order)

    def findings(self, facts: Facts) -> list[Finding[Facts]]:
        """What stands against the facts, at most one finding per rule."""
        findings = [Finding(rule, rule.check(facts)) for rule in self.rules]
        return [finding for finding in findings if _counts(finding)]

    def enforce(self, facts: Facts, *, reason: str = "") -> list[Finding[Facts]]:
        """Raise ``Unmet`` if anything stands in the way; return the warnings that the reason has excused.

        A reason excuses warnings and nothing else; hints never stand in the way.
        """
        findings = self.findings(facts)
        warnings = [finding for finding in findings if finding.rule.severity is Severity.WARN]
        in_the_way = [finding for finding in findings if finding.is_demanding]
        if not reason.strip():
            in_the_way += warnings
        if in_the_way:
            raise Unmet(in_the_way)
        return warnings


def _counts(finding: Finding[Any]) -> bool:
    """What was never recorded stops only where the law demands the record."""
    if finding.verdict.outcome is Outcome.NOT_RECORDED:
        return finding.is_demanding
    return finding.verdict.outcome is Outcome.BROKEN


NO_RULES: RuleBook[Any] = RuleBook()
