"""The pages of complaints: the family's form, and the ledger of the school."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.queries import users_with
from exchange.accounts.roles import Permission, Role
from exchange.audit.queries import timeline
from exchange.complaints import forms, policy, queries, service
from exchange.complaints.values import ComplaintStatus
from exchange.core.access import requires
from exchange.core.database import db, get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.placements.models import Placement
from exchange.placements.queries import with_people

bp = Blueprint("complaints", __name__)
OWNERS = (Role.INSTRUCTOR, Role.INTERNSHIP_OFFICER, Role.PRINCIPAL)


@bp.get("/complaints/mine")
@requires(Permission.COMPLAINT_RAISE)
def mine():
    return render_template(
        "complaints/mine.html", placements=_own_placements(), complaints=queries.of_family(current_user)
    )


@bp.route("/complaints/placements/<int:placement_id>/new", methods=["GET", "POST"])
@requires(Permission.COMPLAINT_RAISE)
def raise_one(placement_id):
    placement = get_or_404(policy.raisable_by(current_user).options(*with_people()), placement_id)
    form = forms.ComplaintForm()
    if form.validate_on_submit():
        try:
            service.raise_complaint(placement, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("学校收到了，老师和校领导现在就能看到。"))
            return redirect(url_for(".mine"))
    return render_template("complaints/new.html", form=form, placement=placement), form.status_code


@bp.get("/complaints")
@requires(Permission.COMPLAINT_VIEW)
def index():
    show = request.args.get("show", "")
    page = paginate(queries.ledger(policy.readable_by(current_user), show=show))
    return render_template("complaints/index.html", page=page, show=show)


@bp.get("/complaints/<int:complaint_id>")
@requires(Permission.COMPLAINT_VIEW)
def show(complaint_id):
    return _page(get_or_404(queries.with_people(policy.readable_by(current_user)), complaint_id))


@bp.post("/complaints/<int:complaint_id>/assign")
@requires(Permission.COMPLAINT_SETTLE)
def assign(complaint_id):
    complaint = _found(complaint_id)
    form = forms.AssignForm(owners=_owners())
    if form.validate():
        owner = next(each for each in _owners() if each.id == form.owner.data)
        try:
            service.assign(complaint, owner=owner, until=form.until.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已指定。"))
            return redirect(url_for(".show", complaint_id=complaint.id))
    return _page(complaint, sent=form), 422


@bp.post("/complaints/<int:complaint_id>/settle")
@requires(Permission.COMPLAINT_SETTLE)
def settle(complaint_id):
    complaint, form = _found(complaint_id), forms.SettleForm()
    if form.validate():
        try:
            service.settle(complaint, result=form.result.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已办结。证件还了、钱退了的，在实习的“收费、证件和担保”里登记。"))
            return redirect(url_for(".show", complaint_id=complaint.id))
    return _page(complaint, sent=form), 422


def _found(complaint_id):
    return get_or_404(queries.with_people(policy.settled_by(current_user)), complaint_id)


def _owners():
    people = {user.id: user for role in OWNERS for user in users_with(role)}
    return sorted(people.values(), key=lambda user: user.name)


def _page(complaint, *, sent=None):
    may_settle = current_user.may(Permission.COMPLAINT_SETTLE) and complaint.status is ComplaintStatus.OPEN
    due = {"owner": complaint.owner_id, "until": complaint.due_on}
    return render_template(
        "complaints/show.html",
        complaint=complaint,
        may_settle=may_settle,
        assign=sent if isinstance(sent, forms.AssignForm) else _assign_form(due) if may_settle else None,
        settle=sent if isinstance(sent, forms.SettleForm) else forms.SettleForm(formdata=None),
        is_late=complaint.status is ComplaintStatus.OPEN and complaint.due_on < today(),
        events=timeline(complaint),
    )


def _assign_form(due):
    return forms.AssignForm(formdata=None, owners=_owners(), data=due)


def _own_placements():
    rows = policy.raisable_by(current_user).options(*with_people()).order_by(Placement.starts_on.desc())
    return list(db.session.scalars(rows))
