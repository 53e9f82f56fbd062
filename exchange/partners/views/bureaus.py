"""For which regions the accounts of partner bureaus may act."""

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user

from exchange.accounts.queries import users_with
from exchange.accounts.roles import Permission, Role
from exchange.core.access import requires
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.partners import forms, queries, service
from exchange.partners.views.blueprint import bp
from exchange.reference.names import named_areas


@bp.get("/bureaus")
@requires(Permission.PARTNER_PROJECTS, Permission.ACCOUNT_MANAGE)
def bureaus():
    return render_template(
        "partners/bureaus.html",
        bureaus=users_with(Role.PARTNER),
        regions=queries.regions_of_all(),
        named_areas=named_areas,
    )


@bp.route("/bureaus/<int:user_id>", methods=["GET", "POST"])
@requires(Permission.PARTNER_PROJECTS, Permission.ACCOUNT_MANAGE)
def regions(user_id):
    bureau = next((user for user in users_with(Role.PARTNER) if user.id == user_id), None) or abort(404)
    form = forms.RegionsForm(data={"regions": queries.regions_of(bureau)})

    if form.validate_on_submit():
        try:
            service.grant_regions(bureau, form.regions.data or [], by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".bureaus"))

    return render_template("partners/regions.html", form=form, bureau=bureau), form.status_code
