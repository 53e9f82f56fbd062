"""What goes without saying of a course: by its kind and by its name."""

from exchange.programmes.models import BasicSubject, CourseKind

ALL_PRACTICE = frozenset(
    {CourseKind.PROJECT, CourseKind.POST_INTERNSHIP, CourseKind.SOCIAL_PRACTICE, CourseKind.MILITARY_TRAINING}
)
"""Kinds whose hours are all practice."""

ELECTIVE = frozenset({CourseKind.RECOMMENDED_ELECTIVE, CourseKind.FREE_ELECTIVE})

BEGINNINGS = {
    BasicSubject.POLITICS: (
        "思想政治",
        "中国特色社会主义",
        "心理健康与职业生涯",
        "哲学与人生",
        "职业道德与法治",
    ),
    BasicSubject.CHINESE: ("语文",),
    BasicSubject.HISTORY: ("历史", "中国历史", "世界历史"),
    BasicSubject.MATHEMATICS: ("数学",),
    BasicSubject.FOREIGN_LANGUAGE: ("外语", "英语"),
    BasicSubject.COMPUTING: ("信息技术",),
    BasicSubject.SPORT: ("体育",),
    BasicSubject.ARTS: ("艺术", "音乐", "美术"),
    BasicSubject.LABOUR: ("劳动",),
}
"""How the names of courses in a public basic subject begin."""


def practice_hours(kind: CourseKind, hours: int) -> int:
    """All hours of what is practice by its kind, none of the others."""
    return hours if kind in ALL_PRACTICE else 0


def subject_of(kind: CourseKind, name: str) -> BasicSubject | None:
    """The public basic subject that the name tells; only a public basic course has one."""
    if kind is not CourseKind.BASIC:
        return None
    return next((subject for subject, words in BEGINNINGS.items() if name.strip().startswith(words)), None)
