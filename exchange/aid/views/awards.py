"""The ledger: proposals, awards with their payments, and what families see of it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission, Role
from exchange.aid import forms, policy, service
from exchange.aid.amounts import rule_for
from exchange.aid.months import read_months
from exchange.aid.queries import awards as queries
from exchange.aid.queries import candidates, claims
from exchange.aid.queries.amounts import own_rows
from exchange.aid.queries.history import history_of
from exchange.aid.values import BY_DECISION, AidKind, AwardStatus, Payer
from exchange.aid.views import bp
from exchange.aid.workflow import AWARD_WORKFLOW
from exchange.attachments.queries import attachments_of
from exchange.core.access import authorize, requires
from exchange.core.database import db, get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.programmes.queries import classes, find_class
from exchange.students import policy as student_policy
from exchange.students.queries import for_page

PROPOSED = [kind for kind in AidKind if kind not in BY_DECISION]
OFFERED_CLASSES = 60
MOST_SHOWN = 400


@bp.get("/aid/ledger")
@requires(Permission.AID_VIEW)
def ledger():
    months = read_months(request.args.get("months", ""))
    page = paginate(
        queries.ledger(
            policy.visible_to(current_user),
            q=request.args.get("q", ""),
            months=months,
            kind=request.args.get("kind", ""),
            status=request.args.get("status", ""),
            class_name=request.args.get("class", "").strip(),
        )
    )
    return render_template(
        "aid/ledger.html",
        page=page,
        months=_month_choices(),
        kinds=[(kind.value, kind.label) for kind in AidKind],
        statuses=[(each.value, each.label) for each in AwardStatus],
        status=request.args.get("status", ""),
        payers=[(each.value, each.label) for each in Payer],
        classes=_class_names(),
        without_card={award.student_id for award in service.missing_cards(page.items)},
    )


def _month_choices():
    return [(each.key, each.label) for each in queries.offered_months()]


def _class_names():
    return [each.name for each in db.session.scalars(classes().limit(OFFERED_CLASSES))]


@bp.post("/aid/ledger/approval")
@requires(Permission.AID_MANAGE)
def approve_chosen():
    form = forms.ChosenForm()
    chosen = _chosen(form)
    service.approve_all(chosen, reason=form.reason.data or "", by=current_user)
    flash(_("已批准 %(count)s 项。", count=len(chosen)))
    return redirect(url_for(".ledger", status=AwardStatus.APPROVED.value))


@bp.post("/aid/ledger/payments")
@requires(Permission.AID_MANAGE)
def pay_chosen():
    form = forms.ChosenForm()
    chosen = _chosen(form)
    paid = service.pay_all(
        chosen,
        paid_on=form.paid_on.data or today(),
        batch=form.batch.data or "",
        payer=form.payer.data or Payer.SCHOOL,
        by=current_user,
    )
    flash(_("已登记发放 %(count)s 项。", count=len(paid)))
    return redirect(url_for(".ledger", status=AwardStatus.APPROVED.value))


def _chosen(form):
    if not form.validate_on_submit():
        abort(400)
    chosen = queries.chosen(policy.visible_to(current_user), form.ids.data or [])
    if not chosen:
        raise DomainError(_("没有选中任何一项。先在前面打勾。"))
    return chosen


@bp.route("/aid/proposals", methods=["GET", "POST"])
@requires(Permission.AID_MANAGE)
def proposals():
    kind = _kind(request.args.get("kind", ""))
    months = read_months(request.args.get("months", "")) or queries.months_of_today()
    if months is None:
        return render_template("aid/proposals.html", months=None)
    school_class = find_class(request.args.get("class", "").strip())
    found = candidates.entitled(kind, months, school_class_id=school_class.id if school_class else None)
    form = forms.ProposalForm()
    refusal = _grant(form, found, kind, months) if request.method == "POST" else None
    if refusal is None and request.method == "POST":
        return redirect(url_for(".ledger", months=months.key, kind=kind.value))
    page = render_template(
        "aid/proposals.html",
        kind=kind,
        months=months,
        lines=_lines(found, kind, months),
        share=candidates.others_with_a_share(months, len(found)) if kind is AidKind.NATIONAL_GRANT else None,
        rule=_rule(kind, months),
        refusal=refusal,
        kinds=[(each.value, each.label) for each in PROPOSED],
        offered=_month_choices(),
        classes=_class_names(),
        most=MOST_SHOWN,
    )
    return page, 409 if refusal else 200


def _kind(value):
    return AidKind(value) if value in PROPOSED else AidKind.NATIONAL_GRANT


def _rule(kind, months):
    """What the page says above the list; counties may have amounts of their own."""
    region = candidates.school_region() if kind not in candidates.BY_COUNTY else ""
    return rule_for(kind.value, region, candidates.day_of(months), rows=own_rows())


def _lines(found, kind, months):
    """Each entitled student with what stands against a grant; who has it already is left out."""
    drafts = [service.draft(each.student, kind=kind, months=months, amount=each.amount) for each in found[:MOST_SHOWN]]
    checked = [each.findings for each in claims.check(drafts)]
    lines = zip(found[:MOST_SHOWN], checked, strict=True)
    return [(each, findings) for each, findings in lines if "AID-1" not in {finding.rule.code for finding in findings}]


def _grant(form, found, kind, months):
    """Why nothing was granted; None when it was."""
    if not form.validate():
        return _("页面打开太久了。再点一次。")
    wanted = set(form.ids.data or [])
    chosen = [each for each in found if each.student.id in wanted]
    if not chosen:
        return _("没有选中任何一项。先在前面打勾。")
    try:
        granted = service.grant(chosen, kind=kind, months=months, reason=form.reason.data or "", by=current_user)
    except DomainError as refusal:
        return str(refusal)
    flash(_("已批准 %(count)s 人。", count=len(granted)))
    return None


@bp.route("/students/<int:student_id>/aid/awards/new", methods=["GET", "POST"])
@requires(Permission.AID_MANAGE)
def plan_award(student_id):
    student = get_or_404(for_page(student_policy.visible_to(current_user)), student_id)
    form = forms.AwardForm(data={"kind": AidKind.IN_KIND})
    offered = queries.offered_months()
    form.offer([*offered, *dict.fromkeys(each.year for each in offered)])

    if form.validate_on_submit():
        values = form.values
        if values["amount"] is None and values["kind"] is not AidKind.IN_KIND:
            (entitlement,) = candidates.entitlements([student], values["kind"], values["months"])
            values["amount"] = entitlement.amount
        try:
            award = service.plan_award(student, by=current_user, **values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已列入，批准以后发放。"))
            return redirect(url_for(".award", award_id=award.id))

    return render_template("aid/award_form.html", form=form, student=student), form.status_code


@bp.route("/students/<int:student_id>/aid/card", methods=["GET", "POST"])
@requires(Permission.AID_MANAGE)
def record_card(student_id):
    student = get_or_404(for_page(student_policy.visible_to(current_user)), student_id)
    form = forms.CardForm(data={"holder_name": student.name})

    if form.validate_on_submit():
        try:
            service.record_card(student, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已登记资助卡。"))
            return redirect(url_for(".of_student", student_id=student.id))

    return render_template("aid/card_form.html", form=form, student=student), form.status_code


@bp.get("/aid/awards/<int:award_id>")
@requires(Permission.AID_VIEW)
def award(award_id):
    return _page_of(get_or_404(_loaded(), award_id))


def _loaded():
    return policy.visible_to(current_user).options(*queries.with_people())


def _page_of(record, *, refusal=None):
    steps = AWARD_WORKFLOW.available(record.status, current_user)
    return render_template(
        "aid/award.html",
        award=record,
        findings=claims.check([record])[0].findings,
        steps=steps,
        files={payment.id: attachments_of(payment) for payment in record.payments},
        events=history_of(record),
        refusal=refusal,
    )


@bp.post("/aid/awards/<int:award_id>/transitions/<name>")
@requires(Permission.AID_MANAGE)
def transition(award_id, name):
    record = get_or_404(_loaded(), award_id)
    step = AWARD_WORKFLOW.transitions.get(name) or abort(404)
    authorize(current_user.may(step.permission))
    if name == "pay":
        return redirect(url_for(".pay", award_id=record.id))
    form = forms.StepForm()
    if not form.validate():
        return _page_of(record, refusal=_("页面打开太久了。再点一次。")), 422

    try:
        service.change_status(record, name, reason=form.reason.data or "", by=current_user)
    except DomainError as refusal:
        return _page_of(record, refusal=refusal), 409
    flash(_("%(step)s：已完成。", step=step.label))
    return redirect(url_for(".award", award_id=record.id))


@bp.route("/aid/awards/<int:award_id>/payments/new", methods=["GET", "POST"])
@requires(Permission.AID_MANAGE)
def pay(award_id):
    record = get_or_404(_loaded(), award_id)
    form = forms.PaymentForm()

    if form.validate_on_submit():
        try:
            service.pay(record, receipt=form.upload, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已登记发放。"))
            return redirect(url_for(".award", award_id=record.id))

    page = render_template("aid/payment_form.html", form=form, award=record, card=queries.card_of(record.student))
    return page, form.status_code


@bp.get("/aid/mine")
@requires(Permission.AID_MINE)
def mine():
    return render_template(
        "aid/mine.html", awards=queries.own_awards(current_user), is_guardian=not current_user.has(Role.STUDENT)
    )
