"""Journeys home and back: trips, groups, seats, who stays, and the tap that says “arrived”."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.queries import users_with
from exchange.accounts.roles import Permission, Role
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import end_of, get_or_404, now
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.navigation import as_of
from exchange.core.pagination import paginate
from exchange.reference.names import named
from exchange.students import history
from exchange.welfare import policy, service
from exchange.welfare.forms import travel as forms
from exchange.welfare.models import Leg, TravelGroup, Trip
from exchange.welfare.queries import travel as queries
from exchange.welfare.rules.travel import is_missed
from exchange.welfare.views.blueprint import bp
from exchange.welfare.views.choosing import on_roll_in, ticked_of


@bp.get("/welfare/travel")
@requires(Permission.WELFARE_VIEW)
def travel():
    return render_template("welfare/travel.html", page=paginate(queries.trips()))


@bp.route("/welfare/travel/new", methods=["GET", "POST"])
@requires(Permission.WELFARE_MANAGE)
def create_trip():
    form = forms.TripForm()

    if form.validate_on_submit():
        try:
            trip = service.create_trip(by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已安排。现在编组。"))
            return redirect(url_for(".show_trip", trip_id=trip.id))

    return render_template("welfare/create_trip.html", form=form), form.status_code


@bp.get("/welfare/travel/<int:trip_id>")
@requires(Permission.WELFARE_VIEW)
def show_trip(trip_id):
    trip = get_or_404(select(Trip), trip_id)
    students, asked = policy.students_of(current_user), as_of()
    moment = min(now(), end_of(asked.day))
    return render_template(
        "welfare/trip.html",
        trip=trip,
        as_of=asked,
        missed=queries.missed(policy.seats_of(current_user), moment, trip=trip),
        late=queries.late_returns(trip, students, asked.day),
        loads=queries.loads_of(trip, end_of(asked.day)),
        stays=queries.stays_in(trip, students),
        undecided=queries.undecided(trip, students),
        events=timeline(trip),
    )


@bp.route("/welfare/travel/<int:trip_id>/groups/new", methods=["GET", "POST"])
@requires(Permission.WELFARE_MANAGE)
def create_group(trip_id):
    trip = get_or_404(select(Trip), trip_id)
    escorts = _escorts()
    form = forms.GroupForm(escorts=escorts)

    if form.validate_on_submit():
        try:
            group = service.create_group(trip, by=current_user, **_with_escort(form, escorts))
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已编组。现在按班级编入学生。"))
            return redirect(url_for(".show_group", group_id=group.id))

    return render_template("welfare/create_group.html", form=form, trip=trip), form.status_code


@bp.route("/welfare/travel/groups/<int:group_id>/edit", methods=["GET", "POST"])
@requires(Permission.WELFARE_MANAGE)
def edit_group(group_id):
    group = get_or_404(select(TravelGroup), group_id)
    escorts = _escorts()
    form = forms.ChangeGroupForm(obj=group, escorts=escorts)

    if form.validate_on_submit():
        try:
            service.change_group(group, by=current_user, **_with_escort(form, escorts))
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".show_group", group_id=group.id))

    return render_template("welfare/edit_group.html", form=form, group=group), form.status_code


def _escorts():
    """Who may confirm arrivals may escort."""
    people = {user.id: user for role in (Role.HOMEROOM_TEACHER, Role.REGISTRAR) for user in users_with(role)}
    return list(people.values())


def _with_escort(form, escorts):
    values = form.values
    escort_id = values.pop("escort_id")
    return values | {"escort": next((user for user in escorts if user.id == escort_id), None)}


@bp.get("/welfare/travel/groups/<int:group_id>")
@requires(Permission.WELFARE_VIEW)
def show_group(group_id):
    group, asked = get_or_404(select(TravelGroup), group_id), as_of()
    moment = min(now(), end_of(asked.day))
    seats = queries.seats_in(group, policy.seats_of(current_user), moment=moment)
    return render_template(
        "welfare/group.html",
        group=group,
        seats=seats,
        as_of=asked,
        arrived={seat.id for seat in seats if seat.arrived_at and seat.arrived_at <= moment},
        classes=history.classes_on([seat.student for seat in seats], asked.day) if asked.is_past else {},
        is_missed=is_missed(group.arrives_at, moment),
        has_left=group.meets_at <= moment,
        may_print=policy.can_print(current_user, group) and not asked.is_past,
        events=timeline(group),
    )


@bp.post("/welfare/travel/groups/<int:group_id>/list")
@requires(Permission.WELFARE_RECORD)
def print_group(group_id):
    group = get_or_404(policy.groups_printable_by(current_user), group_id)
    if not ActionForm().validate_on_submit():
        return redirect(url_for(".show_group", group_id=group_id))
    return render_template("welfare/group_list.html", group=group, seats=service.print_list(group, by=current_user))


@bp.route("/welfare/travel/groups/<int:group_id>/tickets", methods=["GET", "POST"])
@requires(Permission.WELFARE_MANAGE)
def set_tickets(group_id):
    group = get_or_404(select(TravelGroup), group_id)
    seats = queries.seats_in(group)
    form = ActionForm()

    if form.validate_on_submit():
        changed = service.set_tickets(group, _tickets(seats), by=current_user)
        flash(_("已保存 %(count)s 人的车票。", count=changed))
        return redirect(url_for(".show_group", group_id=group.id))

    return render_template("welfare/tickets.html", form=form, group=group, seats=seats), form.status_code


def _tickets(seats):
    typed = request.form
    return {
        seat.id: (typed.get(f"ticket-{seat.id}", "").strip()[:60], typed.get(f"place-{seat.id}", "").strip()[:30])
        for seat in seats
    }


@bp.route("/welfare/travel/<int:trip_id>/classes/<int:class_id>", methods=["GET", "POST"])
@requires(Permission.WELFARE_VIEW)
def plan_class(trip_id, class_id):
    trip = get_or_404(select(Trip), trip_id)
    school_class = get_or_404(policy.classes_of(current_user), class_id)
    may_plan = current_user.may(Permission.WELFARE_RECORD)
    students = on_roll_in(class_id)
    groups = queries.groups_of(trip)
    form = forms.PlanForm(groups=groups)

    if may_plan and form.validate_on_submit():
        try:
            chosen = ticked_of(students)
            _plan(trip, chosen, form, groups)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已安排 %(count)s 名学生。", count=len(chosen)))
            return redirect(url_for(".plan_class", trip_id=trip_id, class_id=class_id))

    page = render_template(
        "welfare/plan_class.html",
        trip=trip,
        school_class=school_class,
        students=students,
        plans=queries.plans_of(trip, [student.id for student in students]),
        legs=list(Leg),
        form=form,
        may_plan=may_plan,
    )
    return page, form.status_code


def _plan(trip, students, form, groups):
    if form.group_id.data == forms.STAYS:
        service.let_stay(trip, students, place=form.place.data, carer=form.carer.data, by=current_user)
    else:
        group = next(group for group in groups if group.id == form.group_id.data)
        service.send_with(group, students, by=current_user)


@bp.route("/welfare/travel/seats/<int:seat_id>/arrival", methods=["GET", "POST"])
@requires(Permission.WELFARE_RECORD)
def confirm_arrival(seat_id):
    seat = get_or_404(policy.seats_confirmable_by(current_user).options(*queries.with_families()), seat_id)
    form = forms.ArrivalForm(people=_guardians(seat.student), data={"arrived_at": now()})

    if form.validate_on_submit():
        try:
            service.confirm_arrival(seat, arrived_at=form.arrived_at.data, spoken_to=form.person, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("%(name)s：已到。", name=seat.student.name))
            return redirect(url_for(".show_group", group_id=seat.group_id))

    return render_template("welfare/confirm_arrival.html", form=form, seat=seat), form.status_code


def _guardians(student):
    return [f"{named(each.relation)} {each.guardian.name}".strip() for each in student.guardianships]
