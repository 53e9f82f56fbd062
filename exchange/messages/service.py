"""Sending messages, through the inbox and every channel the person has named; reading them; trying once more."""

from sqlalchemy import update

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.jobs.service import enqueue
from exchange.messages import queries
from exchange.messages.channels import NotDelivered, channel, channels
from exchange.messages.events import MessageEvent
from exchange.messages.models import Address, Delivery, DeliveryState, Message

DELIVER = "messages.deliver"
MOST_ATTEMPTS = 3  # one a day; then somebody must look at the address


def send(recipient: User, *, key: str, title: str, body: str, url: str = "", by: User | None) -> Message:
    """Tell this person something: into the inbox, and through every channel with an address.

    ``title`` names nobody: it may appear on a locked screen. ``key`` says what it is about.
    """
    message = Message(recipient=recipient, key=key, title=title, body=body, url=url)
    db.session.add(message)
    record(MessageEvent.SENT, message, by=by, key=key)
    known = queries.addresses_of(recipient) if channels() else {}
    for each in channels():
        if each.name in known:
            _hand_over(message, each.name)
    return message


def _hand_over(message: Message, name: str) -> None:
    delivery = Delivery(message=message, channel=name)
    db.session.add(delivery)
    db.session.flush()
    enqueue(DELIVER, by=None, delivery_id=delivery.id)


def deliver(delivery: Delivery, *, link: str) -> None:
    """Try once; the outcome stands in the log. What has gone out does not go out again."""
    lock(delivery)
    if delivery.state is DeliveryState.SENT:
        return
    delivery.attempts += 1
    delivery.tried_at = now()
    try:
        _pass_on(delivery, link)
    except NotDelivered as refusal:
        delivery.state, delivery.failure = DeliveryState.FAILED, str(refusal)[:200]
    else:
        delivery.state, delivery.failure = DeliveryState.SENT, ""


def _pass_on(delivery: Delivery, link: str) -> None:
    """Outside of the house only the title and the way to the message are told."""
    way = channel(delivery.channel)
    address = queries.address_of(delivery.message.recipient_id, delivery.channel)
    if way is None:
        raise NotDelivered(str(_("这个渠道现在没有开通")))
    if address is None:
        raise NotDelivered(str(_("收件人撤掉了地址")))
    title = delivery.message.title
    text = _("%(title)s\n\n登录后查看：%(link)s", title=title, link=link) if link else title
    way.deliver(address, title, str(text))


def retry(delivery: Delivery, *, by: User | None) -> None:
    """Try a failed delivery once more. Raises ``NotPossible``."""
    lock(delivery)
    if delivery.state is not DeliveryState.FAILED:
        raise NotPossible(_("只有没发成的可以再发。"))
    delivery.state = DeliveryState.WAITING
    record(MessageEvent.RETRIED, delivery.message, by=by, channel=delivery.channel)
    enqueue(DELIVER, by=by, delivery_id=delivery.id)


def retry_all() -> None:
    """Once a day: what did not go out, until ``MOST_ATTEMPTS``."""
    for delivery in queries.undelivered(MOST_ATTEMPTS):
        retry(delivery, by=None)


def note_reading(message_id: int) -> None:
    """The person has opened the message."""
    message = db.session.get_one(Message, message_id)
    message.read_at = message.read_at or now()


def read_all(user: User) -> None:
    """Everything in the inbox counts as read."""
    unread = update(Message).where(Message.recipient_id == user.id, Message.read_at.is_(None))
    db.session.execute(unread.values(read_at=now()))


def set_address(user: User, *, name: str, address: str) -> None:
    """Where this person wants to be reached; an empty address ends it. Raises ``NotPossible``, ``DomainError``."""
    way = channel(name)
    if way is None:
        raise NotPossible(_("这个渠道现在没有开通。"))
    lock(user)
    kept = db.session.query(Address).filter_by(user_id=user.id, channel=name).one_or_none()
    if not address.strip():
        if kept:
            db.session.delete(kept)
            record(MessageEvent.ADDRESS_REMOVED, user, by=user, channel=name)
        return
    value = way.check(address)
    if kept and kept.destination == value:
        return
    if kept:
        kept.destination = value
    else:
        db.session.add(Address(user_id=user.id, channel=name, destination=value))
    record(MessageEvent.ADDRESS_SET, user, by=user, channel=name)
