"""Messages in somebody's inbox, and channels of an installation that has some."""

import factory

from exchange.messages.channels import NotDelivered
from exchange.messages.models import Address, Delivery, DeliveryState, Message
from tests.factories.accounts import UserFactory
from tests.factories.base import Factory


class MessageFactory(Factory):
    """Unread."""

    class Meta:
        model = Message

    recipient = factory.SubFactory(UserFactory)
    key = factory.Sequence(lambda n: f"test:{n}")
    title = "实习安排批准了"
    body = "上岗前还要办的事，在“实习”里看。"
    url = "/placements/mine"


class AddressFactory(Factory):
    class Meta:
        model = Address

    user = factory.SubFactory(UserFactory)
    channel = "pigeon"
    destination = "north tower"


class DeliveryFactory(Factory):
    """It did not go out."""

    class Meta:
        model = Delivery

    message = factory.SubFactory(MessageFactory)
    channel = "pigeon"
    state = DeliveryState.FAILED
    attempts = 1


class Pigeon:
    """A channel that a school might add; ``carried`` is what it took."""

    name, label = "pigeon", "信鸽"
    is_ready = True

    def __init__(self):
        self.carried, self.refusal = [], ""

    def check(self, address):
        return address.strip()

    def deliver(self, address, title, text):
        if self.refusal:
            raise NotDelivered(self.refusal)
        self.carried.append((address, title, text))
