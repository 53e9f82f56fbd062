"""Who needs attention, class by class; on the phone for homeroom teachers."""

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.attention import queries
from exchange.attention.reasons import ReasonKind, limit
from exchange.core.access import requires
from exchange.core.database import today
from exchange.core.pagination import paginate
from exchange.welfare.rules.limits import limit as welfare_limit
from exchange.welfare.rules.limits import steps

bp = Blueprint("attention", __name__)
CLASSES_PER_PAGE = 10
KINDS = {kind.value: kind for kind in ReasonKind}
PAGES = {
    ReasonKind.AWAY: "welfare.of_student",
    ReasonKind.LEAVE: "welfare.of_student",
    ReasonKind.HOURS: "attendance.of_student",
    ReasonKind.FAILED: "coursework.transcript",
    ReasonKind.UNMARKED: "coursework.transcript",
    ReasonKind.CREDITS: "coursework.transcript",
    ReasonKind.CONDUCT: "conduct.of_student",
    ReasonKind.TALK: "welfare.of_student",
}
"""Where a reason is looked into."""


@bp.get("/attention")
@requires(Permission.ATTENTION_VIEW)
def index():
    kind = KINDS.get(request.args.get("kind", ""))
    page = paginate(queries.classes_of(current_user, request.args.get("q", "").strip()), per_page=CLASSES_PER_PAGE)
    return render_template(
        "attention/index.html",
        page=page,
        people=queries.people_of([each.id for each in page.items], today(), kind=kind),
        kinds=[(each.value, each.label) for each in ReasonKind],
        page_of=lambda reason, student: url_for(PAGES[reason.kind], student_id=student.id),
        limits={name: limit(name, today()) for name in _OWN_LIMITS},
        hours=min(steps("unexcused_hours_warned", today())),
        days=welfare_limit("days_away_warned", today()),
    )


_OWN_LIMITS = ("courses_failed", "courses_without_marks", "credits_behind", "days_without_talk")
