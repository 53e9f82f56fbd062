"""What can be done with agreements. Functions change, flush and record; the request commits."""

from exchange.agreements.service.issuing import issue, void_for_new_plan
from exchange.agreements.service.sending import PURPOSES, about, make_link
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
)

__all__ = [
    "PURPOSES",
    "NotInForce",
    "NotTheirs",
    "ProofMissing",
    "Scan",
    "Signer",
    "about",
    "check_name",
    "check_signer",
    "decline",
    "issue",
    "make_link",
    "sign",
    "void_for_new_plan",
]
