"""Internship placements: posts, placements, their records and the law that guards them."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_menu, add_record_tab, add_section_tab
    from exchange.messages.reminders import reminds
    from exchange.partners.findings import add_finder
    from exchange.placements import cli, notifications, outline, tasks, views  # noqa: F401  # some register themselves
    from exchange.placements.checklist import rows_of_host
    from exchange.placements.events import PlacementEvent
    from exchange.students.queries import depends

    app.register_blueprint(views.bp)
    app.cli.add_command(cli.placements)
    events.register(PlacementEvent)
    add_menu(_("实习"), "placements.index", Permission.PLACEMENT_VIEW, icon="briefcase", order=30)
    add_menu(_("实习"), "placements.mine", Permission.PLACEMENT_MINE, icon="briefcase", order=30)
    add_section_tab("placements.index", _("名单"), "placements.index", Permission.PLACEMENT_VIEW, order=10)
    add_record_tab("student", _("实习"), "placements.of_student", Permission.PLACEMENT_VIEW)
    add_record_tab("placement", _("概况"), "placements.show", Permission.PLACEMENT_VIEW)
    depends("placement", _("实习"))
    add_finder("placements", rows_of_host)
    reminds("placements", notifications.whoever_owes_something)
