"""What is taught to whom: terms, programmes of study with versions and courses, classes with homeroom teachers."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.attachments.policy import belongs_to
    from exchange.audit import events
    from exchange.programmes import cli, policy, tasks, views  # noqa: F401  # tasks register themselves
    from exchange.programmes.events import ProgrammeEvent
    from exchange.programmes.models import ProgrammeVersion

    app.register_blueprint(views.bp)
    app.cli.add_command(cli.programmes)
    events.register(ProgrammeEvent)
    belongs_to(ProgrammeVersion, policy.versions_visible_to)
