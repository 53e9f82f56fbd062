"""Background work on papers."""

from exchange.certificates import service
from exchange.jobs.models import Job
from exchange.jobs.service import task


@task("certificates.issue")
def issue(job: Job, *, batch_id: int) -> str:
    service.issue_in_background(job, batch_id)
    return f"/certificates/batches/{batch_id}"
