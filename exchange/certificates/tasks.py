"""Background work on papers."""

from exchange import press
from exchange.certificates import service
from exchange.certificates.kinds import KINDS
from exchange.jobs.models import Job
from exchange.jobs.service import before_work, task


@task("certificates.issue")
def issue(job: Job, *, batch_id: int) -> str:
    service.issue_in_background(job, batch_id)
    return f"/certificates/batches/{batch_id}"


@before_work
def warm_up() -> None:
    for kind in KINDS.values():
        press.warm_up(kind.template)
