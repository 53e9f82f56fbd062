"""A batch of the younger class after its rounds: 24 applicants, three hotels, one in Beijing; and one still open."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from exchange.core.database import db, today
from exchange.demo.hosts import HOTELS
from exchange.partners.models import HostOrganisation, Post
from exchange.selection import queries, service
from exchange.selection.models import InternshipBatch, Opening, RoundDecision, SelectionRound
from exchange.selection.service import Entry
from exchange.students.models import Student, StudentStatus

if TYPE_CHECKING:
    from exchange.demo.school_year import School

APPLICANTS = 24
SEED = 2027
SPRING = date(2027, 3, 8)
DAYS = 179
OFFERS: tuple[dict[str, Any], ...] = (
    {"places": 11, "pay": Decimal(2600), "lodging": "员工宿舍四人一间，走路 5 分钟", "beds_for_men": 5},
    {"places": 9, "pay": Decimal(2900), "lodging": "员工宿舍四人一间，地铁两站"},
    {"places": 3, "pay": Decimal(3400), "lodging": "宾馆后院宿舍，三人一间", "beds_for_women": 3, "in_company": True},
)
"""What the three hotels offer, in the order of ``hosts.HOTELS``."""


def select_interns(school: "School", older: list[Student], younger: list[Student]) -> None:
    """The spring batch of the younger class, and one that the older class may still apply for."""
    if not (older and younger):
        return
    posts = _posts()
    _open_batch(school, posts)
    batch = _batch(school, "2027 年春季岗位实习", younger[0].school_class_id, closes=today())
    openings = _offer(school, batch, posts)
    able = [each for each in younger if each.status is StudentStatus.REGISTERED][:APPLICANTS]
    random = Random(school.seed)
    _apply(school, batch, able, openings, random)
    _close(school, batch)
    _hold_rounds(school, batch, openings, random)
    service.propose(batch, seed=SEED, by=school.people["internship_officer"])


def _open_batch(school: "School", posts: Sequence[Post]) -> None:
    """Announced; nobody has applied yet."""
    class_id = next(each.id for name, each in school.classes.items() if name.startswith("2024"))
    batch = _batch(school, "2027 年春季轮岗实习", class_id, closes=today() + timedelta(days=10))
    _offer(school, batch, posts)


def _batch(school: "School", name: str, class_id: int, *, closes: date) -> InternshipBatch:
    starts_on = max(SPRING, today() + timedelta(days=60))
    return service.create_batch(
        name=name,
        school_year=2026,
        term_number=2,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=DAYS),
        applications_from=today() - timedelta(days=7),
        applications_until=closes,
        class_ids=[class_id],
        notes="最多选三个志愿。去北京的要面试、体检和政审，来回路费由单位出。",
        by=school.people["internship_officer"],
    )


def _posts() -> list[Post]:
    """The posts of the three hotels, in their order."""
    rows = select(Post).join(Post.host_organisation).where(HostOrganisation.uscc.in_([each.uscc for each in HOTELS]))
    found = {each.host_organisation.uscc: each for each in db.session.scalars(rows)}
    return [found[hotel.uscc] for hotel in HOTELS]


def _offer(school: "School", batch: InternshipBatch, posts: Sequence[Post]) -> list[Opening]:
    officer = school.people["internship_officer"]
    openings = [
        service.add_opening(batch, post, hours_per_week=Decimal(40), by=officer, **offer)
        for post, offer in zip(posts, OFFERS, strict=True)
    ]
    service.announce(batch, by=officer)
    return openings


def _apply(
    school: "School", batch: InternshipBatch, students: list[Student], openings: list[Opening], random: Random
) -> None:
    """Beijing is wanted most; the first two want to go together, and say so both."""
    together = dict(zip(students[:2], reversed(students[:2]), strict=True))
    for student in students:
        wishes = openings[::-1] if random.random() < 0.6 else random.sample(openings, 3)
        service.apply(
            batch,
            student,
            opening_ids=[each.id for each in wishes][: random.choice((2, 3, 3))],
            companion=together.get(student),
            by=school.people["homeroom_teacher"],
        )


def _close(school: "School", batch: InternshipBatch) -> None:
    """The choices were in before the day was over."""
    names = ("name", "school_year", "term_number", "starts_on", "ends_on", "applications_from", "most_choices")
    values = {name: getattr(batch, name) for name in (*names, "appeal_days", "notes")}
    yesterday = today() - timedelta(days=1)
    officer = school.people["internship_officer"]
    service.change_batch(batch, class_ids=batch.class_ids, by=officer, applications_until=yesterday, **values)


def _hold_rounds(school: "School", batch: InternshipBatch, openings: list[Opening], random: Random) -> None:
    """Everybody is recommended and tested; who wants to go to Beijing is interviewed, examined and reviewed."""
    officer, capital = school.people["internship_officer"], openings[-1]
    recommended, tested, interviewed, examined, reviewed = service.add_usual_rounds(batch, by=officer)
    _limit_to(school, interviewed, capital, maximum=Decimal(100), pass_score=Decimal(60), quota=8)
    _limit_to(school, examined, capital, is_sensitive=True)
    _limit_to(school, reviewed, capital, is_sensitive=True)
    _enter(school, recommended, lambda number: Entry(decision=_passed(number != 23)))
    _enter(school, tested, lambda number: Entry(score=Decimal(random.randrange(56, 98))))
    _enter(school, interviewed, lambda number: _interviewed(number, random))
    _enter(school, examined, lambda number: Entry(decision=_passed(number != 3)))
    _enter(school, reviewed, lambda number: Entry(decision=_passed(True)))


def _limit_to(school: "School", round_: SelectionRound, opening: Opening, **values: Any) -> None:
    service.change_round(round_, opening=opening, by=school.people["internship_officer"], **values)


def _interviewed(number: int, random: Random) -> Entry:
    """The hotel takes the first eight that it likes."""
    return Entry(score=Decimal(random.randrange(70, 98) if number < 8 else random.randrange(40, 60)))


def _passed(is_passed: bool) -> RoundDecision:
    return RoundDecision.PASSED if is_passed else RoundDecision.FAILED


def _enter(school: "School", round_: SelectionRound, entry_of: Callable[[int], Entry]) -> None:
    candidates = queries.standing_of(round_.batch).candidates(round_)
    entries = {each.student_id: entry_of(number) for number, each in enumerate(candidates)}
    service.enter_results(round_, entries, by=school.people["internship_officer"])
