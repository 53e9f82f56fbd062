"""A place in a form: its name as people write it, or its code. The data are the code."""

from collections.abc import Sequence
from typing import Any

from wtforms import StringField

from exchange.core.i18n import _
from exchange.reference.areas import AREA_CODE, area_name, find_areas

OFFERED = "areas"
"""The ``datalist`` that a page with such a field carries: ``area_options`` of the forms."""
LONGEST = 40


class AreaField(StringField):
    """A county, prefecture or province. What stands in it is the full name, which means its code again."""

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        kwargs.setdefault("description", _("写地名，从列表里选；也可以写六位行政区划代码。"))
        kwargs.setdefault("render_kw", {"list": OFFERED, "autocomplete": "off"})
        super().__init__(label, validators, **kwargs)

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else area_name(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        written = (valuelist[0] if valuelist else "").strip()
        known = self.object_data or ""
        if known and written == area_name(known):
            self.data = known  # a former name stays what it was
        elif not written or AREA_CODE.fullmatch(written):
            self.data = written  # which codes stand is for whoever knows the year
        else:
            self.data = code_of(written)


def code_of(written: str) -> str:
    """The code of a place of today. Raises ``ValueError`` with a sentence where there is none, or several are."""
    found = [area for area in find_areas(written) if not area.obsolete]
    if not found:
        raise ValueError(_("没有“%(written)s”这个现行的行政区划。写全名或六位代码。", written=written[:LONGEST]))
    if len(found) > 1:
        raise ValueError(_("叫“%(written)s”的地方不止一个。写全名或六位代码。", written=written[:LONGEST]))
    return found[0].code
