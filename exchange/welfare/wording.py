"""What a line of a student's history was about, in words: the trail itself keeps codes and days."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from exchange.core.i18n import _
from exchange.core.templating import format_moment, format_short_date
from exchange.students.models import StudentStatus
from exchange.welfare.models import AbsenceKind, ContactKind, Leg

KINDS: dict[str, str] = {kind.value: kind.label for kind in (*AbsenceKind, *ContactKind)}
NAMES = ("trip", "occasion", "group", "place")
DAYS = ("held_on", "starts_on", "last_day", "visited_on")


def tell(_action: str, changes: Mapping[str, Any]) -> str:
    """旷课 · 2026年11月2日 – 2026年11月3日 · 6 课时."""
    said = [changes.get(name) for name in NAMES]
    said += [_kind(changes), *(_day(changes.get(name)) for name in DAYS), _moment(changes), _days(changes)]
    said += [_hours(changes), _bed(changes.get("bed")), _status(changes)]
    return " · ".join(str(each) for each in said if each)


def _kind(changes: Mapping[str, Any]) -> str:
    if leg := changes.get("leg"):
        return Leg(leg).label
    return KINDS.get(str(changes.get("kind")), "")


def _day(value: str | None) -> str:
    return format_short_date(date.fromisoformat(value)) if value else ""


def _moment(changes: Mapping[str, Any]) -> str:
    value = changes.get("arrived_at")
    return format_moment(datetime.fromisoformat(value)) if value else ""


def _days(changes: Mapping[str, Any]) -> str:
    """A period; whoever has gone without permission is away until the return is noted."""
    first, last = changes.get("days") or (None, None)
    if not first:
        return ""
    if not last:
        return _("%(day)s起", day=_day(first))
    return _day(first) if first == last else f"{_day(first)} – {_day(last)}"


def _hours(changes: Mapping[str, Any]) -> str:
    hours = changes.get("hours")
    return _("%(count)s 课时", count=hours) if hours else ""


def _bed(bed: Any) -> str:
    """One bed, or from which to which."""
    beds = bed if isinstance(bed, list) else [bed]
    return " → ".join(each for each in beds if each)


def _status(changes: Mapping[str, Any]) -> str:
    status = changes.get("status")
    return StudentStatus(status).label if status else ""
