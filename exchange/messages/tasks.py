"""Background work of messages: handing them over, trying again, reminding."""

from exchange.core.database import db, today
from exchange.jobs.models import Job
from exchange.jobs.service import daily, task
from exchange.messages import reminders, service
from exchange.messages.links import link_to
from exchange.messages.models import Delivery


@task(service.DELIVER)
def deliver(_job: Job, *, delivery_id: int) -> None:
    delivery = db.session.get_one(Delivery, delivery_id)
    service.deliver(delivery, link=link_to(delivery.message_id))


@daily("messages.retry")
def retry(_job: Job) -> None:
    service.retry_all()


@daily("messages.remind")
def remind(_job: Job) -> None:
    reminders.remind(today())
