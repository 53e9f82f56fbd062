"""What people enter of classes, terms and programmes of study."""

from exchange.programmes.forms.classes import ClassForm, HomeroomForm, NewClassForm, TermDaysForm, TermForm
from exchange.programmes.forms.studies import ApprovalForm, CourseForm, ProgrammeForm

__all__ = [
    "ApprovalForm",
    "ClassForm",
    "CourseForm",
    "HomeroomForm",
    "NewClassForm",
    "ProgrammeForm",
    "TermDaysForm",
    "TermForm",
]
