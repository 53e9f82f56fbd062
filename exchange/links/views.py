"""The page behind a link, for somebody without an account; and the address that is shown once to whoever made it."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_login import current_user

from exchange.core.access import public
from exchange.core.database import write_apart
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.limits import limited
from exchange.links import queries, service
from exchange.links.purposes import PURPOSES
from exchange.press import qr

bp = Blueprint("links", __name__)
NO_TRACE = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
GONE = 410


@bp.route("/m/<token>", methods=["GET", "POST"])
@public
@limited("30 per minute")
def answer(token):
    link = queries.find(token)
    if link is None:
        return _refused(_("没有这个链接。看看是不是没有复制完整。"), None), 404, NO_TRACE
    if why := service.refusal(link):
        return _refused(why, link), GONE, NO_TRACE
    purpose = PURPOSES[link.purpose]
    form = purpose.form()

    if current_user.is_authenticated:
        form.form_errors.append(_signed_in(link))
    elif form.validate_on_submit():
        try:
            service.answer(link, form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            return _answered(link, token)
    else:
        _note_opening(link)

    page = render_template(
        purpose.template, link=link, form=form, may_answer=not current_user.is_authenticated, **purpose.page(link)
    )
    return page, form.status_code, NO_TRACE


def _answered(link, token):
    """A link that is used up says thank you; a standing one shows its page again."""
    if link.used_at:
        return render_template("links/answered.html", link=link), 200, NO_TRACE
    flash(_("学校收到了。"))
    return redirect(url_for(".answer", token=token)), 302, NO_TRACE


def address_of(token):
    """The whole address, as it is sent."""
    return current_app.config["PUBLIC_URL"].rstrip("/") + url_for("links.answer", token=token)


def code_of(token):
    """The address as a QR code: side and path of an SVG."""
    return qr.path(address_of(token))


def _refused(why, link):
    return render_template("links/refused.html", why=why, link=link)


def _signed_in(link):
    """Whoever made the link must not answer it, and nobody by mistake in the name of another."""
    return _(
        "这是发给%(name)s的链接，现在登录的是%(user)s。先退出，再由%(name)s本人答复。",
        name=link.recipient,
        user=current_user.name,
    )


def _note_opening(link):
    if link.opened_at is None:
        link_id = link.id
        write_apart(lambda: service.note_opening(link_id))
