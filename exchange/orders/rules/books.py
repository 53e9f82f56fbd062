"""One rule book per kind of order, the regulations they quote, and their numbers."""

from datetime import date
from pathlib import Path

from exchange.core.dated_values import DatedValues
from exchange.core.rules import Message, Regulation, RuleBook
from exchange.orders.facts import Facts
from exchange.orders.kinds import OrderKind

ZHEJIANG = Regulation(
    version="试行",
    title=Message(
        "浙江省中等职业学校学生学籍管理实施细则（试行）",
        "Zhejiang rules on student status in secondary vocational schools (trial)",
    ),
    in_force_from=date(2010, 1, 1),
)
NATIONAL = Regulation(
    version="教职成〔2010〕7号",
    title=Message("中等职业学校学生学籍管理办法", "Measures on student status in secondary vocational schools"),
    in_force_from=date(2010, 7, 1),
    has_known_articles=False,
)

BOOKS: dict[OrderKind, RuleBook[Facts]] = {kind: RuleBook(kind.value) for kind in OrderKind}
LIMITS = DatedValues(Path(__file__).parents[1] / "limits.json")
