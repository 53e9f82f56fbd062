"""Daily work on placements."""

from exchange.jobs.models import Job
from exchange.jobs.service import advance, daily
from exchange.placements.service import recheck


@daily("placements.recheck")
def recheck_all(job: Job) -> str:
    """The rules, the calendar and the dates of every placement, every night."""
    recheck(lambda done, total: advance(job, done, total))
    return "/placements?new=1"
