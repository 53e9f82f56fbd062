"""What is still missing and who has to do it; who has to sit a course again."""

from flask import render_template, request
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import today
from exchange.core.pagination import paginate
from exchange.coursework import policy
from exchange.coursework.chase import lists, words
from exchange.coursework.chase.kinds import ChaseKind
from exchange.coursework.queries import makeups as queries
from exchange.coursework.views.sheets import bp

KINDS = {kind.value: kind for kind in ChaseKind}


@bp.get("/chase")
@requires(Permission.COURSEWORK_CHASE)
def chase():
    """The registrar sees everybody's lines, a teacher the own ones."""
    sees_all = policy.chases_everybody(current_user)
    kind = KINDS.get(request.args.get("kind", ""))
    text = request.args.get("q", "").strip()
    counts = lists.counts(lists.Scope(None if sees_all else current_user.id, kind, text), today())
    owner_id = _owner(counts) if sees_all else current_user.id
    total = sum(each.lines for each in counts if owner_id in (None, each.owner_id or 0))
    found = lists.listed(lists.Scope(owner_id, kind, text), today())
    page = paginate(found, per_page=100, scalars=False, total=total)
    return render_template(
        "coursework/chase.html",
        page=page,
        lines=words.tell(page.items, today()),
        counts=counts,
        kinds=[(kind.value, kind.label) for kind in ChaseKind],
        sees_all=sees_all,
    )


def _owner(counts):
    """Whom the filter names, if that person has any lines; 0 stands for the registrar."""
    named = {str(each.owner_id or 0): each.owner_id or 0 for each in counts}
    return named.get(request.args.get("teacher", ""))


@bp.get("/makeups")
@requires(Permission.COURSEWORK_CHASE)
def makeups():
    page = paginate(queries.sheets_with_makeups(policy.visible_to(current_user)), per_page=20)
    return render_template("coursework/makeups.html", page=page, found=queries.makeup_sheets(page.items))
