"""A field for the files of a record."""

from typing import Any

from wtforms import MultipleFileField

from exchange.core.i18n import _


class FilesField(MultipleFileField):
    """None, one or several files: PDF, JPEG or PNG."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        kwargs.setdefault("description", _("PDF、JPG 或 PNG，每个最大 10 MB。"))
        kwargs.setdefault("render_kw", {"accept": ".pdf,.jpg,.jpeg,.png"})
        super().__init__(label, **kwargs)

    @property
    def contents(self) -> list[tuple[str, bytes]]:
        """Name and bytes of each file that was chosen."""
        return [(file.filename, file.read()) for file in self.data or [] if getattr(file, "filename", "")]
