"""Setting up classes and correcting them."""

from datetime import date

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, lock_all, today
from exchange.core.i18n import _
from exchange.partners.models import CooperationProject
from exchange.partners.service.changes import assign
from exchange.programmes import queries
from exchange.programmes.events import ProgrammeEvent
from exchange.programmes.models import Programme, SchoolClass
from exchange.programmes.service.homerooms import name_homeroom_teacher
from exchange.programmes.service.refusals import AlreadyThere, InUse, OutOfRange, ReasonMissing

HIGHEST_NUMBER = 999
SHORTEST_REASON = 2


def create_class(
    *,
    name: str,
    programme: Programme,
    number: int | None = None,
    project: CooperationProject | None = None,
    homeroom_teacher: User | None = None,
    homeroom_from: date | None = None,
    by: User | None,
) -> SchoolClass:
    """A class of the programme's intake; without a number it takes the next one, without a day today counts.

    Raises ``AlreadyThere``, ``OutOfRange`` and ``NotATeacher``.
    """
    _check_name(name)
    lock_all(Programme, queries.programme_ids_of(programme.intake_year))  # so that two classes never take one number
    if number is None:
        number = queries.next_class_number(programme.intake_year)
    _check_number(number, programme.intake_year)
    school_class = SchoolClass(
        name=name, programme=programme, intake_year=programme.intake_year, number=number, project=project
    )
    db.session.add(school_class)
    record(ProgrammeEvent.CLASS_CREATED, school_class, by=by, name=name, number=number)
    if homeroom_teacher:
        name_homeroom_teacher(school_class, homeroom_teacher, begins_on=homeroom_from or today(), by=by)
    return school_class


def change_class(
    school_class: SchoolClass,
    *,
    name: str,
    project: CooperationProject | None,
    programme: Programme | None = None,
    number: int | None = None,
    reason: str = "",
    by: User | None,
) -> None:
    """Rename a class, for a reason; give it to another project; and, while nobody is in it, to another programme.

    Papers keep the name with which they were issued. Raises ``AlreadyThere``, ``InUse``, ``OutOfRange`` and
    ``ReasonMissing``.
    """
    lock(school_class)
    programme, number = programme or school_class.programme, number or school_class.number
    _check_rename(school_class, name, reason)
    _check_move(school_class, programme, number)
    if renamed := assign(school_class, {"name": name}):
        record(ProgrammeEvent.CLASS_RENAMED, school_class, by=by, reason=reason.strip(), **renamed)
    place = {"programme_id": programme.id, "intake_year": programme.intake_year, "number": number}
    if changes := assign(school_class, place | {"project_id": project.id if project else None}):
        record(ProgrammeEvent.CLASS_CHANGED, school_class, by=by, **changes)


def _check_rename(school_class: SchoolClass, name: str, reason: str) -> None:
    if name == school_class.name:
        return
    _check_name(name)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing(_("班级改名要写理由。名册、导入的表格和以后的证书都用新名称。"))


def _check_move(school_class: SchoolClass, programme: Programme, number: int) -> None:
    """To another programme, which may be of another intake, or to another number."""
    if programme.id == school_class.programme_id and number == school_class.number:
        return
    if queries.is_in_use(school_class):
        raise InUse(_("%(name)s已经有学生、新生或成绩单，专业和班号不能再改。", name=school_class.name))
    if (programme.intake_year, number) != (school_class.intake_year, school_class.number):
        _check_number(number, programme.intake_year)


def _check_name(name: str) -> None:
    if queries.find_class(name) is not None:
        raise AlreadyThere(_("班级“%(name)s”已经有了。", name=name))


def _check_number(number: int, intake_year: int) -> None:
    if not 1 <= number <= HIGHEST_NUMBER:
        raise OutOfRange(_("班号要在 1 到 %(most)s 之间。", most=HIGHEST_NUMBER))
    if taken := queries.class_with_number(intake_year, number):
        raise AlreadyThere(
            _("%(year)s级的 %(number)s 号班是%(name)s。换一个班号。", year=intake_year, number=number, name=taken.name)
        )
