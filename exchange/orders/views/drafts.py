"""Drafting an order: choosing what and for whom, changing it, leaving people out, throwing it away."""

from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.attachments.service import attach
from exchange.core.access import authorize, requires
from exchange.core.database import db, get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.orders import checklist, forms, policy, service
from exchange.orders.audits import demanded, page_of
from exchange.orders.kinds import KINDS, OrderKind
from exchange.orders.views.blueprint import bp, load
from exchange.programmes.queries import classes, find_class
from exchange.students import policy as student_policy
from exchange.students.models import Student

OFFERED_CLASSES = 60


@bp.get("/orders/new")
@requires(Permission.ORDER_DRAFT)
def choose():
    """What kind of order; a student who was on the page before goes along."""
    return render_template("orders/choose.html", kinds=KINDS.items(), student=request.args.get("student", type=int))


@bp.route("/orders/new/<kind>", methods=["GET", "POST"])
@requires(Permission.ORDER_DRAFT)
def create(kind):
    kind = _kind(kind)
    chosen = request.args.getlist("student", type=int)
    students = _candidates(kind, chosen)
    held = demanded(kind, students, today())
    everybody = [each.id for each in students if each.id not in held] if KINDS[kind].for_whole_class else []
    form = forms.order_form(kind)(students=students, data={"students": chosen or everybody, "effective_on": today()})

    if form.validate_on_submit():
        draft = partial(service.draft_order, kind=kind)
        if order := _save(form, students, draft):
            flash(_("已起草。核对以后确认。"))
            return redirect(url_for(".show", order_id=order.id))

    page = render_template(
        "orders/form.html",
        form=form,
        kind=kind,
        spec=KINDS[kind],
        order=None,
        held=[student for student in students if student.id in held],
        audit_page=page_of(kind),
        **_choices(students),
    )
    return page, form.status_code


@bp.route("/orders/<int:order_id>/edit", methods=["GET", "POST"])
@requires(Permission.ORDER_DRAFT)
def edit(order_id):
    order = load(order_id)
    authorize(policy.can_change(current_user, order))
    chosen = [member.student_id for member in order.members]
    students = _candidates(order.kind, chosen)
    form = forms.order_form(order.kind)(
        students=students,
        data={
            "students": chosen,
            "effective_on": order.effective_on,
            "to_class_name": order.to_class.name if order.to_class else "",
            "document": order.document,
            "reason": order.reason,
            **forms.answers_of(order.evidence),
        },
    )

    if form.validate_on_submit():
        change = partial(service.change_draft, order)
        if _save(form, students, lambda **values: change(**values) or order):
            flash(_("已保存。"))
            return redirect(url_for(".show", order_id=order.id))

    spec = KINDS[order.kind]
    page = render_template("orders/form.html", form=form, kind=order.kind, spec=spec, order=order, **_choices(students))
    return page, form.status_code


@bp.post("/orders/<int:order_id>/leave-out")
@requires(Permission.ORDER_DRAFT)
def leave_out(order_id):
    """Go on without those whom the rules or the audit do not let pass."""
    order = load(order_id)
    authorize(policy.can_change(current_user, order))
    held = checklist.held_back(order, checklist.rows(order))
    if held and ActionForm().validate_on_submit():
        service.leave_out(order, held, by=current_user)
        names = str(_("、")).join(student.name for student in held)
        flash(_("移出了 %(count)s 人：%(names)s。", count=len(held), names=names))
    return redirect(url_for(".show", order_id=order.id))


@bp.post("/orders/<int:order_id>/discard")
@requires(Permission.ORDER_DRAFT)
def discard(order_id):
    order = load(order_id)
    authorize(policy.can_change(current_user, order))
    if not ActionForm().validate_on_submit():
        return redirect(url_for(".show", order_id=order.id))
    service.discard_draft(order, by=current_user)
    flash(_("草稿已作废。"))
    return redirect(url_for(".index"))


def _save(form, students, write):
    """The order as the form has it, its files attached; None where it was refused and the form says why."""
    wanted = set(form.students.data)
    class_name = form.to_class_name.data if "to_class_name" in form else ""
    to_class = find_class(class_name) if class_name else None
    if class_name and to_class is None:
        form.to_class_name.errors = [_("没有名为“%(name)s”的班级。", name=class_name)]
        return None
    try:
        order = write(
            students=[student for student in students if student.id in wanted],
            effective_on=form.effective_on.data,
            to_class=to_class,
            document=form.document.data,
            reason=form.reason.data,
            evidence=form.evidence,
            by=current_user,
        )
        for filename, content in form.files.contents:
            attach(order, filename=filename, content=content, by=current_user)
    except DomainError as error:
        form.form_errors.append(str(error))
        return None
    return order


def _candidates(kind, chosen):
    """The students of one class, the one asked for or that of the first chosen, whom such an order may be about."""
    visible = student_policy.visible_to(current_user)
    school_class = find_class(request.args.get("class", "").strip())
    class_id = school_class.id if school_class else None
    if chosen:
        class_id = get_or_404(visible, chosen[0]).school_class_id
    if not class_id:
        return []
    wanted = (Student.school_class_id == class_id) & Student.status.in_(KINDS[kind].sources)
    candidates = visible.where(wanted | Student.id.in_(chosen))
    return list(db.session.scalars(candidates.order_by(Student.pinyin, Student.id)))


def _choices(students):
    offered = db.session.scalars(classes().limit(OFFERED_CLASSES))
    return {"students": students, "classes": [school_class.name for school_class in offered]}


def _kind(word):
    return OrderKind(word) if word in set(OrderKind) else abort(404)
