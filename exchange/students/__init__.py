"""The people: students' identity, guardians, contacts; the roster that brings them in."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_menu, add_record_tab, add_section_tab
    from exchange.imports.service import register
    from exchange.students import cli, tasks, views  # noqa: F401  # tasks register themselves
    from exchange.students.events import StudentEvent
    from exchange.students.importer import RosterImporter

    app.register_blueprint(views.bp)
    app.cli.add_command(cli.students)
    events.register(StudentEvent)
    register("roster", RosterImporter())
    add_menu(_("学生"), "students.index", Permission.STUDENT_VIEW, icon="users", order=10)
    add_section_tab("students.index", _("名册"), "students.index", Permission.STUDENT_VIEW, order=10)
    add_record_tab("student", _("概况"), "students.show", Permission.STUDENT_VIEW)
