"""One rule book per step of a placement, each built on the steps before it, and the regulations they quote."""

from datetime import date

from exchange.core.rules import Message, Regulation, RuleBook
from exchange.placements.facts import Facts
from exchange.placements.facts.values import Step

N01 = Regulation(
    version="教职成〔2021〕4号",
    title=Message("职业学校学生实习管理规定", "Rules on internships of students of vocational schools"),
    in_force_from=date(2021, 12, 31),
)
LABOUR_LAW = Regulation(
    version="劳动法",
    title=Message("中华人民共和国劳动法", "Labour Law of the People's Republic of China"),
    in_force_from=date(1995, 1, 1),
    abbreviation="LAB",
)

ANY: RuleBook[Facts] = RuleBook("ANY")
UNIT = RuleBook(Step.UNIT.value, (ANY,))
PLAN = RuleBook(Step.PLAN.value, (UNIT,))
PLACE = RuleBook(Step.PLACE.value, (PLAN,))
START = RuleBook(Step.START.value, (PLACE,))
DAILY = RuleBook(Step.DAILY.value, (START,))
PAY = RuleBook(Step.PAY.value, (START,))
END = RuleBook(Step.END.value, (DAILY, PAY))
ARCHIVE = RuleBook(Step.ARCHIVE.value, (END,))

BOOKS = {
    Step.UNIT: UNIT,
    Step.PLAN: PLAN,
    Step.PLACE: PLACE,
    Step.START: START,
    Step.DAILY: DAILY,
    Step.PAY: PAY,
    Step.END: END,
    Step.ARCHIVE: ARCHIVE,
}
