"""Links with which host, student and guardian sign on a phone, without an account."""

from datetime import timedelta

from exchange.accounts.models import User
from exchange.agreements.models import AgreementDocument
from exchange.agreements.service.signing import ProofMissing, Signer, check_signer
from exchange.agreements.values import DocumentKind
from exchange.core.database import today
from exchange.core.i18n import _
from exchange.links import service as links

PURPOSES = {DocumentKind.AGREEMENT: "agreement_signature", DocumentKind.CONSENT: "internship_consent"}


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
