"""Rooms and beds: where is room, who sleeps where, and putting a whole class into beds."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.audit.queries import timeline
from exchange.core.access import requires
from exchange.core.database import db, get_or_404
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm
from exchange.core.i18n import _
from exchange.core.navigation import as_of
from exchange.core.pagination import paginate
from exchange.students.models import Sex, Student
from exchange.welfare import policy, service
from exchange.welfare.forms import dormitory as forms
from exchange.welfare.models import BedStay, DormitoryRoom
from exchange.welfare.queries import dormitory as queries
from exchange.welfare.views.blueprint import bp
from exchange.welfare.views.choosing import on_roll_in, ticked_of


@bp.get("/welfare/dormitory")
@requires(Permission.WELFARE_VIEW)
def dormitory():
    asked = as_of()
    day = asked.day if asked.is_past else None
    rooms = queries.rooms(
        building_id=request.args.get("building", type=int),
        sex=request.args.get("sex", ""),
        with_free_beds=bool(request.args.get("free")),
        day=day,
    )
    return render_template(
        "welfare/dormitory.html",
        page=paginate(rooms, scalars=False),
        buildings=[(building.id, building.name) for building in queries.buildings()],
        sexes=[(sex.value, sex.label) for sex in Sex],
        totals=queries.totals(day=day),
        as_of=asked,
    )


@bp.route("/welfare/dormitory/buildings/new", methods=["GET", "POST"])
@requires(Permission.WELFARE_MANAGE)
def create_building():
    form = forms.BuildingForm()

    if form.validate_on_submit():
        try:
            service.create_building(by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已登记。现在登记它的房间。"))
            return redirect(url_for(".create_rooms"))

    return render_template("welfare/create_building.html", form=form), form.status_code


@bp.route("/welfare/dormitory/rooms/new", methods=["GET", "POST"])
@requires(Permission.WELFARE_MANAGE)
def create_rooms():
    buildings = queries.buildings()
    form = forms.RoomsForm(buildings=buildings)

    if form.validate_on_submit():
        building = next(each for each in buildings if each.id == form.building_id.data)
        try:
            rooms = service.create_rooms(
                building, numbers=form.listed, sex=form.sex.data, capacity=form.capacity.data, by=current_user
            )
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已登记 %(count)s 间。", count=len(rooms)))
            return redirect(url_for(".dormitory", building=building.id))

    return render_template("welfare/create_rooms.html", form=form, buildings=buildings), form.status_code


@bp.get("/welfare/dormitory/rooms/<int:room_id>")
@requires(Permission.WELFARE_VIEW)
def show_room(room_id):
    room = get_or_404(select(DormitoryRoom), room_id)
    asked = as_of()
    day = asked.day if asked.is_past else None
    by_bed = {stay.bed: stay for stay in queries.occupants(room, day=day)}
    former = [] if day else queries.history_of(room)
    people = {stay.student_id for stay in (*by_bed.values(), *former)}
    seen = policy.students_of(current_user).where(Student.id.in_(people)).with_only_columns(Student.id)
    return render_template(
        "welfare/room.html",
        room=room,
        as_of=asked,
        beds=[(bed, by_bed.get(bed)) for bed in range(1, max([room.capacity, *by_bed]) + 1)],
        former=former,
        seen=set(db.session.scalars(seen)),
        events=timeline(room),
    )


@bp.route("/welfare/dormitory/rooms/<int:room_id>/edit", methods=["GET", "POST"])
@requires(Permission.WELFARE_MANAGE)
def edit_room(room_id):
    room = get_or_404(select(DormitoryRoom), room_id)
    form = forms.RoomForm(obj=room)

    if form.validate_on_submit():
        try:
            service.change_room(room, by=current_user, **form.values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".show_room", room_id=room.id))

    return render_template("welfare/edit_room.html", form=form, room=room), form.status_code


@bp.route("/welfare/dormitory/classes/<int:class_id>", methods=["GET", "POST"])
@requires(Permission.WELFARE_VIEW)
def beds_of_class(class_id):
    school_class = get_or_404(policy.classes_of(current_user), class_id)
    may_assign = current_user.may(Permission.WELFARE_MANAGE)
    students = on_roll_in(class_id)
    form = forms.AssignForm(rooms=queries.rooms_with_free_beds() if may_assign else [])

    if may_assign and form.validate_on_submit():
        try:
            stays = _assign(ticked_of(students), form.room_id.data)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已安排 %(count)s 名学生的床位。", count=len(stays)))
            return redirect(url_for(".beds_of_class", class_id=class_id))

    page = render_template(
        "welfare/beds_of_class.html",
        school_class=school_class,
        students=students,
        stays=queries.present_stays([student.id for student in students]),
        form=form,
        may_assign=may_assign,
    )
    return page, form.status_code


def _assign(students, room_id):
    if room_id == forms.ANY_ROOM:
        return service.fill_beds(students, by=current_user)
    return service.assign_room(students, get_or_404(select(DormitoryRoom), room_id), by=current_user)


@bp.post("/welfare/dormitory/stays/<int:stay_id>/end")
@requires(Permission.WELFARE_MANAGE)
def move_out(stay_id):
    stay = get_or_404(select(BedStay), stay_id)
    if ActionForm().validate_on_submit():
        service.move_out(stay, by=current_user)
        flash(_("%(name)s已退宿。", name=stay.student.name))
    return redirect(url_for(".show_room", room_id=stay.room_id))
