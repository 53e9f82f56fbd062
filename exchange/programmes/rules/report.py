"""The checks of one version as a report: every rule with the figure measured and the figure asked for."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.core.rules import Rule, Severity
from exchange.programmes.models import PlannedCourse, ProgrammeVersion
from exchange.programmes.rules import measures
from exchange.programmes.rules.book import PROGRAMME
from exchange.programmes.rules.measures import Measure
from exchange.programmes.rules.plan import Plan, plan_of

MEASURES = {
    "PRG-01": measures.total_hours,
    "PRG-02": measures.public_basic_share,
    "PRG-03": measures.elective_share,
    "PRG-04": measures.practice_share,
    "PRG-05": measures.internship_length,
    "PRG-06": measures.hours_per_credit,
    "PRG-07": measures.total_credits,
    "PRG-08": measures.core_courses,
    "PRG-09": measures.basic_subjects,
}


class State(LabelledEnum):
    """How a check came out."""

    MET = "met", _("达到")
    UNMET = "unmet", _("没有达到")
    HINT = "hint", _("提示")
    OPEN = "open", _("不能判断")

    @property
    def tone(self) -> str:
        return {"met": "done", "unmet": "warning", "hint": "info", "open": "waiting"}[self.value]


@dataclass(frozen=True)
class Check:
    """One line of the report."""

    rule: Rule[Plan]
    measure: Measure

    @property
    def state(self) -> State:
        if self.measure.is_met is None:
            return State.OPEN
        if self.measure.is_met:
            return State.MET
        return State.UNMET if self.rule.severity is Severity.WARN else State.HINT

    def as_document(self) -> dict[str, Any]:
        """As other programs read it."""
        return {
            "rule": self.rule.code,
            "severity": self.rule.severity.value,
            "state": self.state.value,
            "figure": self.measure.figure.zh,
            "asked": self.measure.asked.zh,
            "courses": [each.zh for each in self.measure.courses],
        }


def checks_of(plan: Plan) -> list[Check]:
    """Every check in the order of the numbers."""
    rules = sorted(PROGRAMME.rules, key=lambda rule: rule.code)
    return [Check(rule, MEASURES[rule.code](plan)) for rule in rules]


def numbers_unmet(versions: Collection[tuple[ProgrammeVersion, Collection[PlannedCourse]]]) -> dict[int, int]:
    """Programme → how many checks its version does not meet; versions without courses have no number."""
    return {
        version.programme_id: sum(check.state is State.UNMET for check in checks_of(plan_of(version, courses)))
        for version, courses in versions
        if courses
    }
