"""E-mail as a channel; ``EXCHANGE_MAIL_URL`` turns it on."""

import re
from smtplib import SMTPException

from exchange.core import mail
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.messages.channels import NotDelivered

LONGEST = 200
ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\]+")


class Email:
    name, label = "email", _("电子邮件")

    @property
    def is_ready(self) -> bool:
        return mail.is_configured()

    def check(self, address: str) -> str:
        address = address.strip()
        if len(address) > LONGEST or not ADDRESS.fullmatch(address):
            raise DomainError(_("“%(address)s”不像电子邮件地址，例如 name@example.org。", address=address[:60]))
        return address

    def deliver(self, address: str, title: str, text: str) -> None:
        try:
            mail.send(to=address, subject=title, text=text)
        except (OSError, SMTPException) as problem:
            raise NotDelivered(str(problem)[:200]) from problem


EMAIL = Email()
