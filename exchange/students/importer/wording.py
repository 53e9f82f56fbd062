"""How the values of a row are shown: labels, and what is masked of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from exchange.core.i18n import _
from exchange.core.masking import mask_name, mask_phone, mask_resident_id
from exchange.students.roster.columns import BY_FIELD
from exchange.students.values import Values

HIDDEN = {"hardship"}
GROUPS = {"guardians": _("监护人"), "national": _("其他栏目")}
MASKED = {"resident_id": mask_resident_id, "phone": mask_phone, "home_phone": mask_phone, "home_address": mask_name}


def described(changes: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Label, old and new of each changed field; identity values masked, hardship hidden."""
    shown = []
    for field, (old, new) in changes.items():
        if field == "national":
            shown += [(heading, old.get(heading, ""), text) for heading, text in new.items()]
        elif field == "guardians":
            shown.append((label_of(field), _people(old), _people(new)))
        else:
            shown.append((label_of(field), _shown(field, old), _shown(field, new)))
    return shown


def label_of(field: str) -> str:
    """The national heading of a field."""
    return BY_FIELD[field].heading if field in BY_FIELD else str(GROUPS.get(field, field))


def _shown(field: str, value: Any) -> str:
    if field in HIDDEN:
        return "***" if value else ""
    return MASKED.get(field, str)(value) if value else ""


def _people(members: Sequence[Values] | None) -> str:
    people = (f"{member.get('name', '')} {mask_phone(member.get('phone', ''))}" for member in members or ())
    return "、".join(map(str.strip, people))
