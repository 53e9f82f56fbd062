"""The pages of supervision: today's checks for the thumb, one intern, and incidents with their clock."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import db, get_or_404, now
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.partners.models import Post
from exchange.placements.models import Placement
from exchange.placements.queries import with_people
from exchange.supervision import forms, policy, queries, service
from exchange.supervision.models import Incident
from exchange.supervision.values import Step, Way

bp = Blueprint("supervision", __name__)


@bp.get("/supervision")
@requires(Permission.SUPERVISION_VIEW)
def index():
    may_record = current_user.may(Permission.SUPERVISION_RECORD)
    scope = policy.checked_by(current_user) if may_record else policy.readable_by(current_user)
    return render_template("supervision/index.html", hosts=queries.by_host(scope), may_record=may_record, ways=Way)


@bp.post("/supervision/hosts/<int:host_id>/check")
@requires(Permission.SUPERVISION_RECORD)
def check(host_id):
    scope = policy.checked_by(current_user).join(Post, Post.id == Placement.post_id)
    placements = list(db.session.scalars(scope.where(Post.host_organisation_id == host_id).order_by(Placement.id)))
    form = forms.CheckForm()
    if not placements:
        abort(404)
    if form.validate():
        service.check(placements, way=form.way.data, notes=form.notes, by=current_user)
        flash(_("记下了：%(count)s 名学生。", count=len(placements)))
    else:
        flash(_("没有记下，请再点一次。"), "warning")
    return redirect(url_for(".index"))


@bp.get("/supervision/placements/<int:placement_id>")
@requires(Permission.SUPERVISION_VIEW)
def show(placement_id):
    placement = get_or_404(policy.readable_by(current_user).options(*with_people()), placement_id)
    return render_template(
        "supervision/show.html",
        placement=placement,
        checks=queries.checks_of(placement),
        incidents=queries.incidents_of(placement),
        may_report=current_user.may(Permission.SUPERVISION_RECORD),
    )


@bp.route("/supervision/placements/<int:placement_id>/incidents/new", methods=["GET", "POST"])
@requires(Permission.SUPERVISION_RECORD)
def report(placement_id):
    placement = get_or_404(policy.checked_by(current_user).options(*with_people()), placement_id)
    form = forms.IncidentForm(data={"occurred_at": forms.this_minute()})
    if form.validate_on_submit():
        try:
            found = service.report_incident(placement, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已报告，校领导和实习办现在就能看到。下面是接着要办的。"))
            return redirect(url_for(".incident", incident_id=found.id))
    return render_template("supervision/report.html", form=form, placement=placement), form.status_code


@bp.get("/supervision/incidents")
@requires(Permission.SUPERVISION_VIEW)
def incidents():
    page = paginate(queries.ledger(policy.incidents_readable_by(current_user)))
    return render_template("supervision/incidents.html", page=page, moment=now())


@bp.get("/supervision/incidents/<int:incident_id>")
@requires(Permission.SUPERVISION_VIEW)
def incident(incident_id):
    return _page(get_or_404(queries.ledger(policy.incidents_readable_by(current_user)), incident_id))


@bp.post("/supervision/incidents/<int:incident_id>/steps/<step>")
@requires(Permission.SUPERVISION_RECORD)
def do_step(incident_id, step):
    found, form = _handled(incident_id), forms.StepForm()
    wanted = Step(step) if step in set(Step) else abort(404)
    return _act(found, form, lambda: service.do_step(found, wanted, note=form.note.data or "", by=current_user))


@bp.post("/supervision/incidents/<int:incident_id>/close")
@requires(Permission.SUPERVISION_RECORD)
def close(incident_id):
    found = _handled(incident_id)
    return _act(found, ActionForm(), lambda: service.close(found, by=current_user))


def _handled(incident_id):
    return get_or_404(queries.ledger(policy.incidents_handled_by(current_user)), incident_id)


def _act(found, form, verb):
    if not form.validate():
        return _page(found, refusal=_("没有记下，请再试一次。")), 422
    try:
        verb()
    except DomainError as error:
        return _page(found, refusal=str(error)), 409
    flash(_("记下了。"))
    return redirect(url_for(".incident", incident_id=found.id))


def _page(found, *, refusal=None):
    handled = policy.incidents_handled_by(current_user).where(Incident.id == found.id)
    may_handle = db.session.scalar(handled.options(joinedload(Incident.placement))) is not None
    return render_template(
        "supervision/incident.html",
        incident=found,
        refusal=refusal,
        may_handle=may_handle and found.closed_at is None,
        moment=now(),
        events=timeline(found),
    )
