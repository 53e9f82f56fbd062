"""Signing in and changing the password."""

from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from exchange.core.forms import Form
from exchange.core.i18n import _


class SignInForm(Form):
    username = StringField(_("用户名"), [InputRequired(), Length(max=64)], render_kw={"autocomplete": "username"})
    password = PasswordField(
        _("密码"), [InputRequired(), Length(max=200)], render_kw={"autocomplete": "current-password"}
    )


class PasswordForm(Form):
    old = PasswordField(_("原密码"), [InputRequired()], render_kw={"autocomplete": "current-password"})
    new = PasswordField(
        _("新密码"),
        [InputRequired()],
        description=_("至少 8 个字符；越长越好。"),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("再输一次新密码"),
        [InputRequired(), EqualTo("new", message=_("两次输入的新密码不一样。"))],
        render_kw={"autocomplete": "new-password"},
    )
