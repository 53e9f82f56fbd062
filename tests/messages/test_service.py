"""Sending, delivering, trying again, reading, and where people want to be reached."""

import pytest
from sqlalchemy import select

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.errors import DomainError, NotPossible
from exchange.jobs.models import Job
from exchange.messages import queries, service
from exchange.messages.email import EMAIL
from exchange.messages.models import Address, Delivery, DeliveryState, Message
from tests.factories.accounts import RegistrarFactory, UserFactory
from tests.factories.messages import AddressFactory, DeliveryFactory, MessageFactory

TOLD = {"key": "placement.approved:1", "title": "实习安排批准了", "body": "岩温罕：某酒店", "url": "/placements/mine"}


def test_message_stands_in_the_inbox_and_in_the_trail(db):
    recipient, registrar = UserFactory(), RegistrarFactory()

    message = service.send(recipient, **TOLD, by=registrar)

    assert (message.recipient, message.body, message.read_at) == (recipient, "岩温罕：某酒店", None)
    assert message.deliveries == []
    assert [(line.action, line.actor) for line in timeline(message)] == [("message.sent", registrar)]


def test_what_it_says_is_sealed_in_the_database(db):
    message = service.send(UserFactory(), **TOLD, by=None)
    database.session.flush()

    kept = database.session.execute(database.text("SELECT body FROM message WHERE id = :id"), {"id": message.id})
    assert "岩温罕" not in kept.scalar_one()


def test_whoever_named_an_address_is_told_there_too(db, pigeon):
    recipient = AddressFactory(destination="north tower").user

    message = service.send(recipient, **TOLD, by=None)

    (delivery,) = message.deliveries
    assert (delivery.channel, delivery.state) == ("pigeon", DeliveryState.WAITING)
    (job,) = database.session.scalars(select(Job).where(Job.task == "messages.deliver"))
    assert job.arguments == {"delivery_id": delivery.id}


def test_whoever_named_none_is_not(db, pigeon):
    assert service.send(UserFactory(), **TOLD, by=None).deliveries == []


def test_only_the_title_leaves_the_house(db, pigeon):
    delivery = DeliveryFactory(
        message__title="实习安排批准了", message__body="岩温罕：某酒店", state=DeliveryState.WAITING
    )
    AddressFactory(user=delivery.message.recipient)

    service.deliver(delivery, link="https://school.example/messages/1")

    ((address, title, text),) = pigeon.carried
    assert (address, title) == ("north tower", "实习安排批准了")
    assert "https://school.example/messages/1" in text
    assert "岩温罕" not in title + text
    assert (delivery.state, delivery.attempts, delivery.failure) == (DeliveryState.SENT, 2, "")


def test_what_has_gone_out_does_not_go_out_again(db, pigeon):
    delivery = DeliveryFactory(state=DeliveryState.SENT)
    AddressFactory(user=delivery.message.recipient)

    service.deliver(delivery, link="")

    assert pigeon.carried == []


def test_refusal_of_the_channel_stands_in_the_log(db, pigeon):
    delivery = DeliveryFactory(state=DeliveryState.WAITING, attempts=0)
    AddressFactory(user=delivery.message.recipient)
    pigeon.refusal = "storm"

    service.deliver(delivery, link="")

    assert (delivery.state, delivery.attempts, delivery.failure) == (DeliveryState.FAILED, 1, "storm")


@pytest.mark.parametrize(("channel", "failure"), [("pigeon", "收件人撤掉了地址"), ("raven", "这个渠道现在没有开通")])
def test_address_or_channel_that_has_gone_is_named(db, pigeon, channel, failure):
    delivery = DeliveryFactory(state=DeliveryState.WAITING, channel=channel)

    service.deliver(delivery, link="")

    assert (delivery.state, delivery.failure) == (DeliveryState.FAILED, failure)


def test_failed_ones_are_tried_again_until_somebody_must_look(db, pigeon):
    again, hopeless = DeliveryFactory(attempts=2), DeliveryFactory(attempts=3)

    service.retry_all()

    assert (again.state, hopeless.state) == (DeliveryState.WAITING, DeliveryState.FAILED)
    assert timeline(again.message)[0].action == "message.retried"


def test_only_a_failed_one_is_tried_again(db):
    with pytest.raises(NotPossible, match="只有没发成的可以再发"):
        service.retry(DeliveryFactory(state=DeliveryState.SENT), by=None)


def test_reading_counts_from_the_first_time(db):
    message = MessageFactory()
    service.note_reading(message.id)
    first = message.read_at

    service.note_reading(message.id)

    assert first is not None
    assert message.read_at == first


def test_all_of_one_person_are_read_and_nobody_elses(db):
    user = UserFactory()
    MessageFactory.create_batch(2, recipient=user)
    other = MessageFactory()

    service.read_all(user)

    database.session.expire_all()
    unread = database.session.scalars(select(Message.id).where(Message.read_at.is_(None))).all()
    assert unread == [other.id]


def test_address_is_kept_changed_and_given_up(db, pigeon):
    user = UserFactory()

    service.set_address(user, name="pigeon", address=" north tower ")
    service.set_address(user, name="pigeon", address="north tower")
    service.set_address(user, name="pigeon", address="south tower")
    assert queries.addresses_of(user) == {"pigeon": "south tower"}
    service.set_address(user, name="pigeon", address="  ")

    assert database.session.query(Address).count() == 0
    assert [line.action for line in timeline(user)] == [
        "message.address_removed",
        "message.address_set",
        "message.address_set",
    ]


def test_address_for_a_channel_that_is_not_there_is_refused(db):
    with pytest.raises(NotPossible, match="没有开通"):
        service.set_address(UserFactory(), name="raven", address="x")


@pytest.mark.parametrize("address", ["name@example.org", " a.b+c@school.example.cn "])
def test_mail_addresses_are_taken_without_blanks_around_them(address):
    assert EMAIL.check(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    ["", "name", "name@", "@example.org", "a@b", "a b@c.d", "a@b.c\nBcc: x@y.z", "a@b.c, d@e.f", "x" * 200 + "@b.c"],
)
def test_what_is_no_mail_address_is_refused_with_an_example(address):
    with pytest.raises(DomainError, match=r"name@example\.org"):
        EMAIL.check(address)


def test_delivery_log_is_filtered_by_state(db):
    failed, sent = DeliveryFactory(), DeliveryFactory(state=DeliveryState.SENT)

    def listed(state):
        return database.session.scalars(queries.deliveries(state=state)).unique().all()

    assert listed("failed") == [failed]
    assert listed("") == [sent, failed]
    assert listed("nonsense") == [sent, failed]
    assert all(isinstance(each, Delivery) for each in listed(""))
