"""Whose row of an uploaded table is whose, and what is said of rows and cells that are not taken."""

from collections.abc import Sequence
from dataclasses import dataclass

from exchange.core.i18n import _
from exchange.coursework.queries.grid import Pupil
from exchange.coursework.workbooks import FilledRow, comparable


@dataclass(frozen=True)
class Finding:
    """Something in the file that is not taken, and why."""

    row: int
    column: str
    code: str
    message: str

    @property
    def located(self) -> str:
        """With the row and column that Excel shows."""
        if self.column:
            return str(_("第 %(row)s 行“%(column)s”：%(message)s", **vars(self)))
        return str(_("第 %(row)s 行：%(message)s", **vars(self)))


class Roll:
    """The students that the rows of one table may belong to, by number and by name."""

    def __init__(self, students: Sequence[Pupil]) -> None:
        self.by_number = {comparable(student.student_no): student for student in students}
        self.by_name: dict[str, list[Pupil]] = {}
        for student in students:
            self.by_name.setdefault(comparable(student.name), []).append(student)
        self.seen: dict[int, int] = {}  # student → row

    def find(self, row: FilledRow) -> Pupil | Finding:
        """Whose row it is; the number decides, and the name must agree with it."""
        named = self.by_name.get(comparable(row.name), [])
        numbered = self.by_number.get(comparable(row.student_no)) if row.student_no else None
        who = row.name or row.student_no
        if numbered and row.name and numbered not in named:
            words = {"number": row.student_no, "ours": numbered.name, "theirs": row.name}
            sentence = _("学号 %(number)s 是%(ours)s，表里写的是%(theirs)s。", **words)
            return _about(row, "student.name_differs", sentence)
        if not row.student_no and len(named) > 1:
            return _about(row, "student.ambiguous", _("这个班有两个%(name)s，要写学号。", name=who))
        student = numbered or (named[0] if named and not row.student_no else None)
        if student is None:
            return _about(row, "student.unknown", _("%(who)s不在这张成绩单上。", who=who or _("没有写名字的一行")))
        first = self.seen.setdefault(student.id, row.number)
        if first != row.number:
            sentence = _("%(who)s在第 %(first)s 行已经有了，只读那一行。", who=who, first=first)
            return _about(row, "student.repeated", sentence)
        return student


def _about(row: FilledRow, code: str, sentence: object) -> Finding:
    return Finding(row.number, "", code, str(sentence))
