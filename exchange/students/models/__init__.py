"""The people: students, their guardians and contacts, what was agreed to, portraits, and corrections."""

from exchange.students.models.consents import ConsentAnswer, ConsentChannel, ConsentKind, ConsentRecord
from exchange.students.models.corrections import KEY_DATA, Correction, CorrectionField, CorrectionStatus
from exchange.students.models.guardians import Contact, ContactKind, Guardian, Guardianship
from exchange.students.models.photos import Photo, PhotoBatch, PhotoBatchStatus, PhotoHint, PhotoItem, PhotoOutcome
from exchange.students.models.student import (
    ON_ROLL,
    NamePart,
    Period,
    Sex,
    Student,
    StudentStatus,
)

__all__ = [
    "KEY_DATA",
    "ON_ROLL",
    "ConsentAnswer",
    "ConsentChannel",
    "ConsentKind",
    "ConsentRecord",
    "Contact",
    "ContactKind",
    "Correction",
    "CorrectionField",
    "CorrectionStatus",
    "Guardian",
    "Guardianship",
    "NamePart",
    "Period",
    "Photo",
    "PhotoBatch",
    "PhotoBatchStatus",
    "PhotoHint",
    "PhotoItem",
    "PhotoOutcome",
    "Sex",
    "Student",
    "StudentStatus",
]
