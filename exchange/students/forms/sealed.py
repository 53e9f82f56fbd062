"""Forms over values that are shown masked: what is left empty stays as it is."""

from typing import Any

from exchange.core.forms import Form
from exchange.core.i18n import _
from exchange.core.masking import masked

ERASED = ("无", "none")


class SealedForm(Form):
    """The fields named in ``SEALED`` never come with their value; empty keeps it, the word 无 takes it out."""

    SEALED: tuple[str, ...] = ()

    def hint_at(self, holder: object) -> None:
        """Say under each sealed field what is kept now, masked."""
        for name in self.SEALED:
            value = getattr(holder, name) or ""
            if value:
                self[name].description = _("现在是 %(value)s。不改就留空，要删掉写“无”。", value=masked(value))

    @property
    def values(self) -> dict[str, Any]:
        values = super().values
        for name in self.SEALED:
            if not values[name]:
                del values[name]
            elif values[name].lower() in ERASED:
                values[name] = None
        return values
