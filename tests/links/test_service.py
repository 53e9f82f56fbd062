"""Links by themselves, with a purpose of the test: tokens, expiry, one use, taking back, what is asked."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.database import now
from exchange.core.errors import NotPossible
from exchange.links import purposes, queries, service
from exchange.links.events import LinkEvent
from exchange.links.models import LinkState
from tests.factories.accounts import RegistrarFactory
from tests.factories.partners import HostOrganisationFactory

WEEK = timedelta(days=7)


class Question:
    """Asks for the name of a host organisation."""

    name, template, renews_for = "question", "", None

    def __init__(self):
        self.answers = []

    def asked(self, link):
        return {"name": database.session.get(type(self.host), self.host.id).name}

    def page(self, link):
        return {}

    def form(self):
        return None

    def hold(self, link):
        pass

    def answer(self, link, values):
        self.answers.append(values)


@pytest.fixture
def question(db, monkeypatch):
    question = Question()
    question.host = HostOrganisationFactory(name="莫干山酒店")
    monkeypatch.setitem(purposes.PURPOSES, "question", question)
    return question


def make(question, *, about="", valid_for=WEEK, by=None):
    return service.make(
        purpose="question",
        subject=question.host,
        about=about,
        recipient="张师傅",
        valid_for=valid_for,
        by=by or RegistrarFactory(),
    )


def test_token_stands_nowhere_in_the_database(question):
    link, token = make(question)
    database.session.commit()

    rows = str(database.session.execute(text("SELECT * FROM link")).all())
    lines = str([(event.action, event.changes) for event in timeline(link)])

    assert len(token) >= 43
    assert token not in rows + lines
    assert queries.find(token) is link


@pytest.mark.parametrize("guess", ["", "a", "x" * 43, "x" * 5000, "../..", "%00", "没有"])
def test_guess_finds_nothing(question, guess):
    make(question)

    assert queries.find(guess) is None


def test_fingerprint_of_the_token_opens_nothing(question):
    link, token = make(question)

    assert queries.find(link.token_index) is None
    assert queries.find(token[:-1]) is None
    assert queries.find(token.swapcase()) is None


def test_tokens_differ(question):
    assert make(question, about="a")[1] != make(question, about="b")[1]


@pytest.mark.parametrize(("after", "state"), [(-1, LinkState.SENT), (0, LinkState.EXPIRED), (1, LinkState.EXPIRED)])
def test_link_is_over_from_the_moment_of_its_expiry(question, after, state):
    link, _token = make(question)
    moment = link.expires_at + timedelta(microseconds=after)

    with time_machine.travel(moment, tick=False):
        assert link.state(now()) is state
        assert bool(service.refusal(link)) is (state is LinkState.EXPIRED)


def test_expired_link_is_not_answered(question):
    link, _token = make(question)

    with time_machine.travel(link.expires_at, tick=False), pytest.raises(service.LinkRefused, match="过期"):
        service.answer(link, {})

    assert question.answers == []


def test_link_is_answered_once(question):
    link, _token = make(question)

    service.answer(link, {"yes": True})
    with pytest.raises(service.LinkRefused, match="已经答复过"):
        service.answer(link, {"yes": False})

    assert question.answers == [{"yes": True}]
    assert [event.action for event in timeline(link)] == [LinkEvent.USED, LinkEvent.MADE]
    assert timeline(link)[0].actor is None


def test_link_that_was_taken_back_is_not_answered(question):
    link, _token = make(question)

    service.revoke(link, by=RegistrarFactory())
    with pytest.raises(service.LinkRefused, match="收回"):
        service.answer(link, {})

    assert question.answers == []
    assert link.state(now()) is LinkState.REVOKED


def test_taking_back_twice_is_one_line(question):
    link, _token = make(question)

    service.revoke(link, by=RegistrarFactory())
    service.revoke(link, by=RegistrarFactory())

    assert [event.action for event in timeline(link)].count(LinkEvent.REVOKED) == 1


def test_used_link_cannot_be_taken_back(question):
    link, _token = make(question)
    service.answer(link, {})

    with pytest.raises(NotPossible, match="已经答复过"):
        service.revoke(link, by=RegistrarFactory())


def test_link_does_not_answer_what_has_changed_since(question):
    link, _token = make(question)
    question.host.name = "莫干山大酒店"
    database.session.flush()

    with pytest.raises(service.LinkRefused, match="内容变了"):
        service.answer(link, {})

    assert question.answers == []


def test_new_link_for_the_same_question_takes_the_old_one_back(question):
    old, _token = make(question, about="hours")
    other, _token = make(question, about="appraisal")
    new, _token = make(question, about="hours")

    assert [link.state(now()) for link in (old, other, new)] == [LinkState.REVOKED, LinkState.SENT, LinkState.SENT]


def test_link_of_a_purpose_that_is_gone_is_not_found(question, monkeypatch):
    _link, token = make(question)

    monkeypatch.delitem(purposes.PURPOSES, "question")

    assert queries.find(token) is None


def test_only_the_first_opening_is_noted(question):
    link, _token = make(question)

    service.note_opening(link.id)
    first = link.opened_at
    service.note_opening(link.id)

    assert link.opened_at == first
    assert [event.action for event in timeline(link)].count(LinkEvent.OPENED) == 1
    assert link.state(now()) is LinkState.OPENED
