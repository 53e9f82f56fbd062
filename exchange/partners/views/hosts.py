"""The pages of host organisations and their posts."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.i18n import _, listed
from exchange.core.pagination import paginate
from exchange.partners import findings, forms, queries, service
from exchange.partners.models import HostOrganisation, Post
from exchange.partners.recording import KINDS
from exchange.partners.views.blueprint import bp
from exchange.reference.majors import major_name
from exchange.reference.names import named


@bp.get("")
@requires(Permission.PARTNER_VIEW)
def index():
    rows = queries.hosts(
        q=request.args.get("q", ""), province=request.args.get("province", ""), sort=request.args.get("sort", "")
    )
    hosts = paginate(rows)
    return render_template(
        "partners/index.html",
        hosts=hosts,
        provinces={code: named(name) for code, name in queries.provinces().items()},
        posts=queries.numbers_of_posts([host.id for host in hosts]),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PARTNER_MANAGE)
def create():
    form = forms.HostForm()

    if form.validate_on_submit():
        try:
            host = service.create_host(by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已登记。现在登记它的岗位。"))
            return redirect(url_for(".show", host_id=host.id))

    return render_template("partners/form.html", form=form, host=None), form.status_code


@bp.get("/<int:host_id>")
@requires(Permission.PARTNER_VIEW)
def show(host_id):
    host = get_or_404(select(HostOrganisation), host_id)
    posts = queries.posts_of(host)
    return render_template(
        "partners/show.html",
        host=host,
        province=queries.provinces().get(host.province, host.province),
        findings=findings.findings_about(host, may_mend=current_user.may(Permission.PARTNER_MANAGE)),
        kinds=KINDS.values(),
        posts=posts,
        majors={post.id: listed(major_name(code) for code in post.majors or ()) for post in posts},
        events=timeline(host),
    )


@bp.route("/<int:host_id>/edit", methods=["GET", "POST"])
@requires(Permission.PARTNER_MANAGE)
def edit(host_id):
    host = get_or_404(select(HostOrganisation), host_id)
    form = forms.HostForm(obj=host)

    if form.validate_on_submit():
        try:
            service.change_host(host, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".show", host_id=host.id))

    return render_template("partners/form.html", form=form, host=host), form.status_code


@bp.route("/<int:host_id>/posts/new", methods=["GET", "POST"])
@requires(Permission.PARTNER_MANAGE)
def create_post(host_id):
    host = get_or_404(select(HostOrganisation), host_id)
    form = forms.PostForm(data={"venue": host.venue})

    if form.validate_on_submit():
        service.create_post(host, by=current_user, **form.values)
        flash(_("已登记岗位。"))
        return redirect(url_for(".show", host_id=host.id))

    return render_template("partners/post.html", form=form, host=host, post=None), form.status_code


@bp.route("/<int:host_id>/posts/<int:post_id>/edit", methods=["GET", "POST"])
@requires(Permission.PARTNER_MANAGE)
def edit_post(host_id, post_id):
    post = get_or_404(select(Post).where(Post.host_organisation_id == host_id), post_id)
    form = forms.PostForm(obj=post, data={"hazards_known": _known(post)})

    if form.validate_on_submit():
        service.change_post(post, by=current_user, **form.values)
        flash(_("已保存。正在准备的实习按新的情况重新核对。"))
        return redirect(url_for(".show", host_id=host_id))

    return render_template("partners/post.html", form=form, host=post.host_organisation, post=post), form.status_code


def _known(post: Post) -> str:
    if post.hazards is None:
        return forms.NOT_RECORDED
    return forms.SOME if post.hazards else forms.NONE
