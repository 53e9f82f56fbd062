"""Comparisons with files of the registry, and the correction list that comes out of them."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.attachments.queries import attachments_of
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.counting import in_figures
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.pagination import paginate
from exchange.programmes.queries import find_class
from exchange.reference.names import named
from exchange.registry import documents
from exchange.registry.forms import AnswerForm, DecisionForm, DecisionsForm, ReconciliationForm
from exchange.registry.queries import corrections as queries
from exchange.registry.requirements import NATIONAL_NUMBER, requirements
from exchange.registry.service import deciding, missing, reconciling, states
from exchange.registry.values import Covers, Decision, DifferenceKind, DiscrepancyStatus, TakingOver
from exchange.registry.views.blueprint import bp, offered_classes, workbook

SHOWN_REFUSALS = 3


@bp.route("/registry/reconciliations", methods=["GET", "POST"])
@requires(Permission.REGISTRY_MANAGE)
def reconciliations():
    form = ReconciliationForm()

    if form.validate_on_submit():
        file = form.file.data
        try:
            school_class = queries.find_class_of(form.class_name.data, find_class)
            run = reconciling.upload(file.read(), filename=file.filename, school_class=school_class, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            reconciling.start(run, by=current_user)
            return redirect(url_for(".reconciliation", run_id=run.id))

    page = paginate(queries.reconciliations())
    return (
        render_template("registry/reconciliations.html", form=form, page=page, classes=offered_classes()),
        form.status_code,
    )


@bp.get("/registry/reconciliations/<int:run_id>")
@requires(Permission.REGISTRY_MANAGE)
def reconciliation(run_id):
    run = get_or_404(queries.reconciliations(), run_id)
    asks = run.is_asking and not queries.has_later_run(run)
    return render_template("registry/reconciliation.html", run=run, asks=asks, covers=Covers, events=timeline(run))


@bp.post("/registry/reconciliations/<int:run_id>/answer")
@requires(Permission.REGISTRY_MANAGE)
def answer_reconciliation(run_id):
    """Whether the list holds everybody: only then are those whom it does not show missing."""
    run = get_or_404(queries.reconciliations(), run_id)
    form = AnswerForm()
    if form.validate_on_submit():
        is_whole = form.covers.data == Covers.ALL
        missing.answer(run, is_whole=is_whole, by=current_user)
        flash(_("名单里没有的学生已列入更正清单。") if is_whole else _("记下了：只比对名单里的学生，别的不算缺。"))
    return redirect(url_for(".reconciliation", run_id=run.id))


@bp.get("/registry/corrections")
@requires(Permission.REGISTRY_MANAGE)
def corrections():
    page = paginate(_wanted())
    show = request.args.get("show", "")
    return render_template(
        "registry/corrections.html",
        page=page,
        asking=queries.asking_run(),
        lines=[queries.as_shown(each) for each in page],
        shown=_tabs(show),
        selectable=show != DiscrepancyStatus.GONE.value,
        decisions=Decision,
        kinds=[(kind.value, kind.label) for kind in DifferenceKind],
        headings=[(heading, named(heading)) for heading in (NATIONAL_NUMBER, *requirements())],
    )


@bp.route("/registry/corrections/<int:discrepancy_id>", methods=["GET", "POST"])
@requires(Permission.REGISTRY_MANAGE)
def correction(discrepancy_id):
    discrepancy = get_or_404(queries.for_page(), discrepancy_id)
    way = deciding.way_of_taking_over(discrepancy)
    decisions = [each for each in Decision if each is not Decision.TAKE_OVER or way is not TakingOver.NEVER]
    suggested = deciding.suggestion(discrepancy.kind)
    form = DecisionForm(
        decisions=decisions, data={"decision": (suggested if suggested in decisions else decisions[0]).value}
    )

    if form.validate_on_submit():
        try:
            deciding.decide(
                discrepancy,
                Decision(form.decision.data),
                reason=form.reason.data,
                proofs=form.proofs.contents,
                by=current_user,
            )
            states.catch_up()
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已决定。下次比对时再看是否一致。"))
            return redirect(url_for(".corrections"))

    return (
        render_template(
            "registry/correction.html",
            line=queries.as_shown(discrepancy),
            discrepancy=discrepancy,
            form=form,
            needs_proof=way is TakingOver.PROOF,
            needs_document=deciding.needs_document(discrepancy),
            proofs=attachments_of(discrepancy),
            events=timeline(discrepancy),
        ),
        form.status_code,
    )


@bp.post("/registry/corrections/decide")
@requires(Permission.REGISTRY_MANAGE)
def decide():
    """The selected lines, decided alike."""
    form = DecisionsForm()
    if form.validate_on_submit() and form.ids.data:
        lines = queries.find(form.ids.data)
        decided = deciding.decide_all(lines, Decision(form.decision.data), reason=form.reason.data, by=current_user)
        states.catch_up()
        if decided.done:
            flash(_("已决定 %(count)s 条。", count=decided.done))
        for sentence in list(dict.fromkeys(decided.refusals))[:SHOWN_REFUSALS]:
            flash(sentence, "error")
    else:
        flash(_("先选中要处理的行。"), "error")
    return redirect(url_for(".corrections"))


@bp.post("/registry/corrections/export")
@requires(Permission.REGISTRY_MANAGE)
def export_corrections():
    """The list as a workbook with whole values, for whoever corrects the registry; the download is recorded."""
    if not ActionForm().validate_on_submit():
        return redirect(url_for(".corrections"))
    content = documents.correction_workbook(queries.portions(_wanted()), by=current_user)
    return workbook(content, str(_("更正清单.xlsx")))


def _wanted():
    return queries.corrections(
        show=request.args.get("show", ""),
        kind=request.args.get("kind", ""),
        heading=request.args.get("heading", ""),
        class_name=request.args.get("class", "").strip(),
    )


def _tabs(show):
    """What is to be decided first; the other parts of the list where they have lines."""
    labels = {
        "": DiscrepancyStatus.OPEN.label,
        queries.NUMBERS: DifferenceKind.NUMBER.label,
        queries.OVERDUE: _("拖得太久"),
    }
    return [
        (
            f"{labels.get(name) or DiscrepancyStatus(name).label} {in_figures(count)}",
            url_for(".corrections", show=name or None),
            name == show,
        )
        for name, count in queries.counts().items()
        if count or name in {"", show}
    ]
