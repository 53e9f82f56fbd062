"""The pages of shift plans: month by month, a week laid over months, one day, and the table of a host."""

from calendar import monthrange
from datetime import date, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from exchange.accounts.roles import Permission
from exchange.core.access import authorize, requires
from exchange.core.database import get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _, listed
from exchange.core.navigation import day_of
from exchange.core.spreadsheets import read
from exchange.partners.models import HostOrganisation
from exchange.placements import policy
from exchange.placements.facts.values import Step
from exchange.placements.models import Placement
from exchange.placements.queries import companions, with_people, with_records
from exchange.placements.record_facts import facts_of
from exchange.reference.calendar import unannounced_years
from exchange.shifts import forms, queries, service, wording
from exchange.shifts.days import Review
from exchange.shifts.pasted import BadLine, Roster, lines_of_sheet, lines_of_text, read_roster
from exchange.shifts.pattern import laid_over

bp = Blueprint("shifts", __name__)


@bp.get("/placements/<int:placement_id>/shifts")
@requires(Permission.PLACEMENT_VIEW)
def show(placement_id):
    placement = _placement(placement_id)
    return _page_of(placement)


def _placement(placement_id: int) -> Placement:
    scope = policy.visible_to(current_user).options(*with_people(), *with_records())
    return get_or_404(scope, placement_id)


def _changeable(placement_id: int) -> Placement:
    placement = _placement(placement_id)
    authorize(policy.can_record(current_user, placement))
    return placement


def _page_of(placement, *, refusal=None):
    plans = queries.versions(placement)
    standing = [each for each in plans if not each.is_void]
    plan = next((each for each in standing if each.is_draft), None) or next(iter(standing), None)
    shifts = plan.shifts if plan else ()
    first = _month(placement)
    last = _last_of(first)
    others = companions(placement) if plan and plan.is_draft else []
    same = _with_same_draft(plan, others)
    return render_template(
        "shifts/show.html",
        placement=placement,
        plan=plan,
        effective=next((each for each in standing if not each.is_draft), None),
        fits=bool(plan) and plan.fits(placement),
        days=Review(facts_of(placement, step=Step.DAILY), shifts).month(first, last) if plan else [],
        findings=service.findings_of(placement, shifts) if plan and shifts else [],
        month=first,
        before=_neighbour(placement, first - timedelta(days=1)),
        after=_neighbour(placement, last + timedelta(days=1)),
        unannounced=unannounced_years(placement.starts_on, placement.ends_on),
        former=[each for each in plans if each.is_void and not each.is_draft],
        form=forms.EffectiveForm(companions=same, also=[each.id for each in same]),
        may_change=policy.can_record(current_user, placement),
        refusal=refusal,
        wording=wording,
    )


def _with_same_draft(plan, others):
    """Companions whose draft says the same: they were drawn up together, and are made effective together."""
    drafts = queries.standing([each.id for each in others], draft=True) if others else {}
    return [each for each in others if each.id in drafts and drafts[each.id].shifts == plan.shifts]


def _month(placement) -> date:
    """The first of the month that the address asks for, else of today, within the placement."""
    asked = day_of(f"{request.args.get('month', '')}-01") or today()
    return min(max(asked, placement.starts_on), placement.ends_on).replace(day=1)


