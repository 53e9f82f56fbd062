"""Taking the roll of a class: everybody is there, tap who is not, save."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.attendance import forms, policy, service
from exchange.attendance.limits import moment_at
from exchange.attendance.models import AttendanceMark, RollTime
from exchange.attendance.queries import rolls as queries
from exchange.attendance.views.blueprint import bp
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import get_or_404, now
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.navigation import day_of
from exchange.core.pagination import paginate
from exchange.programmes.models import SchoolClass
from exchange.programmes.queries import classes

MARKS = {mark.value: mark for mark in AttendanceMark}
TIMES = {time.value: time for time in RollTime}


@bp.get("/attendance")
@requires(Permission.ATTENDANCE_RECORD)
def index():
    own = policy.classes_recordable_by(current_user).with_only_columns(SchoolClass.id)
    page = paginate(classes(request.args.get("q", "")).where(SchoolClass.id.in_(own)))
    if len(page.items) == 1 and not request.args:
        return redirect(url_for(".roll", class_id=page.items[0].id))
    return render_template("attendance/index.html", page=page, time=_time_now())


@bp.route("/attendance/classes/<int:class_id>/roll", methods=["GET", "POST"])
@requires(Permission.ATTENDANCE_RECORD)
def roll(class_id):
    school_class = get_or_404(policy.classes_recordable_by(current_user), class_id)
    day = forms.day_or_today(day_of(request.args.get("day", "")))
    time = TIMES.get(request.args.get("time", ""), _time_now())
    form, marks = forms.RollForm(), None

    if form.validate_on_submit():
        marks = _marks()
        try:
            service.take_roll(school_class, day=day, time=time, marks=marks, version=form.version.data, by=current_user)
        except service.RollChanged as error:
            form.form_errors.append(str(error))
            return _page(form, error.sheet, marks), 409
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("%(name)s %(time)s记好了。", name=school_class.name, time=time.label))
            return redirect(url_for(".roll", class_id=class_id, day=day.isoformat(), time=time.value))

    return _page(form, queries.sheet(school_class, day, time), marks), form.status_code


def _marks():
    """Student → mark, from the fields of the page; what is no mark counts as present."""
    sent = ((name.removeprefix("m."), value) for name, value in request.form.items() if name.startswith("m."))
    return {int(name): MARKS[value] for name, value in sent if name.isascii() and name.isdecimal() and value in MARKS}


def _page(form, sheet, marks):
    """The roll as it stands, or with what was sent, where it could not be saved."""
    chosen = {row.student.id: row.mark for row in sheet.rows} if marks is None else marks
    return render_template(
        "attendance/roll.html",
        form=form,
        sheet=sheet,
        chosen=chosen,
        is_refused=marks is not None,
        marks=list(AttendanceMark),
        times=list(RollTime),
        day_before=sheet.day - timedelta(days=1),
        taken=queries.times_taken(sheet.school_class, sheet.day),
        events=timeline(sheet.roll) if sheet.roll else [],
    )


def _time_now():
    return list(RollTime)[moment_at(now()).place]
