"""What a draft changes, course by course, against the version in force."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.programmes import weights
from exchange.programmes.models import PlannedCourse

LABELS = {
    "name": _("课程名称"),
    "kind": _("课程类别"),
    "subject": _("公共基础科目"),
    "is_elective": _("选修"),
    "is_core": _("专业核心课"),
    "hours": _("学时"),
    "practice_hours": _("实践学时"),
    "internship_months": _("实习月数"),
    "credits": _("学分"),
    "term_of_study": _("开课学期"),
    "pass_score": _("及格分"),
    "weights": _("考核占比"),
}
"""What may differ, as the pages call it; the code says which course it is."""


@dataclass(frozen=True)
class Change:
    """One value of a course, before and after, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ChangedCourse:
    course: PlannedCourse
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Comparison:
    """Every course of either version stands in exactly one of these."""

    added: tuple[PlannedCourse, ...]
    removed: tuple[PlannedCourse, ...]
    changed: tuple[ChangedCourse, ...]
    same: tuple[PlannedCourse, ...]


def compare(old: Collection[PlannedCourse], new: Sequence[PlannedCourse]) -> Comparison:
    """What becomes of the courses when the new version takes the place of the old one."""
    before = {course.code: course for course in old}
    changes = {course.code: _changes(before[course.code], course) for course in new if course.code in before}
    kept = {course.code for course in new}
    return Comparison(
        added=tuple(course for course in new if course.code not in before),
        removed=tuple(course for course in old if course.code not in kept),
        changed=tuple(ChangedCourse(course, changes[course.code]) for course in new if changes.get(course.code)),
        same=tuple(course for course in new if changes.get(course.code) == ()),
    )


def _changes(old: PlannedCourse, new: PlannedCourse) -> tuple[Change, ...]:
    pairs = ((label, getattr(old, name), getattr(new, name)) for name, label in LABELS.items())
    return tuple(Change(label, _shown(before), _shown(after)) for label, before, after in pairs if before != after)


def _shown(value: Any) -> str:
    if value is None or value == []:
        return str(_("无"))
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    if isinstance(value, list):
        return weights.write(value)
    if isinstance(value, LabelledEnum):
        return str(value.label)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
