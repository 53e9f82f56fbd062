"""The base form: fields, CSRF, and the token of scripts."""

from typing import Any, ClassVar

from flask import Flask, Response, current_app, g, jsonify, request
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect, generate_csrf, validate_csrf
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.exceptions import BadRequest
from wtforms import BooleanField, Field, ValidationError

from exchange.core.form_sentences import Sentences
from exchange.core.i18n import _

csrf = CSRFProtect()
SAFE = {"GET", "HEAD", "OPTIONS"}
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


class Form(FlaskForm):
    """A form of the product. A stale token is an error like any other: the form comes back with everything typed."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """A form reads the fields and files of a form; Flask-WTF would take any JSON for one, ``5`` as well."""
            if formdata is None or hasattr(formdata, "getlist"):
                return formdata
            return CombinedMultiDict((request.files, request.form)) if form.is_submitted() else None

        def get_translations(self, form: FlaskForm) -> Sentences:
            return Sentences(super().get_translations(form))

    @property
    def status_code(self) -> int:
        """200 for a fresh form, 422 for one sent back; 422 also rolls the request back."""
        return 422 if request.method == "POST" else 200

    @property
    def values(self) -> dict[str, Any]:
        """The validated fields, ready to hand to a service."""
        return {name: value for name, value in self.data.items() if name not in {"csrf_token", "submit"}}

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.errors.get("csrf_token"):
            self.form_errors.append(_("页面打开太久了。内容都还在，请再提交一次。"))
        else:
            g.token_checked = True
        return valid


class FilledForm(Form):
    """A form that is sent back while nothing was filled in beside what it suggests itself."""

    beside: ClassVar[frozenset[str]] = frozenset()  # fields that say nothing by themselves

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if valid and not self._says_something():
            self.form_errors.append(_("至少填一项；还没有办，就先不登记。"))
        return valid and not self.form_errors

    def _says_something(self) -> bool:
        return any(
            _is_filled(field) for name, field in self._fields.items() if name not in {"csrf_token", *self.beside}
        )


def _is_filled(field: Field) -> bool:
    """A box that is not ticked says nothing; a nought and a no do."""
    if isinstance(field, BooleanField):
        return bool(field.data)
    return field.data is not None and field.data != "" and field.data != []


class ActionForm(Form):
    """A button: no fields but the CSRF token."""


def sent_json() -> Any:
    """What a script has sent; None where it is no JSON. Brackets in brackets by the thousand are none either."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def _check_token_of_scripts() -> Any:
    """Requests that are not forms carry the token in a header; a stale one is answered with a fresh one."""
    if request.method in SAFE or request.mimetype in FORMS:
        return None
    try:
        validate_csrf(request.headers.get("X-CSRFToken", ""))
    except ValidationError:
        return jsonify(message="stale token", csrf_token=generate_csrf()), 419
    return None


def _refuse_unchecked_form(response: Response) -> Response:
    """Deny by default: a form whose token is missing or stale changes nothing, even where a view forgot to look."""
    unchecked = request.method not in SAFE and request.mimetype in FORMS and response.status_code < 400
    if not unchecked or g.get("token_checked") or g.get("asked_to_sign_in"):
        return response
    try:
        validate_csrf(request.form.get("csrf_token", ""))
    except ValidationError:
        return current_app.make_response(current_app.handle_user_exception(BadRequest()))
    return response


def init_app(app: Flask) -> None:
    app.config.setdefault("WTF_CSRF_CHECK_DEFAULT", False)  # forms check themselves, scripts below
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", 12 * 3600)
    csrf.init_app(app)
    app.before_request(_check_token_of_scripts)
    app.after_request(_refuse_unchecked_form)  # runs before the hook that commits
