"""What an intern is paid, how often and in which way."""

from decimal import Decimal

from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, every
from exchange.placements.facts import Facts
from exchange.placements.facts.values import Capability, Payee, Payer, PayMethod
from exchange.placements.rules.books import N01, PAY
from exchange.placements.rules.conditions import is_known
from exchange.placements.rules.limits import number

IN_MONEY = frozenset({PayMethod.BANK, PayMethod.CASH})


@PAY.rule(
    "INT-33",
    Severity.WARN,
    article="18",
    regulation=N01,
    statement=Message(
        "相对独立工作的，报酬原则上不低于相同岗位工资的80%或最低档工资；其他学生给予适当报酬",
        "Who works independently is paid four fifths of the post's wage or the lowest grade; others suitably",
    ),
    message=Message("实习报酬偏低", "The pay is low"),
    limits=("pay_percent_of_same_post",),
)
def pay_is_fair(facts: Facts) -> Verdict:
    amount, capability = facts.pay.amount, facts.placement.capability
    if amount is None:
        return is_known(None, "pay.amount")
    if not amount:
        return broken("pay.amount")
    if capability is Capability.RELATIVELY_INDEPENDENT:
        return _reaches_floor(facts, amount)
    return is_known(capability, "placement.capability")


def _reaches_floor(facts: Facts, amount: Decimal) -> Verdict:
    """The wages are those of a month, the amount is that of a payment; either wage is enough."""
    cycle, wage, lowest = facts.pay.cycle_months, facts.post.wage, facts.post.lowest_grade_wage
    percent = number("pay_percent_of_same_post", on=facts.placement.start)
    if cycle is None:
        return is_known(None, "pay.cycle_months")
    share = None if wage is None else wage * percent / 100
    known = [each for each in (share, lowest) if each is not None]
    if any(amount >= floor * cycle for floor in known):
        return HOLDS
    if len(known) < 2:  # the wage that nobody has told could still be the lower one
        return every(is_known(wage, "post.wage"), is_known(lowest, "post.lowest_grade_wage"))
    return broken("pay.amount", message=_below(min(known) * cycle, amount))


def _below(floor: Decimal, amount: Decimal) -> Message:
    least, paid = f"{floor.normalize():f}", f"{amount.normalize():f}"
    return Message(
        f"实习报酬 {paid} 元，低于应有的 {least} 元", f"The pay of {paid} yuan is below the {least} yuan that are due"
    )


@PAY.rule(
    "INT-34",
    Severity.WARN,
    article="18",
    regulation=N01,
    statement=Message("报酬支付周期原则上不超过1个月", "Pay comes at least once a month"),
    message=Message("报酬支付周期超过1个月", "Pay comes less than once a month"),
    limits=("pay_cycle_months_at_most",),
)
def pay_comes_monthly(facts: Facts) -> Verdict:
    cycle = facts.pay.cycle_months
    if cycle is None:
        return is_known(None, "pay.cycle_months")
    return HOLDS if cycle <= number("pay_cycle_months_at_most", on=facts.placement.start) else broken()


@PAY.rule(
    "INT-35",
    Severity.BLOCK,
    article="18",
    regulation=N01,
    statement=Message("报酬由实习单位以货币直接支付给学生本人", "The host pays the student directly, and in money"),
    message=Message("报酬支付方式不合规定", "The way of paying is against the rules"),
)
def pay_reaches_the_student(facts: Facts) -> Verdict:
    pay = facts.pay
    goods = Message("以物品或代金券代替货币支付", "Goods or vouchers take the place of money")
    elsewhere = Message("报酬没有直接付给学生本人", "The pay does not go to the student directly")
    others = Message("报酬经第三方转发", "The pay comes through a third party")
    return every(
        _is_one_of(pay.method, IN_MONEY, "pay.method", goods),
        _is_one_of(pay.payee, {Payee.STUDENT}, "pay.payee", elsewhere),
        _is_one_of(pay.payer, {Payer.HOST}, "pay.payer", others),
    )


def _is_one_of(
    value: object, allowed: frozenset[PayMethod] | set[Payee] | set[Payer], path: str, message: Message
) -> Verdict:
    if value is None:
        return is_known(None, path)
    return HOLDS if value in allowed else broken(path, message=message)
