"""What a bureau reads of how a student came: the day of arrival, and whether the family was told."""

from sqlalchemy import select

from exchange.core.database import SCHOOL_TIME, db
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.enrolment.models import Applicant
from exchange.students.models import Student
from exchange.students.outline import Line, tells


@tells
def arrival(student: Student) -> list[Line]:
    """Nothing of who came into the register by a roster."""
    applicant = db.session.scalar(select(Applicant).where(Applicant.student_id == student.id))
    if applicant is None or applicant.arrived_at is None:
        return []
    day = format_short_date(applicant.arrived_at.astimezone(SCHOOL_TIME).date())
    told = _("%(day)s，已向家里报平安", day=day) if applicant.parents_told_at else day
    return [Line(str(_("到校")), str(told))]
