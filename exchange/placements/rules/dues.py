"""What nobody may take from a student, whatever the step: money, documents, guarantees."""

from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, every, not_recorded
from exchange.placements.facts import Facts
from exchange.placements.facts.document import Fee
from exchange.placements.rules.books import ANY, N01

FEES_UNKNOWN = Message("未登记有没有向学生收费", "Whether the student is charged anything is not recorded")
FEE_UNKNOWN = Message("未登记收费金额", "The amount of a fee is not recorded")
DOCUMENTS_UNKNOWN = Message("未登记有没有扣押学生证件", "Whether documents of the student are withheld is not recorded")
DOCUMENTS_WITHHELD = Message("扣押了学生的证件", "Documents of the student are withheld")
GUARANTEES_UNKNOWN = Message(
    "未登记有没有要求学生担保或收取财物", "Whether a guarantee or property is asked of the student is not recorded"
)
GUARANTEES_TAKEN = Message("要求学生提供担保或收取财物", "A guarantee or property is asked of the student")


@ANY.rule(
    "INT-36",
    Severity.BLOCK,
    article="20",
    regulation=N01,
    statement=Message("不向学生收取任何形式的实习费用", "The student is charged nothing for the internship"),
    message=Message("向学生收取了实习费用", "The student is charged for the internship"),
)
def nothing_is_charged(facts: Facts) -> Verdict:
    if facts.fees is None:
        return not_recorded("fees", message=FEES_UNKNOWN)
    return every(*(_is_free(fee, f"fees[{position}].amount") for position, fee in enumerate(facts.fees)))


def _is_free(fee: Fee, path: str) -> Verdict:
    if fee.amount is None:
        return not_recorded(path, message=FEE_UNKNOWN)
    if not fee.amount:
        return HOLDS
    kind = fee.kind.label if fee.kind else None
    return broken(path, message=_charged(kind))


def _charged(kind: object) -> Message:
    if kind is None:
        return Message("向学生收取了实习费用", "The student is charged for the internship")
    named = Message.of(kind)
    return Message(f"向学生收取了{named.zh}", f"The student is charged: {named.en}")


@ANY.rule(
    "INT-37",
    Severity.BLOCK,
    article="20",
    regulation=N01,
    statement=Message(
        "不扣押学生证件，不要求担保，不收取财物", "No document is withheld, no guarantee or property is taken"
    ),
    message=Message("扣押证件、要求担保或收取财物", "A document is withheld, or a guarantee or property is taken"),
)
def nothing_is_withheld(facts: Facts) -> Verdict:
    return every(
        _is_none(facts.documents_withheld, "documents_withheld", DOCUMENTS_UNKNOWN, DOCUMENTS_WITHHELD),
        _is_none(facts.guarantees, "guarantees", GUARANTEES_UNKNOWN, GUARANTEES_TAKEN),
    )


def _is_none(taken: tuple[object, ...] | None, path: str, unknown: Message, found: Message) -> Verdict:
    """An empty list says that there is nothing; no list says nothing."""
    if taken is None:
        return not_recorded(path, message=unknown)
    return broken(path, message=found) if taken else HOLDS
