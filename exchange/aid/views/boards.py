"""The overview, the board of double claims, what changes of status ask, and the totals."""

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.aid import documents, forms, service
from exchange.aid.months import read_months
from exchange.aid.queries import awards, claims
from exchange.aid.queries import impacts as impact_queries
from exchange.aid.queries import totals as total_queries
from exchange.aid.queries.waiting import waiting_for
from exchange.aid.views import bp
from exchange.core.access import requires
from exchange.core.database import today
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/aid")
@requires(Permission.AID_VIEW)
def index():
    months = awards.months_of_today()
    return render_template(
        "aid/index.html",
        waiting=waiting_for(current_user),
        months=months,
        lines=total_queries.of_months(months) if months else [],
    )


@bp.get("/aid/claims")
@requires(Permission.AID_VIEW)
def double_claims():
    months = read_months(request.args.get("months", "")) or awards.months_of_today()
    return render_template(
        "aid/claims.html",
        months=months,
        found=claims.board(months) if months else [],
        offered=[(each.key, each.label) for each in awards.offered_months()],
    )


@bp.get("/aid/impacts")
@requires(Permission.AID_VIEW)
def impacts():
    return _impacts_page()


def _impacts_page(*, refusal=None):
    return render_template(
        "aid/impacts.html",
        impacts=impact_queries.open_impacts(),
        done=impact_queries.done_impacts(),
        refusal=refusal,
    )


@bp.post("/aid/impacts/settle")
@requires(Permission.AID_MANAGE)
def settle():
    form = forms.SettleForm()
    if not form.validate_on_submit():
        return _impacts_page(refusal=_("写明怎么办的：停了哪一批，告知了谁。")), 422
    impact = impact_queries.find_open(form.task.data)
    if impact is None:
        return _impacts_page(refusal=_("这一项已经有人处理了。")), 409
    try:
        service.settle(impact, note=form.reason.data, by=current_user)
    except DomainError as refusal:
        return _impacts_page(refusal=refusal), 409
    flash(_("已处理。"))
    return redirect(url_for(".impacts"))


@bp.get("/aid/totals")
@requires(Permission.AID_TOTALS)
def totals():
    return render_template("aid/totals.html", totals=total_queries.totals(), fewest=total_queries.FEWEST)


@bp.post("/aid/totals")
@requires(Permission.AID_TOTALS)
def export_totals():
    if not ActionForm().validate_on_submit():
        return redirect(url_for(".totals"))
    content = service.export_totals(documents.totals_workbook(total_queries.totals()), by=current_user)
    name = f"{_('资助统计')}-{today():%Y%m%d}.xlsx"
    return send_file(BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name)
