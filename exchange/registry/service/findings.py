"""The differences that are followed from run to run until they are gone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from exchange.core.database import db
from exchange.registry.differences import Difference
from exchange.registry.models import Discrepancy, Reconciliation
from exchange.registry.reading import RegistryRow
from exchange.registry.records import PORTION
from exchange.registry.requirements import NATIONAL_NUMBER
from exchange.registry.values import DiscrepancyStatus

Is = DiscrepancyStatus
WHOLE = ""  # the heading of a difference about the whole record


class Findings:
    """What one run notes of differences: new ones, those still there, those gone."""

    def __init__(self, run: Reconciliation, counts: Counter[str], *, at: datetime) -> None:
        self.run, self.counts, self.at = run, counts, at

    def follow(
        self,
        found: Mapping[str, Sequence[Difference]],
        subjects: Mapping[str, int | None],
        *,
        covered: set[str],
        people: Mapping[str, RegistryRow] | None = None,
    ) -> None:
        """Note new differences, bring known ones up to date, and close those of the covered columns that are gone."""
        known = {
            (each.subject, each.heading): each
            for subjects_at_once in in_portions(sorted({*found, *subjects}))
            for each in db.session.scalars(select(Discrepancy).where(Discrepancy.subject.in_(subjects_at_once)))
        }
        new = []
        for subject, differing in found.items():
            for difference in differing:
                present = known.pop((subject, difference.heading), None)
                if present is None:
                    new.append(self._row(subject, subjects.get(subject), difference, (people or {}).get(subject)))
                else:
                    self._still_there(present, difference)
        for (_subject, heading), each in known.items():
            if heading in covered and each.status is not Is.GONE:
                self._close(each)
        if new:
            db.session.execute(insert(Discrepancy), new)
        self.counts["new"] += len(new)
        db.session.flush()

    def _still_there(self, present: Discrepancy, difference: Difference) -> None:
        """A decision that led to nothing is open again; what is to be left alone stays so while it is the same."""
        before = (present.ours or "", present.theirs or "")
        present.seen_in_id, present.kind = self.run.id, difference.kind
        present.ours, present.submitted, present.theirs = difference.ours, difference.submitted, difference.theirs
        if present.status is Is.OPEN:
            return
        if present.status is Is.IGNORED and before == (difference.ours, difference.theirs):
            return
        if present.status is Is.GONE:
            present.opened_at, present.gone_at, present.decision, present.reason = self.at, None, None, None
        present.status = Is.OPEN
        present.reopened += 1
        self.counts["reopened"] += 1

    def _close(self, each: Discrepancy) -> None:
        each.status, each.gone_at = Is.GONE, self.at
        self.counts["gone"] += 1

    def end(self, condition: Any, heading: str) -> None:
        """Close what of this heading meets the condition and is still open."""
        ended = select(Discrepancy).where(condition, Discrepancy.heading == heading, Discrepancy.status != Is.GONE)
        for each in db.session.scalars(ended):
            self._close(each)

    def _row(
        self, subject: str, student_id: int | None, difference: Difference, row: RegistryRow | None
    ) -> dict[str, Any]:
        return {
            "subject": subject,
            "student_id": student_id,
            "heading": difference.heading,
            "kind": difference.kind,
            "ours": difference.ours,
            "submitted": difference.submitted,
            "theirs": difference.theirs,
            "person": _person(row) if row else None,
            "status": Is.OPEN,
            "opened_at": self.at,
            "reopened": 0,
            "seen_in_id": self.run.id,
            "version": 1,
        }


def in_portions(items: Sequence[str]) -> list[Sequence[str]]:
    """As many at a time as one statement takes."""
    return [items[start : start + PORTION] for start in range(0, len(items), PORTION)]


def _person(row: RegistryRow) -> dict[str, Any]:
    """Of somebody whom we do not know only what is needed to find out who it is."""
    kept = {heading: row.cells.get(heading, "") for heading in ("姓名", "身份证件号", "班级名称")}
    return kept | {NATIONAL_NUMBER: row.national_student_no, "row": row.number}
