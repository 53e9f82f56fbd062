"""Projects, quotas, regions, host organisations, their records and posts as people enter them."""

from exchange.partners.forms.hosts import NONE, NOT_RECORDED, SOME, HostForm, PostForm
from exchange.partners.forms.projects import ProjectForm, QuotaForm, RegionsForm, quota_form
from exchange.partners.forms.records import (
    ApprovalForm,
    CreditCheckForm,
    HostRecordForm,
    InspectionForm,
    InternshipPlanForm,
    PublicationForm,
)

__all__ = [
    "NONE",
    "NOT_RECORDED",
    "SOME",
    "ApprovalForm",
    "CreditCheckForm",
    "HostForm",
    "HostRecordForm",
    "InspectionForm",
    "InternshipPlanForm",
    "PostForm",
    "ProjectForm",
    "PublicationForm",
    "QuotaForm",
    "RegionsForm",
    "quota_form",
]
