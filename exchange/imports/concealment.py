"""What of a sheet is kept from colleagues: who did not bring the file reads only what is their business."""

from collections.abc import Collection, Mapping
from typing import Any

from exchange.accounts.models import User
from exchange.imports.importer import Importer, Note
from exchange.imports.models import Import

ECHOED = "written"
"""The parameter in which a finding repeats the cell."""
HIDDEN = "***"


def hidden_headings(import_: Import, importer: Importer, user: User | None) -> set[str]:
    """The headings under which this person may read no cell of the sheet, the sheet's own and ours."""
    fields = importer.hidden_fields(user)
    if not fields or (user is not None and user.id == import_.actor_id):
        return set()
    own = {heading for heading, field in import_.columns.items() if field in fields}
    return own | {label for field, label in importer.fields().items() if field in fields}


def words_of(note: Note, importer: Importer, hidden: Collection[str]) -> str:
    """The words of a finding, without the cell where that is hidden."""
    params: Mapping[str, Any] = note["params"]
    if note["column"] in hidden and ECHOED in params:
        params = {**params, ECHOED: HIDDEN}
    return importer.speak(note["sentence"], params)


def cells_of(written: Mapping[str, str], hidden: Collection[str]) -> dict[str, str]:
    """The cells of a row under their own headings, the hidden ones empty."""
    return {heading: "" if heading in hidden else text for heading, text in written.items()}
