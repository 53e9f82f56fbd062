"""The double-claim check: what must be true of an award before it is approved, and what the board shows afterwards."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from exchange.aid.amounts import Amount
from exchange.aid.categories import rows_of
from exchange.aid.months import Months
from exchange.aid.values import AidKind, Item, PaidFor
from exchange.core.rules import HOLDS, Message, Regulation, RuleBook, Severity, Verdict, broken
from exchange.orders.rules.books import ZHEJIANG
from exchange.students.models import ON_ROLL, StudentStatus

SCHOOL = Regulation(
    version="学校资助工作约定",
    title=Message("学校约定（不是法规条文）", "The school’s own arrangement, not a text of law"),
    in_force_from=date(2017, 9, 7),
    is_law=False,
)


@dataclass(frozen=True)
class Given:
    """Another award that still stands: of the same student, household, resident ID or card."""

    student_id: int
    kind: AidKind
    months: Months
    item: Item | None = None
    project_id: int | None = None

    def is_same_aid(self, kind: AidKind, item: Item | None, months: Months) -> bool:
        return (self.kind, self.item) == (kind, item) and self.months.overlaps(months)


@dataclass(frozen=True)
class Day:
    """A day on which the award was or will be paid, and what the student was then; None: not here yet."""

    day: date
    status: StudentStatus | None


@dataclass(frozen=True)
class Claim:
    """What the rules look at."""

    kind: AidKind
    months: Months
    item: Item | None = None
    amount: Decimal | None = None
    project_id: int | None = None
    rule: Amount | None = None
    days: tuple[Day, ...] = ()
    own: tuple[Given, ...] = ()
    household: tuple[Given, ...] = ()
    same_id: tuple[Given, ...] = ()
    same_card: tuple[Given, ...] = ()
    shortfalls: tuple[Message, ...] = field(default=())


ARTICLES = {"AID-5": "20"}
CLAIM: RuleBook[Claim] = RuleBook("CLAIM")
Check = Callable[[Claim], Verdict]


def _rule(code: str, severity: Severity, regulation: Regulation, zh: str, en: str, found_zh: str, found_en: str):  # type: ignore[no-untyped-def]  # as RuleBook.rule
    return CLAIM.rule(
        code,
        severity,
        article=ARTICLES.get(code, ""),
        regulation=regulation,
        statement=Message(zh, en),
        message=Message(found_zh, found_en),
    )


@_rule(
    "AID-1",
    Severity.BLOCK,
    SCHOOL,
    "同一项资助同一学期只给一次",
    "The same aid is given once for the same months",
    "这名学生同一时段已有这项资助",
    "The student already has this aid for these months",
)
def given_once(claim: Claim) -> Verdict:
    return _none(claim.own, lambda other: other.is_same_aid(claim.kind, claim.item, claim.months))


@_rule(
    "AID-2",
    Severity.WARN,
    SCHOOL,
    "不能兼得的两项资助只给一项",
    "Of two kinds of aid that exclude each other one is given",
    "这名学生同一时段有一项不能兼得的资助",
    "The student has aid for these months that excludes this one",
)
def excludes_nothing(claim: Claim) -> Verdict:
    return excludes_nothing_of(claim, exclusions())


@_rule(
    "AID-3",
    Severity.WARN,
    SCHOOL,
    "一名学生同一时段只由一个协作项目申报",
    "A student is claimed by one cooperation project at a time",
    "这名学生同一时段由另一个协作项目申报",
    "Another cooperation project claims the student for these months",
)
def claimed_by_one_project(claim: Claim) -> Verdict:
    if claim.project_id is None:
        return HOLDS
    return _none(
        claim.own,
        lambda other: other.project_id not in {None, claim.project_id} and other.months.overlaps(claim.months),
    )


@_rule(
    "AID-4",
    Severity.BLOCK,
    SCHOOL,
    "按户发放的资助一户只给一次",
    "Aid for a household is given to it once",
    "按户发放，兄弟姐妹同一时段已经领取",
    "It is for the household, and a brother or sister has it for these months",
)
def household_gets_once(claim: Claim) -> Verdict:
    if claim.rule is None or claim.rule.per is PaidFor.PERSON:
        return HOLDS
    return _none(claim.household, lambda other: other.is_same_aid(claim.kind, claim.item, claim.months))


@_rule(
    "AID-5",
    Severity.BLOCK,
    ZHEJIANG,
    "休学期间不享受学生待遇",
    "A student on leave draws no benefits",
    "发放时学生在休学",
    "The student is on leave on the day of payment",
)
def nobody_on_leave_is_paid(claim: Claim) -> Verdict:
    return broken() if any(each.status is StudentStatus.ON_LEAVE for each in claim.days) else HOLDS


@_rule(
    "AID-6",
    Severity.BLOCK,
    SCHOOL,
    "只给在籍学生",
    "Only students on the roll are paid",
    "发放时学生不在籍",
    "The student is not on the roll on the day of payment",
)
def nobody_who_left_is_paid(claim: Claim) -> Verdict:
    return HOLDS if all(each.status in ON_ROLL for each in claim.days) else broken()


@_rule(
    "AID-7",
    Severity.BLOCK,
    SCHOOL,
    "一个身份证件号只能有一名学生申领",
    "One resident ID claims for one student",
    "另一名学生用同一身份证件号申领了这项资助",
    "Another student claimed this aid with the same resident ID",
)
def resident_id_claims_once(claim: Claim) -> Verdict:
    return _none(claim.same_id, lambda other: other.is_same_aid(claim.kind, claim.item, claim.months))


@_rule(
    "AID-8",
    Severity.BLOCK,
    SCHOOL,
    "一张银行卡只能给一名学生或一户人家发放",
    "One bank card is paid for one student or one household",
    "另一名学生同一时段用同一张银行卡",
    "Another student is paid to the same bank card for these months",
)
def card_is_paid_once(claim: Claim) -> Verdict:
    return _none(claim.same_card, lambda other: other.months.overlaps(claim.months))


@_rule(
    "AID-9",
    Severity.WARN,
    SCHOOL,
    "金额与当时的标准一致",
    "The amount is the one in force",
    "金额与当时的标准不一致",
    "The amount differs from the one in force",
)
def amount_is_the_one_in_force(claim: Claim) -> Verdict:
    if claim.rule is None or claim.amount is None:
        return HOLDS
    if claim.rule.least is not None and claim.rule.most is not None:
        return HOLDS if claim.rule.least <= claim.amount <= claim.rule.most else broken()
    due = claim.rule.for_months(claim.months)
    return HOLDS if due in {None, claim.amount} else broken()


@_rule(
    "AID-10",
    Severity.WARN,
    SCHOOL,
    "学生符合这项资助的条件",
    "The student meets the conditions of the aid",
    "条件没有满足",
    "The conditions are not met",
)
def conditions_are_met(claim: Claim) -> Verdict:
    if not claim.shortfalls:
        return HOLDS
    missing = Message(
        "没有满足：" + "；".join(each.zh for each in claim.shortfalls),
        "Not met: " + "; ".join(each.en for each in claim.shortfalls),
    )
    return broken(message=missing)


Side = tuple[str, str]


def exclusions() -> frozenset[frozenset[Side]]:
    """The pairs of ``data/exclusions.csv``, each side as kind and item."""
    return frozenset(
        frozenset({(row["kind"], row["item"]), (row["other"], row["other_item"])}) for row in rows_of("exclusions")
    )


def excludes_nothing_of(claim: Claim, pairs: Iterable[frozenset[Side]]) -> Verdict:
    """Whether none of the student's other awards stands in one of the pairs with this one."""
    known = set(pairs)
    side = (claim.kind.value, claim.item or "")
    return _none(
        claim.own,
        lambda other: (
            other.months.overlaps(claim.months)
            and (other.kind.value, other.item or "") != side
            and frozenset({side, (other.kind.value, str(other.item or ""))}) in known
        ),
    )


def _none(others: Iterable[Given], breaks: Callable[[Given], bool]) -> Verdict:
    return broken() if any(breaks(other) for other in others) else HOLDS
