"""Daily work on classes."""

from exchange.jobs.models import Job
from exchange.jobs.service import daily
from exchange.programmes import service


@daily("programmes.bring_up_to_date")
def bring_up_to_date(_job: Job) -> None:
    service.bring_up_to_date(by=None)
