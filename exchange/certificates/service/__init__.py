"""Request, approve, issue, revoke and replace papers."""

from exchange.certificates.service.batches import (
    approve,
    approve_batch,
    decline_batch,
    issue_at_once,
    new_request_key,
    request_batch,
    resume_batch,
    specimen,
    zip_of,
)
from exchange.certificates.service.ending import reissue, revoke
from exchange.certificates.service.issuing import issue_batch, issue_in_background
from exchange.certificates.service.refusals import AlreadyRevoked, NotAllowed

__all__ = [
    "AlreadyRevoked",
    "NotAllowed",
    "approve",
    "approve_batch",
    "decline_batch",
    "issue_at_once",
    "issue_batch",
    "issue_in_background",
    "new_request_key",
    "reissue",
    "request_batch",
    "resume_batch",
    "revoke",
    "specimen",
    "zip_of",
]
