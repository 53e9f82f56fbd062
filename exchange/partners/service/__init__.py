"""What can be done to projects, bureaus, hosts and posts. Functions change, flush and record; the request commits."""

from exchange.partners.service.hosts import (
    HostExists,
    InvalidCreditCode,
    UnknownProvince,
    change_host,
    change_post,
    create_host,
    create_post,
)
from exchange.partners.service.projects import (
    InvalidProject,
    NotABureau,
    ProjectExists,
    UnknownRegion,
    change_project,
    create_project,
    grant_regions,
    set_quotas,
)
from exchange.partners.service.records import (
    record_approval,
    record_credit_check,
    record_inspection,
    record_plan,
    record_publication,
)

__all__ = [
    "HostExists",
    "InvalidCreditCode",
    "InvalidProject",
    "NotABureau",
    "ProjectExists",
    "UnknownProvince",
    "UnknownRegion",
    "change_host",
    "change_post",
    "change_project",
    "create_host",
    "create_post",
    "create_project",
    "grant_regions",
    "record_approval",
    "record_credit_check",
    "record_inspection",
    "record_plan",
    "record_publication",
    "set_quotas",
]
