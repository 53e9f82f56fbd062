"""The inbox as its reader sees it, the own addresses, and the administrator's delivery log."""

from exchange.core.database import db as database
from exchange.messages import queries
from exchange.messages.models import DeliveryState, Message
from tests.factories.accounts import AdministratorFactory, RegistrarFactory, UserFactory
from tests.factories.messages import AddressFactory, DeliveryFactory, MessageFactory


def test_every_page_says_how_many_are_unread(db, sign_in):
    user = RegistrarFactory()
    MessageFactory.create_batch(3, recipient=user)
    MessageFactory()

    assert "3 条未读" in sign_in(user).get("/")


def test_reading_takes_it_off_the_count(db, sign_in):
    message = MessageFactory(recipient=RegistrarFactory())
    browser = sign_in(message.recipient)

    page = browser.get(f"/messages/{message.id}")

    assert message.body in page
    assert 'href="/placements/mine"' in page
    assert "条未读" not in browser.get("/messages")
    assert database.session.get(Message, message.id).read_at is not None


def test_messages_of_others_do_not_exist(db, sign_in):
    other = MessageFactory()
    browser = sign_in(AdministratorFactory())

    browser.get(f"/messages/{other.id}", expect=404)
    assert other.title not in browser.get("/messages")
    assert database.session.get(Message, other.id).read_at is None


def test_all_are_read_with_one_button(db, sign_in):
    user = UserFactory()
    MessageFactory.create_batch(2, recipient=user)
    browser = sign_in(user)
    assert "全部标为已读" in browser.get("/messages")

    browser.post("/messages/read")

    assert "全部标为已读" not in browser.get("/messages")


def test_empty_inbox_says_what_will_stand_there(db, sign_in):
    assert "还没有消息" in sign_in(UserFactory()).get("/messages")


def test_without_a_channel_no_address_is_asked(db, sign_in):
    browser = sign_in(UserFactory())

    assert "接收地址" not in browser.get("/messages")
    assert "学校还没有开通站外通知" in browser.get("/messages/addresses")


def test_address_is_named_on_a_page(db, pigeon, sign_in):
    user = UserFactory()
    browser = sign_in(user)
    browser.get("/messages/addresses")

    browser.post("/messages/addresses", pigeon="north tower")

    assert queries.addresses_of(user) == {"pigeon": "north tower"}
    assert "north tower" in browser.get("/messages/addresses")


def test_wrong_address_comes_back_with_a_sentence(app, db, sign_in, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://mail.example")
    browser = sign_in(UserFactory())
    browser.get("/messages/addresses")

    page = browser.post("/messages/addresses", expect=422, email="not an address")

    assert "不像电子邮件地址" in page
    assert "not an address" in page


def test_delivery_log_shows_what_failed_and_tries_again(db, pigeon, sign_in):
    delivery = DeliveryFactory(failure="storm", message__recipient__name="岩温罕")
    AddressFactory(user=delivery.message.recipient)
    browser = sign_in(AdministratorFactory())

    page = browser.get("/messages/deliveries")
    assert "storm" in page
    assert "岩温罕" not in page
    browser.post(f"/messages/deliveries/{delivery.id}/retry")

    assert "再发一次" not in browser.get("/messages/deliveries")
    database.session.refresh(delivery)
    assert delivery.state is DeliveryState.WAITING


def test_delivery_log_is_the_administrators(db, sign_in):
    browser = sign_in(RegistrarFactory())

    browser.get("/messages/deliveries", expect=403)
    browser.post(f"/messages/deliveries/{DeliveryFactory().id}/retry", expect=403)
