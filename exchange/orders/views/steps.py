"""One order: its page and its steps, confirmation, cancellation and filing."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.attachments.queries import attachments_of
from exchange.audit.queries import timeline
from exchange.core.access import authorize, requires
from exchange.core.database import today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.orders import checklist, forms, policy, service
from exchange.orders.kinds import KINDS
from exchange.orders.models import OrderStatus
from exchange.orders.views.blueprint import bp, load
from exchange.orders.workflow import ORDER_WORKFLOW


@bp.get("/orders/<int:order_id>")
@requires(Permission.ORDER_VIEW)
def show(order_id):
    return _page_of(load(order_id))


@bp.post("/orders/<int:order_id>/confirm")
@requires(Permission.ORDER_CONFIRM)
def confirm(order_id):
    order = load(order_id)
    authorize(policy.can_confirm(current_user, order))
    form = forms.ConfirmForm()
    if not form.validate_on_submit():
        return _page_of(order, refusal=_("页面打开太久了。再点一次。")), 422

    try:
        service.confirm_order(order, reason=form.reason.data, by=current_user)
    except DomainError as refusal:
        return _page_of(load(order_id), refusal=refusal), 409
    flash(_("已确认，编号 %(number)s。", number=order.number))
    return redirect(url_for(".show", order_id=order.id))


@bp.route("/orders/<int:order_id>/cancel", methods=["GET", "POST"])
@requires(Permission.ORDER_CONFIRM)
def cancel(order_id):
    order = load(order_id)
    authorize(policy.can_confirm(current_user, order))
    ORDER_WORKFLOW.find("cancel", order.status)
    students = [member.student for member in order.standing]
    form = forms.CancelForm(students=students, data={"students": [student.id for student in students]})

    if form.validate_on_submit():
        try:
            service.cancel_order(order, student_ids=form.students.data, reason=form.reason.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已撤销，学籍恢复到没有这张异动单的样子。"))
            return redirect(url_for(".show", order_id=order.id))

    return render_template("orders/cancel.html", order=order, form=form), form.status_code


@bp.route("/orders/<int:order_id>/filing", methods=["GET", "POST"])
@requires(Permission.ORDER_DRAFT)
def filing(order_id):
    order = load(order_id)
    form = forms.FilingForm(data={"filed_on": order.filed_on or today()})

    if form.validate_on_submit():
        try:
            service.note_filing(order, filed_on=form.filed_on.data, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("备案已登记。"))
            return redirect(url_for(".show", order_id=order.id))

    return render_template("orders/filing.html", order=order, form=form), form.status_code


def _page_of(order, *, refusal=None):
    is_draft = order.status is OrderStatus.DRAFT
    rows = checklist.rows(order) if is_draft else []
    may_confirm = policy.can_confirm(current_user, order)
    held = checklist.held_back(order, rows)
    return render_template(
        "orders/show.html",
        order=order,
        spec=KINDS[order.kind],
        answers=checklist.answers(order),
        misfits=[row.misfit for row in rows if row.misfit],
        obstacles=checklist.obstacles(order, rows, reader=current_user),
        held=held,
        instead=checklist.instead(order, held),
        on_leave=checklist.on_leave_beside(order, reader=current_user) if is_draft else [],
        may_draft=current_user.may(Permission.ORDER_DRAFT),
        hindered=any(row.is_hindered for row in rows),
        warned=any(row.is_warned for row in rows),
        may_change=policy.can_change(current_user, order),
        may_confirm=is_draft and may_confirm,
        may_cancel=order.status is OrderStatus.CONFIRMED and may_confirm,
        may_file=KINDS[order.kind].is_filed
        and order.status is OrderStatus.CONFIRMED
        and current_user.may(Permission.ORDER_DRAFT),
        attachments=attachments_of(order),
        events=timeline(order),
        refusal=refusal,
    )
