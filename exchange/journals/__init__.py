"""What is written and confirmed while an internship runs: weekly logs, the mentor's link, report and appraisal."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_section_tab
    from exchange.journals import views
    from exchange.journals.events import JournalEvent
    from exchange.journals.links import MentorLink
    from exchange.journals.sources import endings
    from exchange.links.purposes import register
    from exchange.placements.facts.values import Step
    from exchange.placements.sources import add_source

    app.register_blueprint(views.bp)
    events.register(JournalEvent)
    register(MentorLink())
    add_source(Step.DAILY, endings)
    for section, permission in (
        ("placements.index", Permission.PLACEMENT_VIEW),
        ("placements.mine", Permission.PLACEMENT_MINE),
    ):
        add_section_tab(section, _("安排"), section, permission, order=10)
    add_section_tab("placements.index", _("周志"), "journals.index", Permission.JOURNAL_VIEW, order=20)
    add_section_tab("placements.mine", _("周志"), "journals.mine", Permission.JOURNAL_MINE, order=20)
