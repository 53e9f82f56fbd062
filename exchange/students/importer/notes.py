"""What we find in a row beside what its reader found."""

from collections.abc import Mapping
from typing import Any

from exchange.core.i18n import _
from exchange.imports.importer import Note
from exchange.students.importer.wording import label_of
from exchange.students.roster.messages import CODES, Finding, speak

LENGTHS = {"name": 100, "student_no": 20}
MEMBER_LENGTHS = {"name": 100, "relation": 30}
REQUIRED = ("resident_id", "name", "sex", "birth_date")
# What only a commit can find, because the records have moved on since the review.
AT_COMMIT = {
    "record.changed_meanwhile": _("复核以后，有人改过这名学生的“%(field)s”。重新导入这一行。"),
    "record.entered_meanwhile": _("复核以后，有人已录入这名学生，内容不完全一样。重新导入这一行。"),
    "record.gone": _("复核以后，这名学生的记录已不在。重新导入这一行。"),
    "record.incomplete": _("没有%(field)s，不能建立记录。补上后再导入。"),
    "value.too_long": _("“%(field)s”超过 %(length)s 个字。缩短后再导入。"),
    "student_no.taken": _("学号 %(number)s 已有别的学生在用。改正后再导入。"),
}


def note(field: str, sentence: str, /, **params: str | int) -> Note:
    """A finding of our own, under the national heading."""
    code = Finding(0, "", sentence, params).code if sentence in CODES else sentence
    return {"column": label_of(field), "code": code, "severity": "error", "sentence": sentence, "params": params}


def stored(finding: Finding) -> Note:
    """A finding of the roster's checks, as an import keeps it."""
    return {
        "column": finding.column,
        "code": finding.code,
        "severity": finding.severity.value,
        "sentence": finding.sentence,
        "params": finding.params,
    }


def unfit(values: Mapping[str, Any]) -> Note | None:
    """What the table cannot hold."""
    for field in REQUIRED:
        if not values.get(field):
            return note(field, "record.incomplete", field=label_of(field))
    for field, length in LENGTHS.items():
        if len(str(values.get(field, ""))) > length:
            return note(field, "value.too_long", field=label_of(field), length=length)
    for place, member in enumerate(values.get("guardians") or (), start=1):
        for field, length in MEMBER_LENGTHS.items():
            if len(member.get(field, "")) > length:
                name = f"guardian{place}_{field}"
                return note(name, "value.too_long", field=label_of(name), length=length)
    return None


def spoken(sentence: str, params: Mapping[str, Any]) -> str:
    """The words of a finding, the reader's or ours."""
    if sentence in AT_COMMIT:
        return str(AT_COMMIT[sentence]) % params
    return speak(sentence, dict(params))
