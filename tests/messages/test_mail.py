"""E-mail over a real connection: a small mail server listens beside the test and keeps what it is given."""

import email
import socketserver
import threading

import pytest

from exchange.core import mail
from exchange.messages.channels import NotDelivered
from exchange.messages.email import EMAIL


class Postman(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as it takes to hand over one message."""

    def handle(self):
        self.answer("220 ready")
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ")[0].upper()
            if word == "RCPT" and self.server.refuses:
                self.answer("550 no such mailbox")
            elif word == "DATA":
                self.answer("354 go on")
                self.server.letters.append(self.letter())
                self.answer("250 taken")
            elif word == "QUIT":
                return self.answer("221 bye")
            else:
                self.answer("250 fine")

    def letter(self):
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        return email.message_from_bytes(b"".join(lines), policy=email.policy.default)

    def answer(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def post_office(app, monkeypatch):
    with socketserver.TCPServer(("127.0.0.1", 0), Postman) as server:
        server.letters, server.refuses = [], False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://127.0.0.1:{port}?from=office@school.example")
        with app.app_context():
            yield server
        server.shutdown()


def test_letter_arrives_as_it_was_written(post_office):
    EMAIL.deliver("family@home.example", "实习安排批准了", "登录后查看：https://school.example/messages/7")

    (letter,) = post_office.letters
    assert letter["To"] == "family@home.example"
    assert letter["Subject"] == "实习安排批准了"
    assert letter["From"].addresses[0].addr_spec == "office@school.example"
    assert "https://school.example/messages/7" in letter.get_content()


def test_refused_mailbox_is_not_delivered(post_office):
    post_office.refuses = True

    with pytest.raises(NotDelivered, match="no such mailbox"):
        EMAIL.deliver("nobody@home.example", "x", "y")
    assert post_office.letters == []


def test_server_that_is_not_there_is_not_delivered(app, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://127.0.0.1:9")
    with app.app_context(), pytest.raises(NotDelivered, match=r"refused|拒绝"):
        EMAIL.deliver("family@home.example", "x", "y")


def test_without_a_server_the_channel_is_closed(app):
    with app.app_context():
        assert (mail.is_configured(), EMAIL.is_ready) == (False, False)
