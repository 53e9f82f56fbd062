"""Signing one document: what the office records and sends, and what school, student and guardian sign themselves."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.agreements import documents, forms, notifications, policy, queries, service
from exchange.agreements.links import answer
from exchange.agreements.models import Termination
from exchange.agreements.service import Signer
from exchange.agreements.values import Answer, DocumentKind, Party, Route
from exchange.agreements.views.blueprint import bp
from exchange.core.access import authorize, requires
from exchange.core.database import db, get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.links.views import address_of, code_of
from exchange.placements import queries as placement_queries


@bp.route("/agreements/documents/<int:document_id>/signatures/<party>", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_PLAN)
def record_signature(document_id, party):
    document, party = _document_of_office(document_id), _party_or_404(party)
    bonds = documents.signing_guardianships(document.placement, on=today())
    companions = _unsigned_companions(document, party) if party in {Party.SCHOOL, Party.HOST} else {}
    form = forms.RecordForm(
        document=document,
        party=party,
        guardianships=bonds,
        companions=[each.placement for each in companions.values()],
        data=_suggested(document, party, bonds),
    )

    if form.validate_on_submit():
        also = [companions[each] for each in (form.also.data if "also" in form else ()) or ()]
        scans = form.scans
        try:
            for each in [document, *also]:
                _record(each, _signer(form, each, party, bonds), form, scans)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已登记 %(count)s 份的签字。", count=1 + len(also)))
            return redirect(url_for(".of_placement", placement_id=document.placement_id))

    page = render_template("agreements/record_signature.html", form=form, document=document, party=party)
    return page, form.status_code


def _record(document, signer, form, scans):
    given = {"route": Route(form.route.data), "witness": form.witness.data, "scans": scans, "by": current_user}
    if "answer" in form and form.answer.data == Answer.DECLINED:
        service.decline(document, signer, reason=form.reason.data, answered_on=form.signed_on.data, **given)
    else:
        service.sign(document, signer, signed_on=form.signed_on.data, **given)


def _signer(form, document, party, bonds):
    if party is Party.STUDENT:
        return Signer(party, document.placement.student.name)
    if party is Party.GUARDIAN:
        bond = next((each for each in bonds if each.id == form.guardianship.data), None)
        return Signer(party, bond.guardian.name if bond else "", bond)
    return Signer(party, form.signed_by.data or document.content["signers"][party.value])


def _suggested(document, party, bonds):
    names = {Party.SCHOOL: "", Party.HOST: document.placement.host.contact_name}
    return {"signed_by": names.get(party, ""), "guardianship": bonds[0].id if len(bonds) == 1 else None}


def _unsigned_companions(document, party):
    """The same document of those who go to the same post on the same days, where the party has not signed."""
    found = {}
    companions = placement_queries.companions(document.placement)
    for number, standings in queries.standings(companions).items():
        standing = next(each for each in standings if each.kind is document.kind)
        if standing.document and party in standing.missing:
            found[number] = standing.document
    return found


@bp.route("/agreements/documents/<int:document_id>/links/<party>", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_PLAN)
def send_link(document_id, party):
    document, party = _document_of_office(document_id), _party_or_404(party)
    if party is Party.SCHOOL:
        abort(404)
    bonds = documents.signing_guardianships(document.placement, on=today())
    suggested = _suggested(document, party, bonds)
    form = forms.LinkForm(party=party, guardianships=bonds, data={**suggested, "recipient": suggested["signed_by"]})

    if form.validate_on_submit():
        signer = _recipient(form, document, party, bonds)
        try:
            token = service.make_link(document, signer, valid_for=timedelta(days=form.days.data), by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            return _shown_once(document, signer, token, form.days.data)

    page = render_template(
        "agreements/send_link.html", form=form, document=document, party=party, has_nobody=_has_nobody(party, bonds)
    )
    return page, form.status_code


def _recipient(form, document, party, bonds):
    if party is Party.HOST:
        return Signer(party, form.recipient.data)
    return _signer(form, document, party, bonds)


def _has_nobody(party, bonds):
    return party is Party.GUARDIAN and not bonds


def _shown_once(document, signer, token, days):
    side, path = code_of(token)
    address = address_of(token)
    return render_template(
        "agreements/link_made.html",
        document=document,
        signer=signer,
        address=address,
        reminder=notifications.reminder(
            document.placement, signer.party, signer.name, [(document.kind, address)], days=days
        ),
        side=side,
        path=path,
    )


@bp.post("/agreements/documents/<int:document_id>/school")
@requires(Permission.PLACEMENT_APPROVE)
def sign_for_school(document_id):
    document = get_or_404(policy.visible_to(current_user), document_id)
    authorize(policy.can_sign_for_school(current_user, document.placement))
    if ActionForm().validate_on_submit():
        signer = Signer(Party.SCHOOL, current_user.name)
        service.sign(document, signer, signed_on=today(), route=Route.ACCOUNT, by=current_user)
        flash(_("已代表学校签字。"))
    return redirect(url_for(".of_placement", placement_id=document.placement_id))


@bp.get("/agreements/mine")
@requires(Permission.PLACEMENT_MINE)
def mine():
    owned = queries.in_force_of(policy.own(current_user))
    states = [(each, queries.signed_days(each.placement, each.kind), _own_signer(each)) for each in owned]
    ended = db.session.scalars(policy.own_terminations(current_user).order_by(Termination.id.desc())).all()
    return render_template("agreements/mine.html", states=states, ended=ended)


@bp.route("/agreements/documents/<int:document_id>/sign", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_MINE)
def sign(document_id):
    document = get_or_404(policy.own(current_user), document_id)
    signer = _own_signer(document)
    form = forms.ConsentForm() if document.kind is DocumentKind.CONSENT else forms.SignForm()
    refusal = _refusal(document, signer)

    if not refusal and form.validate_on_submit():
        try:
            answer(document, signer, form.values, route=Route.ACCOUNT, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("您的答复已经记下。"))
            return redirect(url_for(".mine"))

    page = render_template(
        "agreements/sign.html", form=form, document=document, signer=signer, refusal=refusal, may_answer=not refusal
    )
    return page, form.status_code


def _own_signer(document):
    bonds = documents.signing_guardianships(document.placement, on=today())
    found = policy.signs_as(current_user, document, bonds, on=today())
    if found is None:
        return None
    party, bond = found
    return Signer(party, bond.guardian.name if bond else document.placement.student.name, bond)


def _refusal(document, signer):
    if signer is None:
        return _("您可以看，但是登记的不是能签字的监护人。有疑问找班主任。")
    try:
        service.check_signer(document, signer, on=today())
    except DomainError as error:
        return error
    return None


def _document_of_office(document_id):
    document = get_or_404(policy.visible_to(current_user), document_id)
    authorize(policy.can_issue(current_user, document.placement))
    return document


def _party_or_404(name):
    try:
        return Party(name)
    except ValueError:
        abort(404)
