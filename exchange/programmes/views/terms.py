"""The pages of terms."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.programmes import forms, queries, service
from exchange.programmes.models import Term
from exchange.programmes.views.blueprint import bp


@bp.get("/terms")
@requires(Permission.PROGRAMME_VIEW)
def terms():
    return render_template("programmes/terms.html", terms=queries.terms(), current=queries.current_term())


@bp.route("/terms/new", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_MANAGE)
def create_term():
    form = forms.TermForm(data=_following())

    if form.validate_on_submit():
        try:
            service.create_term(**form.values, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("学期已设立。"))
            return redirect(url_for(".terms"))

    return render_template("programmes/term_form.html", form=form, term=None, events=[]), form.status_code


def _following():
    """The term after the last one."""
    last = next(iter(queries.terms()), None)
    if last is None:
        return {}
    return {"school_year": last.school_year + last.number - 1, "number": 3 - last.number}


@bp.route("/terms/<int:term_id>/edit", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_MANAGE)
def edit_term(term_id):
    term = get_or_404(select(Term), term_id)
    form = forms.TermDaysForm(obj=term)

    if form.validate_on_submit():
        try:
            service.change_term(term, **form.values, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".terms"))

    return render_template("programmes/term_form.html", form=form, term=term, events=timeline(term)), form.status_code
