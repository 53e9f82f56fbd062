"""What is wrong with a command line, in one sentence of our language; Click itself knows only English."""

import re

import click

from exchange.core.i18n import _

SENTENCES = {
    r"No such command '(?P<name>.+?)'": _("没有命令“%(name)s”。"),
    r"No such option:? '?(?P<name>[^'\s]+?)'?\.?(?: .*)?": _("没有选项 %(name)s。"),
    r"Missing (?:argument|option|parameter) '(?P<name>.+?)'": _("缺少 %(name)s。"),
    r"Missing command": _("没有写命令。"),
    r"Got unexpected extra arguments? \((?P<name>.+)\)": _("多写了“%(name)s”。"),
    r"Option '(?P<name>.+?)' requires (?:an argument|\d+ arguments)": _("选项 %(name)s 后面要写值。"),
    r"Option '(?P<name>.+?)' does not take a value": _("选项 %(name)s 后面不写值。"),
    r"Invalid value for '(?P<name>.+?)': '(?P<given>.*)' is not a valid integer(?: range)?": _(
        "%(name)s 要写整数，不是“%(given)s”。"
    ),
    r"Invalid value for '(?P<name>.+?)': (?P<given>.+) is not in the range (?P<range>.+?)": _(
        "%(name)s 不能是 %(given)s，要满足 %(range)s。"
    ),
    r"Invalid value for '(?P<name>.+?)': '(?P<given>.*)' is not one of (?P<choices>.+?)": _(
        "%(name)s 不能是“%(given)s”，可以写：%(choices)s。"
    ),
    r"Invalid value for '(?P<name>.+?)': (?:File|Directory|Path) '(?P<given>.*)' does not exist": _(
        "%(name)s：“%(given)s”不存在。"
    ),
    r"Invalid value for '(?P<name>.+?)': File '(?P<given>.*)' is a directory": _("%(name)s：“%(given)s”是文件夹。"),
    r"Invalid value for '(?P<name>.+?)': Directory '(?P<given>.*)' is a file": _(
        "%(name)s：“%(given)s”是文件，不是文件夹。"
    ),
}
"""What Click says → what we say. A refusal that is not here stays as Click writes it."""


def in_words(unusable: click.UsageError) -> str:
    """The refusal in one line."""
    written = " ".join(unusable.format_message().split())
    for pattern, sentence in SENTENCES.items():
        if found := re.fullmatch(rf"{pattern}\.?(?: Did you mean.*| \(Possible.*)?", written):
            return str(sentence) % found.groupdict()
    return written


def require_text(arguments: list[str]) -> None:
    """A shell hands on bytes that are no UTF-8 as halves of characters; nothing stores them. Raises ``UsageError``."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            shown = argument.encode("utf-8", "replace").decode()
            raise click.UsageError(str(_("参数“%(argument)s”里有不是 UTF-8 的字符。", argument=shown))) from None
