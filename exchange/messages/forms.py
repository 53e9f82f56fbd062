"""Where a person wants to be reached."""

from wtforms import StringField
from wtforms.validators import Length

from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.messages.channels import Channel


def address_form(channels: list[Channel], known: dict[str, str]) -> Form:
    """One field for each channel of this installation."""
    fields = {
        each.name: StringField(each.label, [Length(max=200)], description=_("留空就不用它接收。")) for each in channels
    }
    return type("AddressForm", (Form,), fields)(data=known)
