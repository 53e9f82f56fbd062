"""What a page says after a step that was taken for many at once."""

from flask import flash

from exchange.core.i18n import _

SHOWN_REFUSALS = 10


def show_outcome(outcome, done):
    """What was done, and each refusal with the name and the reason."""
    if outcome.done:
        flash(done)
    for person, refusal in outcome.refused[:SHOWN_REFUSALS]:
        flash(_("%(name)s：%(why)s", name=person.name, why=refusal), "warning")
    if more := outcome.refused[SHOWN_REFUSALS:]:
        flash(_("还有 %(count)s 人也没有办成，原因在各人的页面上。", count=len(more)), "warning")
