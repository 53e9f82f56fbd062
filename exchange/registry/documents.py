"""The correction list as a workbook."""

from collections.abc import Sequence

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.i18n import _
from exchange.core.spreadsheets import Column, write
from exchange.registry.events import RegistryEvent
from exchange.registry.models import Discrepancy


def correction_workbook(lines: Sequence[Discrepancy], *, by: User) -> bytes:
    """One row per line with whole values: whoever corrects the registry must see them. The download is recorded."""
    headings = (
        _("班级"),
        _("姓名"),
        _("身份证件号"),
        _("信息项"),
        _("情况"),
        _("我们现在"),
        _("上次报送"),
        _("全国系统"),
    )
    columns = [*headings, _("状态"), _("决定"), _("理由"), _("发现日期")]
    record(RegistryEvent.CORRECTIONS_DOWNLOADED, by, by=by, rows=len(lines))
    return write((_cells(each) for each in lines), columns=[Column(str(heading)) for heading in columns])


def _cells(line: Discrepancy) -> list[str]:
    student, person = line.student, line.person or {}
    return [
        student.school_class.name if student else person.get("班级名称", ""),
        student.name if student else person.get("姓名", ""),
        student.resident_id if student else person.get("身份证件号", ""),
        line.heading or str(_("整条记录")),
        str(line.kind.label),
        line.ours or "",
        line.submitted or "",
        line.theirs or "",
        str(line.status.label),
        str(line.decision.label) if line.decision else "",
        line.reason or "",
        line.opened_at.date().isoformat(),
    ]
