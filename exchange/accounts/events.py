"""What the audit trail can say about accounts. The trail stands above accounts, so it listens to ``happened``."""

from blinker import Signal

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _

happened = Signal()
"""Sent as ``happened.send(event, subject=user, by=user, reason="", changes={})``."""


class AccountEvent(LabelledEnum):
    CREATED = "account.created", _("建立账号")
    SIGNED_IN = "account.signed_in", _("登录")
    SIGNED_OUT = "account.signed_out", _("退出")
    SIGN_IN_FAILED = "account.sign_in_failed", _("登录失败")
    LOCKED = "account.locked", _("账号暂时锁定")
    PASSWORD_CHANGED = "account.password_changed", _("修改密码")
