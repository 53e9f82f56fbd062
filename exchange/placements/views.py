"""The pages of placements: the pipeline, one placement, its records, and the student's own page."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import or_

from exchange.accounts.queries import users_with
from exchange.accounts.roles import Permission, Role
from exchange.audit.queries import timeline
from exchange.core.access import authorize, public, requires
from exchange.core.database import db, get_or_404, now, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _, listed
from exchange.core.pagination import paginate
from exchange.partners.queries import all_posts
from exchange.placements import checklist, forms, policy, queries, service
from exchange.placements.models import Placement, PlacementStatus
from exchange.placements.recording import KINDS
from exchange.placements.sections import sections_for
from exchange.placements.workflow import OPEN, PLACEMENT_WORKFLOW, possible_from
from exchange.students import policy as student_policy
from exchange.students.models import Student, StudentStatus

bp = Blueprint("placements", __name__)
MAIN_STEPS = ("approve", "start", "end")


@bp.get("/placements")
@requires(Permission.PLACEMENT_VIEW)
def index():
    rows = queries.pipeline(
        policy.visible_to(current_user),
        q=request.args.get("q", ""),
        status=request.args.get("status", ""),
        school_class_id=request.args.get("class", type=int),
        host_id=request.args.get("host", type=int),
        only_new=request.args.get("new") == "1",
        sort=request.args.get("sort", ""),
    )
    placements = paginate(rows)
    return render_template(
        "placements/index.html",
        placements=placements,
        missing=checklist.missing_words(placements.items),
        new=checklist.new_problems(placements.items),
        statuses=[(status.value, status.label) for status in PlacementStatus],
        classes=queries.classes_in_use(),
        hosts=queries.hosts_in_use(),
    )


@bp.route("/placements/new", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_PLAN)
def plan():
    chosen = request.args.getlist("student", type=int)
    students = _candidates(chosen)
    form = forms.PlanForm(
        students=students,
        statuses=queries.statuses_of([each.id for each in students]),
        posts=all_posts(),
        instructors=users_with(Role.INSTRUCTOR),
        data={"students": chosen},
    )

    if form.validate_on_submit():
        try:
            planned = _plan(form, students)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已安排 %(count)s 名学生，等待批准。", count=len(planned)))
            return redirect(url_for(".show", placement_id=planned[0].id) if len(planned) == 1 else _draft_list(planned))

    classes = [] if students else queries.classes(q=request.args.get("q", ""))
    page = render_template("placements/plan.html", form=form, students=students, classes=classes)
    return page, form.status_code


def _candidates(chosen):
    """The registered students of one class, the one asked for or that of the first chosen student, and the chosen."""
    visible = student_policy.visible_to(current_user)
    class_id = request.args.get("class", type=int)
    if chosen:
        class_id = get_or_404(visible, chosen[0]).school_class_id
    if not class_id:
        return []
    wanted = or_(Student.school_class_id == class_id, Student.id.in_(chosen))
    candidates = visible.where(wanted, Student.status == StudentStatus.REGISTERED)
    return list(db.session.scalars(candidates.order_by(Student.pinyin, Student.id)))


def _plan(form, students):
    values = form.values
    wanted = set(values.pop("students"))
    post_id, instructor_id = values.pop("post_id"), values.pop("instructor_id")
    return service.plan_placements(
        [student for student in students if student.id in wanted],
        post=next(post for post in all_posts() if post.id == post_id),
        instructor=next((user for user in users_with(Role.INSTRUCTOR) if user.id == instructor_id), None),
        by=current_user,
        **values,
    )


def _draft_list(planned):
    return url_for(".index", status=PlacementStatus.DRAFT.value, host=planned[0].host.id)


@bp.get("/placements/<int:placement_id>")
@requires(Permission.PLACEMENT_VIEW)
def show(placement_id):
    placement = get_or_404(policy.visible_to(current_user), placement_id)
    return _page_of(placement)


def _page_of(placement, *, refusal=None):
    steps = {step.name: step for step in PLACEMENT_WORKFLOW.available(placement.status, current_user)}
    is_open = placement.status in OPEN
    may_record = policy.can_record(current_user, placement)
    main = next((steps[name] for name in MAIN_STEPS if name in steps), None)
    conditions = checklist.Checklist(placement) if is_open else None
    return render_template(
        "placements/show.html",
        placement=placement,
        findings=conditions.rows(may_mend=may_record) if conditions else [],
        fulfilled=conditions.fulfilled() if conditions else [],
        excused=conditions.excused() if conditions else [],
        is_open=is_open,
        main=main,
        hindrances=conditions.hindrances(main, current_user) if conditions and main else [],
        needs_reason=bool(conditions and main) and conditions.needs_reason(main),
        wait_until=_wait_until(placement, main),
        others=[step for name, step in steps.items() if name not in MAIN_STEPS],
        kinds=[kind for kind in KINDS.values() if kind.concerns(placement)],
        may_record=may_record,
        may_change=policy.can_change(current_user, placement),
        events=timeline(placement),
        refusal=refusal,
    )


def _wait_until(placement, step):
    day = possible_from(placement, step.name) if step else None
    return day if day and day > today() else None


@bp.route("/placements/<int:placement_id>/edit", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_PLAN)
def edit(placement_id):
    placement = get_or_404(policy.visible_to(current_user), placement_id)
    authorize(policy.can_change(current_user, placement))
    form = forms.ChangeForm(obj=placement, posts=all_posts(), instructors=users_with(Role.INSTRUCTOR))

    if form.validate_on_submit():
        values = form.values
        for name in ("instructor_id", "instructor_phone", "mentor_phone"):
            values[name] = values[name] or None
        try:
            service.change_placement(placement, by=current_user, **values)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存。"))
            return redirect(url_for(".show", placement_id=placement.id))

    return render_template("placements/edit.html", form=form, placement=placement), form.status_code


@bp.route("/placements/<int:placement_id>/records/<kind>", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_PLAN)
def record(placement_id, kind):
    placement = get_or_404(policy.visible_to(current_user), placement_id)
    record_kind = KINDS.get(kind) or abort(404)
    authorize(policy.can_record(current_user, placement))
    companions = queries.companions(placement)
    form = record_kind.form(companions=companions, data=record_kind.defaults(placement))

    if form.validate_on_submit():
        try:
            for each in [placement, *(other for other in companions if other.id in form.also.data)]:
                record_kind.write(each, by=current_user, **record_kind.fixed, **form.record)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            _tell_recorded(placement, record_kind)
            return redirect(url_for(".show", placement_id=placement.id))

    page = render_template("placements/record.html", form=form, placement=placement, kind=record_kind)
    return page, form.status_code


def _tell_recorded(placement, kind):
    """Green only where nothing of this record is missing any more."""
    if still_open := checklist.Checklist(placement).still_open(kind.name):
        lacks = listed(kind.gaps(kind.current(placement))) or _("；").join(still_open)
        flash(_("%(what)s已登记，还缺：%(lacks)s。", what=kind.label, lacks=lacks), "warning")
    else:
        flash(_("%(what)s已登记。", what=kind.label))


@bp.post("/placements/<int:placement_id>/transitions/<name>")
@requires(Permission.PLACEMENT_PLAN, Permission.PLACEMENT_APPROVE)
def transition(placement_id, name):
    placement = get_or_404(policy.visible_to(current_user), placement_id)
    step = PLACEMENT_WORKFLOW.transitions.get(name) or abort(404)
    authorize(current_user.may(step.permission))
    form = forms.TransitionForm()
    if not form.validate():
        return _page_of(placement, refusal=_("页面打开太久了。再点一次。")), 422

    try:
        service.change_status(placement, name, by=current_user, reason=form.reason.data)
    except DomainError as refusal:
        return _page_of(placement, refusal=refusal), 409
    flash(_("%(step)s：已完成。", step=step.label))
    return redirect(url_for(".show", placement_id=placement.id))


@bp.get("/students/<int:student_id>/placements")
@requires(Permission.PLACEMENT_VIEW)
def of_student(student_id):
    student = get_or_404(student_policy.visible_to(current_user), student_id)
    visible = policy.visible_to(current_user).where(queries.Placement.student_id == student.id)
    seen = set(db.session.scalars(visible.with_only_columns(queries.Placement.id)))
    placements = [placement for placement in queries.placements_of(student) if placement.id in seen]
    return render_template(
        "placements/of_student.html",
        student=student,
        placements=placements,
        missing=checklist.missing_words(placements),
    )


@bp.get("/placements/mine")
@requires(Permission.PLACEMENT_MINE)
def mine():
    placement = queries.own_placement(current_user)
    return render_template(
        "placements/mine.html",
        placement=placement,
        owed=_owed(placement) if placement else [],
        sections=sections_for(placement) if placement else [],
        is_guardian=_is_guardian(),
        school=current_app.config,
        seen_at=now(),
    )


def _is_guardian() -> bool:
    return not current_user.has(Role.STUDENT)


def _owed(placement: Placement) -> list[str]:
    return checklist.owed_by_guardian(placement) if _is_guardian() else checklist.owed_by_student(placement)


@bp.get("/service-worker.js")
@public
def service_worker() -> Response:
    """The worker stands at the root so that it may serve the pages from there."""
    worker = Path(current_app.root_path) / "static" / "js" / "offline-worker.js"
    return Response(worker.read_bytes(), mimetype="text/javascript", headers={"Cache-Control": "no-cache"})
