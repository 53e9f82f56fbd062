"""One student's record: what it lacks, and the place to fill it in."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import authorize, requires
from exchange.core.database import get_or_404, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.partners.queries import counties_to_offer
from exchange.reference.codes import code_list
from exchange.reference.fields import AreaField
from exchange.reference.names import named
from exchange.reference.registration import registration_batch
from exchange.registry import policy
from exchange.registry.completeness import completeness
from exchange.registry.forms import filling_form
from exchange.registry.queries import corrections
from exchange.registry.records import record_of
from exchange.registry.requirements import taking_over
from exchange.registry.service import states
from exchange.registry.service.writing import BY_HEADING, write_cells
from exchange.registry.values import HINDERING, Actor, TakingOver
from exchange.registry.views.blueprint import bp
from exchange.students.models import ON_ROLL
from exchange.students.queries import for_page
from exchange.students.roster.columns import Kind

PREFIX = "cell_"


@bp.get("/students/<int:student_id>/registry")
@requires(Permission.REGISTRY_VIEW)
def student(student_id):
    student = get_or_404(for_page(policy.visible_to(current_user)), student_id)
    found = completeness(record_of(student), today=today())
    return _page(student, found, _form(found) if policy.may_fill(current_user, student) else None)


@bp.post("/students/<int:student_id>/registry")
@requires(Permission.REGISTRY_FILL)
def fill_in(student_id):
    """What is missing, as much as is known; an empty field leaves its column as it is."""
    student = get_or_404(for_page(policy.visible_to(current_user)), student_id)
    authorize(policy.may_fill(current_user, student))
    found = completeness(record_of(student), today=today())
    form = _form(found)

    if form and form.validate_on_submit():
        cells = {BY_FIELD[name]: value for name, value in form.values.items() if value}
        try:
            write_cells(student.id, cells, by=current_user)
            states.catch_up()
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("已保存，学籍信息已更新。"))
            return redirect(url_for(".student", student_id=student.id))

    return _page(student, found, form), form.status_code if form else 200


def _page(student, found, form):
    return render_template(
        "registry/student.html",
        student=student,
        found=found,
        form=form,
        counties=counties_to_offer() if form and any(isinstance(field, AreaField) for field in form) else (),
        hindering=HINDERING,
        on_roll=student.status in ON_ROLL,
        batch=registration_batch(student.enrolled_on),
        sent=corrections.latest_of(student),
        lines=[corrections.as_shown(each) for each in corrections.of_student(student)],
    )


def _form(found):
    """A field for each column that is missing or wrong and may be filled in here; none where there is nothing to do.

    The homeroom teacher fills in what only the homeroom teacher can ask the family.
    """
    fills_all = current_user.may(Permission.REGISTRY_MANAGE)
    headings = [
        (FIELD_OF[gap.heading], named(gap.heading), _values(gap.heading), _is_area(gap.heading))
        for gap in found.gaps
        if gap.kind in HINDERING and gap.heading in FIELD_OF and (fills_all or gap.who is Actor.HOMEROOM_TEACHER)
    ]
    return filling_form(headings)() if headings else None


def _values(heading):
    column = BY_HEADING[heading]
    if not column.values or code_list(column.values).open:
        return ()
    return code_list(column.values).names


def _is_area(heading):
    return BY_HEADING[heading].kind is Kind.AREA


FIELD_OF = {
    heading: f"{PREFIX}{number}"
    for number, heading in enumerate(BY_HEADING)
    if taking_over(heading) is TakingOver.PLAIN
}
BY_FIELD = {name: heading for heading, name in FIELD_OF.items()}
