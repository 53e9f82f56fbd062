"""The life of a mark sheet: from where to where, by whom, recorded as what."""

from exchange.accounts.roles import Permission as May
from exchange.core.i18n import _
from exchange.core.workflow import Transition, Workflow
from exchange.coursework.events import CourseworkEvent as Event
from exchange.coursework.models import SheetStatus as Is

SHEET_WORKFLOW = Workflow(
    Transition("submit", _("提交成绩"), {Is.DRAFT}, Is.SUBMITTED, May.COURSEWORK_RECORD, Event.SHEET_SUBMITTED),
    Transition("publish", _("公布成绩"), {Is.SUBMITTED}, Is.PUBLISHED, May.COURSEWORK_PUBLISH, Event.SHEET_PUBLISHED),
    Transition(
        "reopen",
        _("退回修改"),
        {Is.SUBMITTED, Is.PUBLISHED},
        Is.DRAFT,
        May.COURSEWORK_PUBLISH,
        Event.SHEET_REOPENED,
    ),
)
NEEDS_REASON = frozenset({"reopen"})
