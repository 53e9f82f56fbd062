"""Links with which host, student and guardian sign on a phone, without an account."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from exchange.accounts.models import User
from exchange.agreements import documents, queries
from exchange.agreements.models import AgreementDocument
from exchange.agreements.service.signing import ProofMissing, Signer, check_signer
from exchange.agreements.values import DocumentKind, Party
from exchange.core.database import today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.links import service as links
from exchange.placements.models import Placement

PURPOSES = {DocumentKind.AGREEMENT: "agreement_signature", DocumentKind.CONSENT: "internship_consent"}


FAMILY = (Party.STUDENT, Party.GUARDIAN)


class Invitation(NamedTuple):
    """What one person of one placement gets: a token for each paper not signed yet, or why there is none."""

    placement: Placement
    signer: Signer
    tokens: tuple[tuple[AgreementDocument, str], ...]
    refusal: str = ""


def about(signer: Signer) -> str:
    """Which of the parties a link asks: ``host``, ``student``, ``guardian:12`` with the guardianship's number."""
    return f"{signer.party.value}:{signer.guardianship.id}" if signer.guardianship else signer.party.value


def make_link(document: AgreementDocument, signer: Signer, *, valid_for: timedelta, by: User) -> str:
    """The token of a link, which nobody can be told again; an earlier one for the same person is taken back.

    Raises ``NotInForce``, ``NotTheirs``, ``NotPossible`` and, for who cannot read it, ``ProofMissing``.
    """
    check_signer(document, signer, on=today())
    if signer.guardianship and signer.guardianship.guardian.reads_mandarin is False:
        raise ProofMissing(_("%(name)s不识汉字，要有人念给本人听，用当面签字。", name=signer.name))
    _link, token = links.make(
        purpose=PURPOSES[document.kind],
        subject=document,
        about=about(signer),
        recipient=signer.name,
        valid_for=valid_for,
        by=by,
    )
    return token


def invite_families(placements: Iterable[Placement], *, valid_for: timedelta, by: User) -> list[Invitation]:
    """New links for exactly those students and guardians who have not signed; old ones are taken back."""
    placements = list(placements)
    standings = queries.standings(placements)
    invitations = []
    for placement in placements:
        for party in FAMILY:
            unsigned = [each.document for each in standings[placement.id] if party in each.missing and each.document]
            if unsigned:
                invitations.append(_invite(placement, party, unsigned, valid_for=valid_for, by=by))
    return invitations


def _invite(
    placement: Placement, party: Party, unsigned: list[AgreementDocument], *, valid_for: timedelta, by: User
) -> Invitation:
    signer = Signer(Party.STUDENT, placement.student.name)
    if party is Party.GUARDIAN:
        bond = next(iter(documents.signing_guardianships(placement, on=today())), None)
        signer = Signer(party, bond.guardian.name if bond else str(party.label), bond)
    try:
        tokens = [(each, make_link(each, signer, valid_for=valid_for, by=by)) for each in unsigned]
    except DomainError as refusal:
        return Invitation(placement, signer, (), str(refusal))
    return Invitation(placement, signer, tuple(tokens))
