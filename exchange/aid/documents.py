"""The totals as a workbook: no names, and no number that points at somebody."""

from collections.abc import Iterable

from exchange.aid.queries.totals import FEWEST, Total
from exchange.core.i18n import _
from exchange.core.spreadsheets import NUMBER, Column, write


def totals_workbook(totals: Iterable[Total]) -> bytes:
    """Term, kind, heads, granted, paid; too few heads are said in words."""
    columns = [
        Column(str(_("学期")), width=28),
        Column(str(_("资助")), width=24),
        Column(str(_("人数")), kind=NUMBER),
        Column(str(_("批准金额")), kind=NUMBER),
        Column(str(_("已发金额")), kind=NUMBER),
        Column(str(_("说明")), width=24),
    ]
    return write([_row(total) for total in totals], columns=columns, sheet=str(_("资助统计")))


def _row(total: Total) -> list[object]:
    few = str(_("少于 %(fewest)s 人，不列数字", fewest=FEWEST)) if total.is_hidden else ""
    money = [float(amount) if amount is not None else None for amount in (total.granted, total.paid)]
    return [str(total.months.label), str(total.kind.label), total.heads, *money, few]
