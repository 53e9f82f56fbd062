"""Rules and amounts: what is in force today, what the package brings, what the school sets itself."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.aid import conditions, forms, service
from exchange.aid.amounts import packaged
from exchange.aid.models import AidRule
from exchange.aid.queries.amounts import own_rows
from exchange.aid.values import SHARE, AidKind
from exchange.aid.views import bp
from exchange.core.access import requires
from exchange.core.database import get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.partners.queries import counties_to_offer, provinces
from exchange.reference.areas import area_name, find_area

AREA_DIGITS = 6


@bp.get("/aid/amounts")
@requires(Permission.AID_VIEW)
def amounts():
    rows = [*own_rows(), *packaged()]
    order = [*AidKind, SHARE]
    ordered = sorted(rows, key=lambda row: (order.index(row.kind), row.region, -row.begins_on.toordinal()))
    return render_template(
        "aid/amounts.html",
        rows=ordered,
        label_of=_label_of,
        in_words=_in_words,
        area_of=_area_of,
        conditions=conditions.CONDITIONS.values(),
        day=today(),
    )


def _label_of(kind: str) -> str:
    return forms.SHARE_LABEL if kind == SHARE else AidKind(kind).label


def _area_of(region: str) -> str:
    """The name of a region that is kept as the beginning of its code."""
    return area_name(region.ljust(AREA_DIGITS, "0")) if region else _("全国")


def _in_words(text: str) -> str:
    """The condition as a sentence of the reader."""
    groups = [str(_(" 或 ")).join(str(each.label) for each in group) for group in conditions.read(text)]
    return str(_("；")).join(groups)


@bp.route("/aid/amounts/new", methods=["GET", "POST"])
@requires(Permission.AID_MANAGE)
def set_amount():
    kind = request.args.get("kind", "")
    template = next((row for row in packaged() if row.kind == kind), None)
    data = {"kind": kind, "begins_on": today()}
    if template:
        must, either = conditions.taken_apart(template.condition)
        data |= {"period": template.period, "per": template.per, "must": must, "either": either}
    form = forms.RuleForm(data=data)

    if form.validate_on_submit():
        try:
            service.set_rule(by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已设定。新的提名和核对按它计算。"))
            return redirect(url_for(".amounts"))

    page = render_template(
        "aid/amount_form.html", form=form, areas=[*map(find_area, provinces()), *counties_to_offer()]
    )
    return page, form.status_code


@bp.post("/aid/amounts/<int:aid_rule_id>/end")
@requires(Permission.AID_MANAGE)
def end_amount(aid_rule_id):
    rule = get_or_404(select(AidRule), aid_rule_id)
    form = forms.EndForm()
    if form.validate_on_submit():
        service.end_rule(rule, until=form.until.data, by=current_user)
        flash(_("已保存。"))
    else:
        flash(_("没有保存：写明日期。"), "error")
    return redirect(url_for(".amounts"))
