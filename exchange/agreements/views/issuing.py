"""One placement: what is issued, who has signed, and issuing the next version; one document and its paper."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.agreements import documents, forms, policy, queries, service
from exchange.agreements.texts import text_for
from exchange.agreements.values import AmendmentKind, DocumentKind
from exchange.agreements.views.blueprint import bp, paper_file
from exchange.attachments.queries import attachments_by_subject
from exchange.core.access import authorize, requires
from exchange.core.database import get_or_404, now, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.placements import policy as placement_policy
from exchange.placements import queries as placement_queries


@bp.get("/placements/<int:placement_id>/agreements")
@requires(Permission.PLACEMENT_VIEW)
def of_placement(placement_id):
    placement = get_or_404(placement_policy.visible_to(current_user), placement_id)
    versions, standings = queries.versions_of(placement), queries.standings([placement])[placement.id]
    return render_template(
        "agreements/of_placement.html",
        placement=placement,
        standings=standings,
        files=_files(standings),
        links=queries.links_of([each.document for each in standings if each.document]),
        moment=now(),
        amendments=queries.amendments_of(placement),
        amendment_kinds=AmendmentKind,
        termination=queries.termination_of(placement),
        former=[each for each in versions if each.is_void],
        number_of=documents.number_of,
        may_issue=policy.can_issue(current_user, placement),
        may_sign=policy.can_sign_for_school(current_user, placement),
    )


def _files(standings):
    """Signature → its scans, for those who may open them."""
    answers = [state.answer for each in standings for state in each.parties if state.answer]
    return attachments_by_subject(answers) if answers and current_user.may(Permission.PLACEMENT_PLAN) else {}


@bp.route("/placements/<int:placement_id>/agreements/new", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_PLAN)
def issue(placement_id):
    placement = get_or_404(placement_policy.visible_to(current_user), placement_id)
    authorize(policy.can_issue(current_user, placement))
    companions = placement_queries.companions(placement)
    form = forms.TermsForm(companions=companions, data=_suggested(placement))

    if form.validate_on_submit():
        chosen = [placement, *(each for each in companions if each.id in (form.also.data or ()))]
        try:
            for each in chosen:
                service.issue(each, form.terms, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已给 %(count)s 名学生出具三方协议和知情同意书，可以签字了。", count=len(chosen)))
            return redirect(url_for(".of_placement", placement_id=placement.id))

    page = render_template(
        "agreements/issue.html",
        form=form,
        groups=forms.GROUPS,
        placement=placement,
        known=documents.known_values(placement, on=today()),
        has_signed=any(queries.signed_days(placement, kind) for kind in DocumentKind),
        text=text_for(DocumentKind.AGREEMENT, today()),
    )
    return page, form.status_code


def _suggested(placement):
    """The terms of the placement's own last version, else of the last one for the post, else what records hold."""
    own = next((each.terms for each in queries.versions_of(placement)), None)
    text = text_for(DocumentKind.AGREEMENT, today())
    kept = own or queries.last_terms_of(placement.post_id)
    return documents.terms_for_form(kept) if kept else documents.suggested_terms(placement, text)


@bp.get("/agreements/documents/<int:document_id>")
@requires(Permission.PLACEMENT_VIEW)
def show(document_id):
    document = get_or_404(policy.visible_to(current_user), document_id)
    return render_template(
        "agreements/show.html", document=document, placement=document.placement, number_of=documents.number_of
    )


@bp.get("/agreements/documents/<int:document_id>.pdf")
@requires(Permission.PLACEMENT_VIEW)
def paper(document_id):
    document = get_or_404(policy.visible_to(current_user), document_id)
    return paper_file([document], documents.number_of(document))
