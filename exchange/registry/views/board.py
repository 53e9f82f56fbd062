"""The board by batch, and the records behind each of its numbers."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import write_apart
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.navigation import as_of
from exchange.core.pagination import paginate
from exchange.reference.areas import area_name
from exchange.reference.names import named
from exchange.registry.queries import board, past
from exchange.registry.requirements import requirements
from exchange.registry.service import states
from exchange.registry.values import Actor
from exchange.registry.views.blueprint import bp

SHOWS = (
    (board.INCOMPLETE, _("不完整")),
    (board.DOUBTFUL, _("有存疑")),
    (board.UNSENT, _("没有报送")),
    (board.SENT, _("已报送")),
    (board.CHANGED, _("报送后改过")),
)


@bp.get("/registry")
@requires(Permission.REGISTRY_VIEW)
def index():
    """The batch that is asked for, or the last one that has students."""
    asked = as_of()
    if asked.is_past:
        return _past(asked)
    changed = _look_after_changes()
    batches = board.batches(current_user)
    chosen = next(
        (row for row in batches if row.batch.key == request.args.get("batch")), batches[0] if batches else None
    )
    if chosen is None:
        return render_template("registry/index.html", chosen=None, changed=changed, as_of=asked)
    key = chosen.batch.key
    return render_template(
        "registry/index.html",
        chosen=chosen,
        batches=[_tab(row, chosen) for row in batches],
        changed=changed,
        lacks=board.lacks(current_user, key),
        page=paginate(board.by_class(current_user, key)),
        counties=[(row, area_name(row.code) if row.code else "") for row in board.by_county(current_user, key)],
        checked_at=board.last_check(),
        as_of=asked,
    )


def _past(asked):
    """The board of a day gone by; nothing can be done on it."""
    batches = past.batches_on(current_user, asked.day)
    wanted = request.args.get("batch")
    chosen = next((row for row in batches if row.batch.key == wanted), batches[0] if batches else None)
    day = asked.day.isoformat()
    return render_template(
        "registry/past.html",
        chosen=chosen,
        batches=[
            (each.batch.title, url_for(".index", batch=each.batch.key, as_of=day), each is chosen) for each in batches
        ],
        classes=past.worst_first(chosen.classes) if chosen else [],
        as_of=asked,
    )


@bp.get("/registry/students")
@requires(Permission.REGISTRY_VIEW)
def students():
    """The records behind a number of the board."""
    changed = _look_after_changes()
    wanted = board.Wanted(
        batch=request.args.get("batch", ""),
        class_name=request.args.get("class", "").strip(),
        county=request.args.get("county", ""),
        lacks=request.args.get("lacks", ""),
        who=request.args.get("who", ""),
        show=request.args.get("show", ""),
        q=request.args.get("q", ""),
    )
    records = board.listed(current_user, wanted)
    page = paginate(records, most=board.FEW) if wanted.searches else paginate(records)
    return render_template(
        "registry/students.html",
        page=page,
        gaps=board.gaps_of(page),
        changed=changed,
        columns=[(heading, named(heading)) for heading in requirements()],
        actors=[(actor.value, actor.label) for actor in Actor],
        shows=SHOWS,
    )


@bp.post("/registry/check")
@requires(Permission.REGISTRY_MANAGE)
def check():
    """Let a job check everybody now."""
    if ActionForm().validate_on_submit():
        states.start_check()
        flash(_("正在重新检查全部记录，稍后刷新。"))
    return redirect(url_for(".index"))


def _tab(row, chosen):
    """A batch to choose, with how much is to do in it."""
    label = row.batch.title
    if row.incomplete:
        label = _("%(batch)s（%(count)s 条不完整）", batch=label, count=row.incomplete)
    return label, url_for(".index", batch=row.batch.key), row is chosen


def _look_after_changes():
    """How many records have changed since they were checked; they are checked as soon as this page is answered."""
    changed = len(states.changed_students())
    if changed:
        write_apart(states.catch_up)
    return changed
