"""Why somebody goes where: the grounds of an assignment as data, and as sentences for student, guardian and office.

A ground is a document: ``{"rank": 1, "opening": 7, "why": "full", "applied": 12, "places": 4, "higher": 3, …}``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from exchange.core.i18n import _, current_language
from exchange.selection.eligibility import Obstacle, Pair
from exchange.selection.models import InternshipApplication, Opening
from exchange.selection.queries.rounds import Standing
from exchange.students.models import Sex

Ground = dict[str, Any]


class Grounds:
    """Finds what stands between a student and each better choice, once everybody is assigned."""

    def __init__(
        self,
        standing: Standing,
        openings: Mapping[int, Opening],
        obstacles: Mapping[Pair, Obstacle],
        pairs: Mapping[int, int],
        result: Mapping[int, int | None],
    ) -> None:
        self.standing, self.openings, self.obstacles, self.result = standing, openings, obstacles, result
        self.people, self.companions = {each.student_id: each.student for each in standing.applications}, pairs

    def of(self, application: InternshipApplication) -> list[Ground]:
        """One ground for each choice that is better than what the student got."""
        got = application.rank_of(self.result[application.student_id])
        missed = [choice for choice in application.choices if got is None or choice.rank < got]
        return [
            {"rank": choice.rank, "opening": choice.opening_id, **self._why(application.student_id, choice.opening_id)}
            for choice in missed
        ]

    def _why(self, student_id: int, opening_id: int) -> Ground:
        if obstacle := self.obstacles.get((student_id, opening_id)):
            return obstacle.ground
        if round_ := self.standing.out_at(student_id, opening_id):
            return {"why": "round", "round": None if round_.is_sensitive else round_.name}
        if round_ := self.standing.waits_at(student_id, opening_id):
            return {"why": "waiting", "round": None if round_.is_sensitive else round_.name}
        return self._why_not_there(student_id, opening_id)

    def _why_not_there(self, student_id: int, opening_id: int) -> Ground:
        opening, holders = self.openings[opening_id], self._holders(opening_id)
        if len(holders) >= opening.places:
            return {"why": "full", "applied": self._applied(opening_id), "places": opening.places} | self._compared(
                student_id, opening_id, holders
            )
        sex = self.people[student_id].sex
        beds = opening.beds_for(sex)
        if beds is not None and sum(self.people[each].sex is sex for each in holders) >= beds:
            return {"why": "beds", "beds": beds, "women": sex is Sex.FEMALE}
        if companion_id := self.companions.get(student_id):
            return {"why": "pair", "companion": self.people[companion_id].name}
        if opening.in_company and not self._at_host(opening):
            return {"why": "company"}
        return {"why": "overall"}

    def _compared(self, student_id: int, opening_id: int, holders: Sequence[int]) -> Ground:
        """How many of those who got the places have more points, as many, or fewer."""
        own = self.standing.points(student_id, opening_id)
        others = [self.standing.points(each, opening_id) for each in holders]
        return {
            "higher": sum(each > own for each in others),
            "equal": sum(each == own for each in others),
            "lower": sum(each < own for each in others),
        }

    def _holders(self, opening_id: int) -> list[int]:
        return [student_id for student_id, got in self.result.items() if got == opening_id]

    def _at_host(self, opening: Opening) -> bool:
        host_id = opening.post.host_organisation_id
        return any(got and self.openings[got].post.host_organisation_id == host_id for got in self.result.values())

    def _applied(self, opening_id: int) -> int:
        return sum(opening_id in each.opening_ids for each in self.standing.applications)


def sentences(grounds: Sequence[Ground], openings: Mapping[int, Opening]) -> list[str]:
    """The grounds in words, the first choice first."""
    return [
        str(
            _(
                "第 %(rank)s 志愿“%(opening)s”：%(why)s",
                rank=ground["rank"],
                opening=openings[ground["opening"]].title,
                why=_SAID[ground["why"]](ground),
            )
        )
        for ground in grounds
    ]


def _full(ground: Ground) -> str:
    parts = [_("满了，%(applied)s 人报 %(places)s 个名额。", applied=ground["applied"], places=ground["places"])]
    if ground["higher"]:
        parts.append(_("其中 %(count)s 人得分更高。", count=ground["higher"]))
    if ground["equal"]:
        parts.append(_("%(count)s 人同分，按志愿和抽签先后。", count=ground["equal"]))
    if ground["lower"]:
        parts.append(_("%(count)s 人得分较低，但换过来会有人去不成，或去更靠后的志愿。", count=ground["lower"]))
    return "".join(map(str, parts)) if current_language() != "en" else " ".join(map(str, parts))


def _law(ground: Ground) -> str:
    said = ground["en"] if current_language() == "en" else ground["zh"]
    return str(_("按规定不能去：%(why)s（%(rule)s）。", why=said, rule=ground["rule"]))


def _round(ground: Ground) -> str:
    if ground["round"] is None:
        return str(_("选拔没有通过，原因只当面告诉本人。"))
    return str(_("“%(round)s”没有通过。", round=ground["round"]))


def _waiting(ground: Ground) -> str:
    if ground["round"] is None:
        return str(_("选拔还没有结果。"))
    return str(_("“%(round)s”还没有结果。", round=ground["round"]))


def _beds(ground: Ground) -> str:
    if ground["women"]:
        return str(_("女生床位满了，只有 %(count)s 个。", count=ground["beds"]))
    return str(_("男生床位满了，只有 %(count)s 个。", count=ground["beds"]))


_SAID: dict[str, Callable[[Ground], str]] = {
    "class": lambda ground: str(_("不面向这个班。")),
    "law": _law,
    "round": _round,
    "waiting": _waiting,
    "full": _full,
    "beds": _beds,
    "pair": lambda ground: str(_("要和%(name)s一起去，那里容不下两个人。", name=ground["companion"])),
    "company": lambda ground: str(_("没有别人去，这家单位不单独派人。")),
    "overall": lambda ground: str(_("还有名额，但那样会有别人落单，或者没有去处。")),
}
