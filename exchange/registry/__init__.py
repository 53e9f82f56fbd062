"""The national student registry seen from the school: what is missing, what was sent, what differs."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.attachments.policy import belongs_to
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_record_tab, add_section_tab
    from exchange.registry import cli, policy, tasks, views  # noqa: F401  # tasks register themselves
    from exchange.registry.events import RegistryEvent
    from exchange.registry.models import Discrepancy, RegistryGap, RegistryState
    from exchange.students.queries import OWN_TABLES, depends

    app.register_blueprint(views.bp)
    app.cli.add_command(cli.registry)
    events.register(RegistryEvent)
    belongs_to(Discrepancy, policy.discrepancies_visible_to)
    depends("submitted_record", _("报送记录"))
    depends("discrepancy", _("更正清单"))
    OWN_TABLES.update({RegistryState.__tablename__, RegistryGap.__tablename__})  # derived: they go with the student
    add_section_tab("students.index", _("报送"), "registry.index", Permission.REGISTRY_VIEW, order=60)
    add_record_tab("student", _("报送"), "registry.student", Permission.REGISTRY_VIEW)
