"""Who is homeroom teacher of a class, from which day on. The class itself says who it is today."""

from datetime import date, timedelta

from exchange.accounts.models import User
from exchange.accounts.roles import Role
from exchange.audit.service import record
from exchange.core.database import SCHOOL_TIME, db, lock, today
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.programmes import queries
from exchange.programmes.events import ProgrammeEvent
from exchange.programmes.models import HomeroomPeriod, SchoolClass
from exchange.programmes.service.refusals import AlreadyThere, NotATeacher, OutOfRange

FARTHEST_AHEAD = timedelta(days=366)


def name_homeroom_teacher(school_class: SchoolClass, teacher: User | None, *, begins_on: date, by: User | None) -> None:
    """From this day on, until further notice; nobody stands for a class that has none for a while.

    The same day again replaces what was said of it. Raises ``NotATeacher``, ``OutOfRange`` and ``AlreadyThere``.
    """
    lock(school_class)
    _check_teacher(teacher)
    _check_day(school_class, begins_on)
    periods = _told_so_far(school_class, begins_on)
    former = periods[-1].teacher if periods else school_class.homeroom_teacher
    if teacher == former and (periods or teacher is None):
        _refuse_the_same(periods, teacher)
    if periods and periods[-1].begins_on == begins_on:
        _drop_last(periods)
    if periods and periods[-1].teacher != teacher:
        periods[-1].until = begins_on
    if not periods or periods[-1].teacher != teacher:
        db.session.add(HomeroomPeriod(school_class=school_class, teacher=teacher, begins_on=begins_on))
    record(
        ProgrammeEvent.HOMEROOM_NAMED,
        school_class,
        by=by,
        begins_on=begins_on.isoformat(),
        teacher=[_name(former), _name(teacher)],
    )
    _take_effect(school_class)


def take_back_homeroom(school_class: SchoolClass, *, by: User | None) -> None:
    """Drop the last naming while its day is still to come. Raises ``NotPossible``."""
    lock(school_class)
    periods = queries.homerooms_of(school_class)
    if not periods or periods[-1].begins_on <= today():
        raise NotPossible(_("没有还没开始的任命可以撤回。已经开始的，任命另一位老师。"))
    dropped = _drop_last(periods)
    record(
        ProgrammeEvent.HOMEROOM_TAKEN_BACK,
        school_class,
        by=by,
        begins_on=dropped.begins_on.isoformat(),
        teacher=_name(dropped.teacher),
    )


def bring_up_to_date(*, by: User | None) -> int:
    """Let namings that were dated ahead take effect when their day has come; gives how many classes changed."""
    late = queries.classes_overtaken(today())
    for school_class in late:
        lock(school_class)
        before, after = _take_effect(school_class)
        record(ProgrammeEvent.HOMEROOM_TAKEN_EFFECT, school_class, by=by, teacher=[before, after])
    return len(late)


def _told_so_far(school_class: SchoolClass, begins_on: date) -> list[HomeroomPeriod]:
    """The periods up to this day. Of a teacher whose beginning nobody told, it is known since the class was set up."""
    periods = queries.homerooms_of(school_class)
    if periods and begins_on < periods[-1].begins_on:
        raise OutOfRange(
            _(
                "%(day)s起的班主任已经登记，新的日期不能更早。还没开始的任命可以先撤回。",
                day=format_short_date(periods[-1].begins_on),
            )
        )
    known_since = school_class.created_at.astimezone(SCHOOL_TIME).date()
    if periods or school_class.homeroom_teacher is None or known_since >= begins_on:
        return periods
    first = HomeroomPeriod(school_class=school_class, teacher=school_class.homeroom_teacher, begins_on=known_since)
    db.session.add(first)
    return [first]


def _drop_last(periods: list[HomeroomPeriod]) -> HomeroomPeriod:
    dropped = periods.pop()
    db.session.delete(dropped)
    if periods:
        periods[-1].until = None
    db.session.flush()  # before another takes its day
    return dropped


def _take_effect(school_class: SchoolClass) -> tuple[str, str]:
    """Let the class say who it is today; gives the former and the present name."""
    former = _name(school_class.homeroom_teacher)
    db.session.flush()
    school_class.homeroom_teacher = queries.homeroom_teacher_on(school_class, today())
    return former, _name(school_class.homeroom_teacher)


def _check_teacher(teacher: User | None) -> None:
    if teacher is not None and not (teacher.active and teacher.has(Role.HOMEROOM_TEACHER)):
        raise NotATeacher(_("%(name)s没有在用的班主任账号。请系统管理员建立账号，角色选班主任。", name=teacher.name))


def _check_day(school_class: SchoolClass, begins_on: date) -> None:
    if begins_on.year < school_class.intake_year - 1:
        raise OutOfRange(_("日期太早：%(name)s是%(year)s级。", name=school_class.name, year=school_class.intake_year))
    if begins_on > today() + FARTHEST_AHEAD:
        raise OutOfRange(_("日期太远：最多提前一年任命。请核对年份。"))


def _refuse_the_same(periods: list[HomeroomPeriod], teacher: User | None) -> None:
    if teacher is None:
        raise AlreadyThere(_("这个班本来就没有班主任。"))
    raise AlreadyThere(
        _(
            "%(name)s从%(day)s起已经是这个班的班主任。",
            name=teacher.name,
            day=format_short_date(periods[-1].begins_on),
        )
    )


def _name(teacher: User | None) -> str:
    return teacher.name if teacher else ""
