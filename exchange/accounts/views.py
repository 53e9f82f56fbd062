"""Sign-in, sign-out and the own account."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user

from exchange.accounts import service
from exchange.accounts.forms import PasswordForm, SignInForm
from exchange.core.access import public, signed_in
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.limits import limited

bp = Blueprint("accounts", __name__, url_prefix="/accounts")


@bp.route("/sign-in", methods=["GET", "POST"])
@public
@limited("120 per minute")
def sign_in():
    form = SignInForm()
    if form.validate_on_submit():
        try:
            user = service.sign_in(username=form.username.data.strip(), password=form.password.data)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            _start_session(user)
            return redirect(_own_address(request.args.get("next", "")))

    return render_template("accounts/sign_in.html", form=form), form.status_code


def _start_session(user) -> None:
    """A new session for a new person; only the language goes over."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    login_user(user)


def _own_address(wanted: str) -> str:
    """Where to go on: only to a page of ours."""
    parts = urlsplit(wanted)
    own = wanted.startswith("/") and not wanted.startswith("//") and not parts.scheme and not parts.netloc
    return wanted if own and wanted.isprintable() and "\\" not in wanted else url_for("dashboard.index")


@bp.post("/sign-out")
@signed_in
def sign_out():
    form = ActionForm()
    if form.validate_on_submit():
        service.sign_out(current_user._get_current_object())
        logout_user()
    return redirect(url_for(".sign_in"))


@bp.route("/password", methods=["GET", "POST"])
@signed_in
def password():
    form = PasswordForm()
    if form.validate_on_submit():
        user = current_user._get_current_object()
        try:
            service.change_password(user, old=form.old.data, new=form.new.data)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            login_user(user)
            flash(_("密码已修改，其他设备需要重新登录。"))
            return redirect(url_for("dashboard.index"))

    return render_template("accounts/password.html", form=form), form.status_code
