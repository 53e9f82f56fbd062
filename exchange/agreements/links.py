"""Signing by link: one person reads one document on a phone and signs it once, without an account."""

from collections.abc import Mapping
from typing import Any

from exchange.agreements import service
from exchange.agreements.forms import ConsentForm, SignForm
from exchange.agreements.models import AgreementDocument
from exchange.agreements.values import DocumentKind, Party, Route
from exchange.core.database import db, today
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.links.models import Link
from exchange.placements import service as placements
from exchange.students.models import Guardianship


class SignByLink:
    """The purpose of signing one kind of document: the subject is the document, ``about`` the party."""

    name = service.PURPOSES[DocumentKind.AGREEMENT]
    template = "agreements/link_sign.html"
    renews_for = None

    def asked(self, link: Link) -> Mapping[str, Any]:
        document, signer = _document(link), _signer(link)
        service.check_signer(document, signer, on=today())
        last = document.answer_of(signer.party)
        return {
            "document": document.id,
            "text": document.digest,
            "plan": document.plan_digest,
            "signer": [link.about, signer.name],
            "last": last.id if last else None,
        }

    def page(self, link: Link) -> Mapping[str, Any]:
        document = _document(link)
        return {"document": document, "placement": document.placement, "party": _signer(link).party}

    def form(self) -> SignForm:
        return SignForm()

    def hold(self, link: Link) -> None:
        placements.take(_document(link).placement)

    def answer(self, link: Link, values: Mapping[str, Any]) -> None:
        answer(_document(link), _signer(link), values, route=Route.LINK, by=None)


class ConsentByLink(SignByLink):
    """The consent form, which can also be declined."""

    name = service.PURPOSES[DocumentKind.CONSENT]

    def form(self) -> SignForm:
        return ConsentForm()


def answer(
    document: AgreementDocument, signer: service.Signer, values: Mapping[str, Any], *, route: Route, by: Any
) -> None:
    """Write down what somebody has sent from the own phone or account: the name typed, and signed or declined."""
    service.check_name(signer, values["name"])
    if values.get("decline"):
        service.decline(document, signer, reason=values["reason"], answered_on=today(), route=route, by=by)
    else:
        service.sign(document, signer, signed_on=today(), route=route, by=by)


def _document(link: Link) -> AgreementDocument:
    document = db.session.get(AgreementDocument, link.subject_id)
    if document is None:
        raise NotPossible(_("这份资料已经不在了。"))
    return document


def _signer(link: Link) -> service.Signer:
    party, _colon, number = link.about.partition(":")
    bond = db.session.get(Guardianship, int(number)) if number else None
    if Party(party) is Party.STUDENT:
        return service.Signer(Party.STUDENT, _document(link).placement.student.name)
    return service.Signer(Party(party), bond.guardian.name if bond else link.recipient, bond)