def _last_of(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _neighbour(placement, day: date) -> date | None:
    inside = placement.starts_on.replace(day=1) <= day <= _last_of(placement.ends_on.replace(day=1))
    return day.replace(day=1) if inside else None


@bp.route("/placements/<int:placement_id>/shifts/week", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_PLAN)
def week(placement_id):
    placement = _changeable(placement_id)
    others = companions(placement)
    form = forms.WeekForm(
        placement=placement,
        companions=others,
        data={"first": placement.starts_on, "last": placement.ends_on, "also": [each.id for each in others]},
    )

    if form.validate_on_submit():
        worked = forms.WORKED[form.days_off.data]
        shifts = laid_over(form.week, form.first.data, form.last.data, worked=worked)
        try:
            for each in _chosen(placement, others, form):
                service.draft(each, shifts, by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("排了 %(days)s 天，是草稿。看一遍，对了再点“生效”。", days=len(shifts)))
            return redirect(url_for(".show", placement_id=placement.id, month=f"{form.first.data:%Y-%m}"))

    page = render_template(
        "shifts/week.html", form=form, placement=placement, weekdays=list(enumerate(wording.WEEKDAY_NAMES))
    )
    return page, form.status_code


def _chosen(placement, others, form):
    return [placement, *(each for each in others if each.id in form.also.data)]


@bp.route("/placements/<int:placement_id>/shifts/days/<day>", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_PLAN)
def change_day(placement_id, day):
    placement = _changeable(placement_id)
    on = day_of(day)
    if on is None or not placement.starts_on <= on <= placement.ends_on:
        abort(404)
    plan = service.current_of(placement)
    former = next((each for each in (plan.shifts if plan else ()) if each.date_ == on), None)
    usual = former or next(iter(plan.shifts if plan else ()), None)
    others = _with_same_draft(plan, companions(placement)) if plan and plan.is_draft else []
    form = forms.DayForm(companions=others, data=_defaults(former, usual) | {"also": [each.id for each in others]})

    if form.validate_on_submit():
        try:
            for each in _chosen(placement, others, form):
                service.change_day(each, on, form.shift_on(on), by=current_user)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已改在草稿里。改完点“生效”。"))
            return redirect(url_for(".show", placement_id=placement.id, month=f"{on:%Y-%m}"))

    return render_template("shifts/day.html", form=form, placement=placement, day=on), form.status_code


def _defaults(former, usual):
    """A free day shows the usual times, so that one choice is enough to work on it."""
    if usual is None:
        return {"works": True}
    times = {"start": usual.start, "end": usual.end, "break_minutes": usual.break_minutes}
    return times | {"works": "yes" if former else "no"}


@bp.route("/placements/<int:placement_id>/shifts/table", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_PLAN)
def table(placement_id):
    placement = _changeable(placement_id)
    people = [placement, *companions(placement)]
    form = forms.TableForm()
    roster = Roster()

    if form.validate_on_submit():
        roster = _read(form, people)
        if not roster.bad and not form.form_errors:
            try:
                names = _draft_all(people, roster)
            except DomainError as error:
                form.form_errors.append(str(error))
            else:
                flash(_("排了 %(names)s 的班，是草稿。看一遍，对了再点“生效”。", names=names))
                return redirect(url_for(".show", placement_id=placement.id))

    page = render_template("shifts/table.html", form=form, placement=placement, people=people, roster=roster)
    return page, form.status_code


def _read(form, people) -> Roster:
    try:
        file = form.file.data
        lines = lines_of_sheet(read(file.read(), file.filename)[0]) if file else lines_of_text(form.table.data)
    except DomainError as problem:
        form.form_errors.append(str(problem))
        return Roster()
    roster = read_roster(lines, people)
    if not roster.bad and not roster.shifts:
        roster.bad.append(BadLine(1, str(_("表里没有一个班。"))))
    return roster


def _draft_all(people, roster) -> str:
    named = [each for each in people if each.id in roster.shifts]
    for each in named:
        service.draft(each, roster.shifts[each.id], by=current_user)
    return listed(each.student.name for each in named)


@bp.post("/placements/<int:placement_id>/shifts/effective")
@requires(Permission.PLACEMENT_PLAN)
def make_effective(placement_id):
    placement = _changeable(placement_id)
    others = companions(placement)
    form = forms.EffectiveForm(companions=others)
    if not form.validate():
        return _page_of(placement, refusal=_("页面打开太久了。再点一次。")), 422

    try:
        service.make_effective(_chosen(placement, others, form), by=current_user)
    except DomainError as refusal:
        return _page_of(placement, refusal=refusal), 409
    flash(_("排班已生效。学生和家长现在看得到。"))
    return redirect(url_for(".show", placement_id=placement.id))


@bp.post("/placements/<int:placement_id>/shifts/discard")
@requires(Permission.PLACEMENT_PLAN)
def discard(placement_id):
    placement = _changeable(placement_id)
    form = forms.EffectiveForm(companions=[])
    if not form.validate():
        return _page_of(placement, refusal=_("页面打开太久了。再点一次。")), 422

    try:
        service.discard(placement, by=current_user)
    except DomainError as refusal:
        return _page_of(placement, refusal=refusal), 409
    flash(_("草稿已放弃。"))
    return redirect(url_for(".show", placement_id=placement.id))


@bp.get("/shifts/hosts/<int:host_id>")
@requires(Permission.PLACEMENT_VIEW)
def sheet(host_id):
    """The month of everybody at a host, for the mentor's wall."""
    host = get_or_404(select(HostOrganisation), host_id)
    first = (day_of(f"{request.args.get('month', '')}-01") or today()).replace(day=1)
    last = _last_of(first)
    placements = queries.at_host(policy.visible_to(current_user), host, first, last)
    shifts = queries.effective_shifts(placements)
    return render_template(
        "shifts/sheet.html",
        host=host,
        month=first,
        placements=placements,
        planned={number: {each.date_: each for each in found} for number, found in shifts.items()},
        days=[first.replace(day=number) for number in range(1, last.day + 1)],
        before=first - timedelta(days=1),
        after=last + timedelta(days=1),
        wording=wording,
    )
