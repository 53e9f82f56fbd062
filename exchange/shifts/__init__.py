"""Shift plans of placements: when a student works on which day, against the calendar and the law."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_record_tab
    from exchange.placements.facts.values import Step
    from exchange.placements.remedies import add_remedy
    from exchange.placements.sections import add_section
    from exchange.placements.sources import add_source
    from exchange.shifts import queries, sections, views
    from exchange.shifts.events import ShiftEvent
    from exchange.shifts.service import OF_SHIFTS

    app.register_blueprint(views.bp)
    events.register(ShiftEvent)
    add_record_tab("placement", _("排班"), "shifts.show", Permission.PLACEMENT_VIEW)
    add_source(Step.DAILY, queries.told)
    for rule in OF_SHIFTS:
        add_remedy(rule, short=_("排班"), who=_("实习办"), label=_("排班"), endpoint="shifts.show")
    add_section("shifts/_week.html", sections.this_week)
