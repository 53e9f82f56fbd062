"""What people fill in: the terms of a document, signatures and links, amendments."""

from exchange.agreements.forms.amending import AmendmentForm, TerminationForm
from exchange.agreements.forms.issuing import GROUPS, TermsForm
from exchange.agreements.forms.signing import ConsentForm, LinkForm, RecordForm, SendForm, SignForm

__all__ = [
    "GROUPS",
    "AmendmentForm",
    "ConsentForm",
    "LinkForm",
    "RecordForm",
    "SendForm",
    "SignForm",
    "TerminationForm",
    "TermsForm",
]
