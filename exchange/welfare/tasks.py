"""Daily work on the life of students."""

from exchange.jobs.models import Job
from exchange.jobs.service import daily
from exchange.welfare import service


@daily("welfare.free_beds")
def free_beds(_job: Job) -> None:
    service.free_beds_of_leavers(by=None)


@daily("welfare.count_candidates")
def count_candidates(_job: Job) -> None:
    service.count_candidates()
