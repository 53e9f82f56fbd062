"""The sheet of a round: who takes part, class by class, with what was entered."""

from dataclasses import dataclass

from exchange.programmes.models import SchoolClass
from exchange.selection.models import InternshipApplication, RoundDecision, RoundResult, SelectionRound
from exchange.selection.queries.rounds import Standing, standing_of


@dataclass(frozen=True)
class Sheet:
    """The rows of one class, and how the whole round stands."""

    classes: list[tuple[SchoolClass, int, int]]  # with how many of how many are decided
    school_class: SchoolClass | None
    rows: list[tuple[InternshipApplication, RoundResult | None]]
    candidates: int
    decided: int
    passed: int


def sheet_of(round_: SelectionRound, *, class_id: int | None = None) -> Sheet:
    """The sheet for one class of those that take part; the first where none is asked for."""
    standing = standing_of(round_.batch)
    candidates = standing.candidates(round_)
    classes = {each.student.school_class_id: each.student.school_class for each in candidates}
    chosen = classes.get(class_id or 0) or next(iter(classes.values()), None)
    decisions = [standing.decision(round_, each.student_id) for each in candidates]
    return Sheet(
        classes=[_counted(each, round_, candidates, standing) for each in classes.values()],
        school_class=chosen,
        rows=[
            (each, standing.results.get((round_.id, each.student_id)))
            for each in candidates
            if chosen and each.student.school_class_id == chosen.id
        ],
        candidates=len(candidates),
        decided=sum(each is not None for each in decisions),
        passed=decisions.count(RoundDecision.PASSED),
    )


def _counted(
    school_class: SchoolClass, round_: SelectionRound, candidates: list[InternshipApplication], standing: Standing
) -> tuple[SchoolClass, int, int]:
    own = [each for each in candidates if each.student.school_class_id == school_class.id]
    return school_class, sum(standing.decision(round_, each.student_id) is not None for each in own), len(own)
