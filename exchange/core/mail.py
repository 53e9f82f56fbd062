"""Send one e-mail; the only module that knows SMTP.

``MAIL_URL`` is smtp://user:password@host:port?from=school@example.org, or smtps:// where TLS speaks first.
"""

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from flask import current_app

PATIENCE = 20  # seconds until the mail server must have answered
PORTS = {"smtp": 587, "smtps": 465}


def is_configured() -> bool:
    """Whether this installation can send e-mail."""
    return bool(current_app.config["MAIL_URL"])


def send(*, to: str, subject: str, text: str) -> None:
    """Hand one message to the mail server. Raises ``OSError`` or ``smtplib.SMTPException`` where it is not taken."""
    server = urlsplit(current_app.config["MAIL_URL"])
    message = EmailMessage()
    message["Subject"], message["To"] = subject, to
    message["From"] = Address(current_app.config["SCHOOL_NAME"], addr_spec=_sender(server))
    message.set_content(text)
    with _connect(server) as connection:
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(message)


def _sender(server: SplitResult) -> str:
    named = parse_qs(server.query).get("from")
    return named[0] if named else f"exchange@{server.hostname}"


def _connect(server: SplitResult) -> smtplib.SMTP:
    """TLS from the first byte with smtps, after the greeting where the server offers it; a password never goes bare."""
    host, port = server.hostname or "", server.port or PORTS[server.scheme]
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=ssl.create_default_context())
    connection = smtplib.SMTP(host, port, timeout=PATIENCE)
    if connection.has_extn("starttls") or server.username:
        connection.starttls(context=ssl.create_default_context())
    return connection
