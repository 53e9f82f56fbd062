"""The public check of a paper."""

from flask import redirect, render_template, request, url_for

from exchange.certificates import verification
from exchange.certificates.forms import FileForm, VerifyForm
from exchange.certificates.views.blueprint import bp
from exchange.core.access import public
from exchange.core.database import today
from exchange.core.errors import UsageProblem
from exchange.core.limits import limited


@bp.route("/verify", methods=["GET", "POST"])
@public
@limited("60 per minute")
def verify():
    """By number as ``/verify?number=…``, or by dropping the file."""
    number_form, form = VerifyForm(request.args), FileForm()
    if request.method == "GET" and "number" in request.args and number_form.validate():
        return redirect(url_for(".verify_number", number=number_form.number.data, lang=request.args.get("lang")))
    if form.validate_on_submit():
        try:
            verdict = verification.verify_file(form.file.data.read())
        except UsageProblem as problem:
            form.file.errors = [*form.file.errors, str(problem)]
        else:
            return render_template("certificates/verdict.html", verdict=verdict, today=today())
    page = render_template("certificates/verify.html", form=form, number_form=number_form)
    return page, 422 if form.errors or number_form.errors else 200


@bp.get("/verify/<number>")
@public
@limited("60 per minute")
def verify_number(number):
    verdict = verification.verify_number(number)
    status = 200 if verdict.certificate else 404
    return render_template("certificates/verdict.html", verdict=verdict, today=today()), status
