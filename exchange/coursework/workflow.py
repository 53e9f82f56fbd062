"""The life of a mark sheet: from where to where, by whom, recorded as what.

The teacher hands in, somebody else confirms, then the results are published and in the end locked. Before they are
published a sheet is sent back; afterwards only a right of its own opens it again.
"""

from exchange.accounts.roles import Permission as May
from exchange.core.i18n import _
from exchange.core.workflow import Transition, Workflow
from exchange.coursework.events import CourseworkEvent as Event
from exchange.coursework.models import SheetStatus as Is

SHEET_WORKFLOW = Workflow(
    Transition("submit", _("提交成绩"), {Is.DRAFT}, Is.SUBMITTED, May.COURSEWORK_RECORD, Event.SHEET_SUBMITTED),
    Transition("confirm", _("确认成绩"), {Is.SUBMITTED}, Is.CONFIRMED, May.COURSEWORK_CONFIRM, Event.SHEET_CONFIRMED),
    Transition("publish", _("公布成绩"), {Is.CONFIRMED}, Is.PUBLISHED, May.COURSEWORK_PUBLISH, Event.SHEET_PUBLISHED),
    Transition("lock", _("锁定成绩"), {Is.PUBLISHED}, Is.LOCKED, May.COURSEWORK_PUBLISH, Event.SHEET_LOCKED),
    Transition(
        "return",
        _("退回修改"),
        {Is.SUBMITTED, Is.CONFIRMED},
        Is.DRAFT,
        May.COURSEWORK_CONFIRM,
        Event.SHEET_RETURNED,
    ),
    Transition(
        "reopen",
        _("重新打开修改"),
        {Is.PUBLISHED, Is.LOCKED},
        Is.DRAFT,
        May.COURSEWORK_REOPEN,
        Event.SHEET_REOPENED,
    ),
)
NEEDS_REASON = frozenset({"return", "reopen"})
