"""What ``imports`` asks of a feature, for the sheets of students with their guardians."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from exchange.accounts.models import User
from exchange.core.database import Model, db, today
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.core.masking import mask_resident_id
from exchange.core.spreadsheets import Sheet
from exchange.imports.importer import Obstacle, Progress, Reading, Wording, Written
from exchange.imports.models import ImportRow
from exchange.programmes import queries as programmes
from exchange.reference.areas import find_area
from exchange.students import policy, queries
from exchange.students.importer.committing import Commit
from exchange.students.importer.notes import spoken
from exchange.students.importer.reviewing import reviewed
from exchange.students.importer.undoing import obstacles, take_back
from exchange.students.importer.wording import described
from exchange.students.known import DatabaseKnown
from exchange.students.models import Student
from exchange.students.roster import RosterReader
from exchange.students.roster.columns import BY_FIELD
from exchange.students.roster.sheets import Layout

OFFERED = 60
REQUIRED = ("name", "resident_id")


class RosterImporter:
    """The national sheet and freely headed sheets of students with their guardians."""

    wording = Wording(
        kind=_("学生名册"),
        heading=_("导入名册"),
        file=_("Excel 或 CSV：全国学籍系统的 73 列，或县里发来的表。最大 32 MB。"),
        target=_("班级"),
        target_hint=_("输入几个字查找。不填时，每一行都要写班级名称。"),
        nothing_yet=_("还没有导入过。名册可以是全国学籍系统的表，也可以是县里自己的表：列名不同也能认出来。"),
        undoing=_(
            "撤销会删除这次导入新增的学生，恢复改动过的内容，共 %(count)s 行。"
            "已有成绩、实习或证书的学生会使撤销停下，什么也不动。"
        ),
    )
    model: type[Model] = Student

    def target_of(self, written: str) -> str:
        if written and programmes.find_class(written) is None:
            raise UsageProblem(_("没有名为“%(name)s”的班级。", name=written))
        return written

    def target_words(self, target: str) -> str:
        return target

    def targets(self) -> list[str]:
        return [school_class.name for school_class in db.session.scalars(programmes.classes().limit(OFFERED))]

    def senders(self) -> list[str]:
        return [f"{area.name}教育局" for code in queries.counties_of_origin() if (area := find_area(code))]

    def fields(self) -> Mapping[str, str]:
        return {field: column.heading for field, column in BY_FIELD.items()}

    def required(self, target: str) -> Sequence[str]:
        return REQUIRED if target else (*REQUIRED, "class_name")

    def hidden_fields(self, user: User | None) -> Collection[str]:
        return policy.hidden_fields(user)

    def read(
        self,
        sheets: Sequence[Sheet],
        *,
        target: str,
        mapping: Mapping[str, str],
        remembered: Mapping[str, str],
        chosen: Collection[str],
        progress: Progress | None,
    ) -> Reading:
        known = DatabaseKnown()
        reader = RosterReader(sheets, target or None, known, today(), mapping, remembered, progress, chosen)
        return Reading(**vars(Layout.of(reader.heads, sheets)), rows=reviewed(reader.rows(), known))

    def commit(self, rows: Sequence[ImportRow], *, import_id: int, by: User | None) -> list[Written]:
        return Commit(rows, import_id=import_id, by=by).run()

    def obstacles(self, portions: Iterable[Sequence[ImportRow]]) -> Iterator[Obstacle]:
        return obstacles(portions)

    def undo(self, rows: Sequence[ImportRow], *, import_id: int, by: User | None) -> None:
        take_back(rows, import_id=import_id, by=by)

    def speak(self, sentence: str, params: Mapping[str, Any]) -> str:
        return spoken(sentence, params)

    def title(self, values: Mapping[str, Any]) -> tuple[str, str]:
        return values.get("name", ""), mask_resident_id(values.get("resident_id", ""))

    def describe(self, changes: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        return described(changes)
