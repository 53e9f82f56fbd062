"""What fields say of wrong input, in our words: the library's sentences name no remedy, and one of them is wrong."""

from typing import Any

from exchange.core.i18n import _

SENTENCES = {
    "This field is required.": _("请填写。"),
    "Not a valid choice.": _("请从列表里选一项。"),
    "Invalid Choice: could not coerce.": _("请从列表里选一项。"),
    "Invalid choice(s): one or more data inputs could not be coerced.": _("请从列表里选。"),
    "'%(value)s' is not a valid choice for this field.": _("“%(value)s”不在列表里，请从列表里选。"),
    "Not a valid date value.": _("看不懂这个日期。请写成 2026-09-01 这样。"),
    "Not a valid time value.": _("看不懂这个时间。请写成 08:30 这样。"),
    "Not a valid integer value.": _("请填一个整数。"),
    "Not a valid decimal value.": _("请填一个数。"),
    "Number must be at least %(min)s.": _("最小是 %(min)s。"),
    "Number must be at most %(max)s.": _("最大是 %(max)s。"),
    "Number must be between %(min)s and %(max)s.": _("请填 %(min)s 到 %(max)s 之间的数。"),
    "Field cannot be longer than %(max)d character.": _("最多 %(max)d 个字。"),
    "Field must be at least %(min)d character long.": _("至少 %(min)d 个字。"),
    "Field must be exactly %(max)d character long.": _("要正好 %(max)d 个字。"),
    "Field must be between %(min)d and %(max)d characters long.": _("要 %(min)d 到 %(max)d 个字。"),
    "Invalid email address.": _("这不是邮箱地址，请检查。"),
    "Invalid input.": _("格式不对，请检查。"),
}
"""The library's English → what we say; the placeholders are the library's."""


class Sentences:
    """What WTForms asks for its messages; a sentence we do not know comes as the library has it."""

    def __init__(self, library: Any) -> None:
        self.library = library

    def gettext(self, message: str) -> str:
        """The sentence in the reader's language."""
        return str(SENTENCES[message]) if message in SENTENCES else str(self.library.gettext(message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The same where the library counts."""
        if singular in SENTENCES:
            return str(SENTENCES[singular])
        return str(self.library.ngettext(singular, plural, number))
