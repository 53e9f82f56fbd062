"""Who has not signed: by host and first day, with new links for exactly them, and the papers of all."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.agreements import notifications, queries, service
from exchange.agreements.forms import SendForm
from exchange.agreements.views.blueprint import bp, paper_file
from exchange.core.access import requires
from exchange.core.database import db, get_or_404
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.navigation import day_of
from exchange.core.pagination import paginate
from exchange.links.views import address_of
from exchange.partners.models import HostOrganisation
from exchange.placements import policy as placement_policy


@bp.get("/agreements")
@requires(Permission.PLACEMENT_VIEW)
def index():
    rows = queries.batches(placement_policy.visible_to(current_user))
    page = paginate(rows, scalars=False)
    return render_template("agreements/index.html", page=page, batches=[queries.Batch(*row) for row in page.items])


@bp.get("/agreements/hosts/<int:host_id>")
@requires(Permission.PLACEMENT_VIEW)
def of_host(host_id):
    host, starts_on = _batch_or_404(host_id)
    page = paginate(_members(host, starts_on))
    standings = queries.standings(page.items)
    issued = [each.document for pair in standings.values() for each in pair if each.document]
    return render_template(
        "agreements/of_host.html",
        host=host,
        starts_on=starts_on,
        page=page,
        standings=standings,
        last_sent=_last_sent(issued),
        form=SendForm(),
        may_plan=current_user.may(Permission.PLACEMENT_PLAN),
        may_sign=current_user.may(Permission.PLACEMENT_APPROVE),
    )


@bp.post("/agreements/hosts/<int:host_id>/links")
@requires(Permission.PLACEMENT_PLAN)
def send_links(host_id):
    host, starts_on = _batch_or_404(host_id)
    form = SendForm()
    if not form.validate_on_submit():
        return redirect(_address_of(host, starts_on))
    members = list(db.session.scalars(_members(host, starts_on)).unique())
    days = form.days.data
    invited = service.invite_families(members, valid_for=timedelta(days=days), by=current_user)
    return render_template(
        "agreements/links_made.html",
        host=host,
        starts_on=starts_on,
        messages=[(each, _message(each, days)) for each in invited if each.tokens],
        refused=[each for each in invited if each.refusal],
        back=_address_of(host, starts_on),
    )


def _message(invitation, days):
    papers = [(document.kind, address_of(token)) for document, token in invitation.tokens]
    signer = invitation.signer
    return notifications.reminder(invitation.placement, signer.party, signer.name, papers, days=days)


@bp.post("/agreements/hosts/<int:host_id>/school")
@requires(Permission.PLACEMENT_APPROVE)
def sign_batch_for_school(host_id):
    host, starts_on = _batch_or_404(host_id)
    if ActionForm().validate_on_submit():
        members = list(db.session.scalars(_members(host, starts_on)).unique())
        signed = service.sign_all_for_school(members, by=current_user)
        flash(_("已代表学校签 %(count)s 份三方协议。", count=signed))
    return redirect(_address_of(host, starts_on))


@bp.get("/agreements/hosts/<int:host_id>.pdf")
@requires(Permission.PLACEMENT_VIEW)
def papers(host_id):
    host, starts_on = _batch_or_404(host_id)
    wanted = request.args.get("kind", "")
    members = list(db.session.scalars(_members(host, starts_on)).unique())
    documents = [
        each.document
        for pair in queries.standings(members).values()
        for each in pair
        if each.document and wanted in {"", each.kind.value}
    ]
    return paper_file(documents, f"agreements-{host.id}-{starts_on}") if documents else abort(404)


def _members(host, starts_on):
    return queries.members_of(placement_policy.visible_to(current_user), host.id, starts_on)


def _batch_or_404(host_id):
    """The host and the first day that the address names, else the next; 404 where this person sees nobody there."""
    soonest = queries.start_of(placement_policy.visible_to(current_user), host_id)
    if soonest is None:
        abort(404)
    host = get_or_404(db.select(HostOrganisation), host_id)
    return host, day_of(request.args.get("starts", "")) or soonest


def _address_of(host, starts_on):
    return url_for(".of_host", host_id=host.id, starts=starts_on.isoformat())


def _last_sent(documents):
    """Placement → when the last link was sent for one of its papers."""
    places = {document.id: document.placement_id for document in documents}
    sent = {}
    for link in queries.links_of(documents):
        sent.setdefault(places[link.subject_id], link.created_at)
    return sent
