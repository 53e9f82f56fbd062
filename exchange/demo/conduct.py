"""How the homeroom teacher saw the terms that are over; the present one is half written."""

from typing import TYPE_CHECKING

from exchange.conduct import service
from exchange.conduct.models import Grade
from exchange.conduct.service import Entry
from exchange.core.database import today
from exchange.programmes.models import Term
from exchange.students.models import Student

if TYPE_CHECKING:
    from exchange.demo.school_year import School

COMMENTS = (
    (Grade.EXCELLENT, "待人真诚，宿舍卫生做得好，常帮同学补普通话。希望多上台讲一讲。"),
    (Grade.GOOD, "守纪律，上课认真，放假按时返校。英语再多花一点时间。"),
    (Grade.GOOD, "爱劳动，对客人有礼貌，实训时肯吃苦。说话可以再大声一些。"),
    (Grade.PASS, "想家的时候容易分心，谈话以后有进步。下学期争取不迟到。"),
)


def assess(school: "School", older: list[Student], younger: list[Student]) -> None:
    """All terms of both classes that have ended are released; ten of the younger class are assessed for this one."""
    for students in (older, younger):
        for term in school.terms.values():
            members = [each for each in students if each.enrolled_on <= term.ends_on]
            if members and term.ends_on < today():
                _assess(school, members, term)
                service.release(members[0].school_class, term, by=school.people["homeroom_teacher"])
    present = next((term for term in school.terms.values() if term.starts_on <= today() <= term.ends_on), None)
    if present and younger:
        _assess(school, younger[:10], present)


def _assess(school: "School", students: list[Student], term: Term) -> None:
    entries = [Entry(student, *COMMENTS[(student.id + term.number) % len(COMMENTS)]) for student in students]
    service.assess(students[0].school_class, term, entries, by=school.people["homeroom_teacher"])
