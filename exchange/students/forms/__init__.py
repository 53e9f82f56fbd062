"""What people enter about students."""

from exchange.students.forms.consents import AnswerForm, ConsentForm, LinkAnswerForm, LinkForm, WithdrawForm
from exchange.students.forms.corrections import ApproveForm, AskForm, CompareForm, FilingForm, RefuseForm
from exchange.students.forms.guardians import ContactForm, EndForm, GuardianContactForm, GuardianForm
from exchange.students.forms.photos import PhotoUploadForm
from exchange.students.forms.records import DetailsForm, ExportForm, RevealForm

__all__ = [
    "AnswerForm",
    "ApproveForm",
    "AskForm",
    "CompareForm",
    "ConsentForm",
    "ContactForm",
    "DetailsForm",
    "EndForm",
    "ExportForm",
    "FilingForm",
    "GuardianContactForm",
    "GuardianForm",
    "LinkAnswerForm",
    "LinkForm",
    "PhotoUploadForm",
    "RefuseForm",
    "RevealForm",
    "WithdrawForm",
]
