"""The school's part of the appraisal, beside what the mentor has said."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from exchange.accounts.roles import Permission
from exchange.core.access import requires
from exchange.core.database import get_or_404
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.journals import forms, policy, service
from exchange.journals.grading import grade
from exchange.journals.limits import limit
from exchange.journals.queries.appraisals import appraisals_of, is_gradable
from exchange.journals.queries.logs import tallies
from exchange.journals.views.blueprint import bp
from exchange.placements.queries import with_people


@bp.route("/journals/placements/<int:placement_id>/appraisal", methods=["GET", "POST"])
@requires(Permission.JOURNAL_REVIEW)
def appraise(placement_id):
    placement = get_or_404(policy.reviewable_by(current_user).options(*with_people()), placement_id)
    kept = appraisals_of([placement.id]).get(placement.id)
    form = forms.AppraisalForm(data=_data_of(kept))
    if form.validate_on_submit():
        marks = {"process": form.process_mark.data, "result": form.result_mark.data}
        try:
            service.appraise_as_school(placement, words=form.words.data, by=current_user, **marks)
        except DomainError as error:
            form.form_errors.append(str(error))
        else:
            flash(_("鉴定记下了。"))
            return redirect(url_for(".appraise", placement_id=placement.id))
    page = render_template(
        "journals/appraisal.html",
        placement=placement,
        form=form,
        appraisal=kept,
        grade=grade(kept, placement.starts_on) if kept else None,
        is_open=is_gradable(placement),
        tally=tallies([placement])[placement.id],
        host_percent=limit("host_percent", placement.starts_on),
        process_percent=limit("process_percent", placement.starts_on),
    )
    return page, form.status_code


def _data_of(kept):
    if kept is None:
        return {}
    return {"process_mark": kept.school_process, "result_mark": kept.school_result, "words": kept.school_words}
