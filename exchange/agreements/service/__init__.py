"""What can be done with agreements. Functions change, flush and record; the request commits."""

from exchange.agreements.service.amending import amend, terminate
from exchange.agreements.service.issuing import issue, void_for_new_plan
from exchange.agreements.service.sending import PURPOSES, Invitation, about, invite_families, make_link
from exchange.agreements.service.signing import (
    NotInForce,
    NotTheirs,
    ProofMissing,
    Scan,
    Signer,
    check_name,
    check_signer,
    decline,
    sign,
    sign_all_for_school,
)

__all__ = [
    "PURPOSES",
    "Invitation",
    "NotInForce",
    "NotTheirs",
    "ProofMissing",
    "Scan",
    "Signer",
    "about",
    "amend",
    "check_name",
    "check_signer",
    "decline",
    "invite_families",
    "issue",
    "make_link",
    "sign",
    "sign_all_for_school",
    "terminate",
    "void_for_new_plan",
]
