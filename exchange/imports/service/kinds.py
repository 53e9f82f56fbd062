"""Which kinds of sheet there are; each feature registers its own."""

from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.imports.importer import Importer

IMPORTERS: dict[str, Importer] = {}


def register(kind: str, importer: Importer) -> None:
    """Let spreadsheets of this kind be imported."""
    IMPORTERS[kind] = importer


def importer_of(kind: str) -> Importer:
    """Whoever reads this kind of sheet. Raises ``UsageProblem``."""
    if kind not in IMPORTERS:
        raise UsageProblem(_("没有“%(kind)s”这种导入。可用的：%(kinds)s。", kind=kind, kinds="、".join(IMPORTERS)))
    return IMPORTERS[kind]
