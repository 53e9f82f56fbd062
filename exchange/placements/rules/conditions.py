"""The conditions that several rules share: what is recorded, what came in time, how old somebody is."""

from datetime import date

from exchange.core.rules import HOLDS, Message, Verdict, broken, not_recorded
from exchange.placements.facts import Facts
from exchange.placements.facts.values import InternshipKind

UNKNOWN = {
    "school_province": Message("未登记学校所在省份", "The province of the school is not recorded"),
    "student.birth_date": Message("未登记学生出生日期", "The student's date of birth is not recorded"),
    "student.enrolled_on": Message("未登记学生入学日期", "The student's date of enrolment is not recorded"),
    "placement.kind": Message("未登记实习类型", "The kind of internship is not recorded"),
    "placement.start": Message("未登记实习开始日期", "The first day of the internship is not recorded"),
    "placement.end": Message("未登记实习结束日期", "The last day of the internship is not recorded"),
    "host.province": Message("未登记实习单位所在省份", "The province of the host is not recorded"),
    "host.venue": Message("未登记实习单位的场所类别", "The kind of venue of the host is not recorded"),
    "post.venue": Message("未登记实习岗位的场所类别", "The kind of venue of the post is not recorded"),
    "post.hazards": Message("未登记实习岗位的危害因素", "The hazards of the post are not recorded"),
    "post.labour_intensity": Message(
        "未登记实习岗位的体力劳动强度", "The intensity of physical work of the post is not recorded"
    ),
    "safety_test.score": Message("未登记安全考核成绩", "The score of the safety test is not recorded"),
    "safety_test.pass_score": Message("未登记安全考核合格线", "The pass mark of the safety test is not recorded"),
}


def is_known(value: object, path: str) -> Verdict:
    """A value without which nothing can be decided."""
    return not_recorded(path, message=UNKNOWN[path]) if value is None else HOLDS


def start_is_known(facts: Facts) -> Verdict:
    return is_known(facts.placement.start, "placement.start")


def is_cognitive(facts: Facts) -> Verdict:
    """What the law asks of post internships does not concern a visit."""
    if facts.placement.kind is None:
        return is_known(None, "placement.kind")
    return HOLDS if facts.placement.kind is InternshipKind.COGNITIVE else broken()


def by_start(facts: Facts, day: date | None, path: str, message: Message) -> Verdict:
    """Done on the first day at the latest; an unknown first day is for ``start_is_known`` to say."""
    if day is None:
        return not_recorded(path, message=message)
    start = facts.placement.start
    return broken(path, message=_late(message)) if start and day > start else HOLDS


def before_start(facts: Facts, day: date | None, path: str, message: Message) -> Verdict:
    """Done on the day before the first at the latest: the law says "in advance"."""
    if day is None:
        return not_recorded(path, message=message)
    start = facts.placement.start
    return broken(path, message=_late(message)) if start and day >= start else HOLDS


def has_reached(birth_date: date, age: int, *, on: date) -> bool:
    """Of that age on that day; who was born on 29 February is a year older on 1 March of a common year."""
    return _parts(on) >= (birth_date.year + age, birth_date.month, birth_date.day)


def is_past_birthday(birth_date: date, age: int, *, on: date) -> bool:
    """The day after the birthday has come: 周岁 is counted from then, the strict reading."""
    return _parts(on) > (birth_date.year + age, birth_date.month, birth_date.day)


def _parts(day: date) -> tuple[int, int, int]:
    """Compared as numbers, so that no sum leaves the calendar."""
    return day.year, day.month, day.day


def _late(message: Message) -> Message:
    return Message(f"{message.zh}（登记的日期过晚）", f"{message.en} (the recorded date is too late)")
