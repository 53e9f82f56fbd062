"""Background work on applicants."""

from exchange.enrolment import service
from exchange.jobs.models import Job
from exchange.jobs.service import daily


@daily("enrolment.forget_not_taken")
def forget_not_taken(_job: Job) -> None:
    service.forget_not_taken(by=None)
