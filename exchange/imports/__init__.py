"""Spreadsheets in: upload, review row by row, commit, undo. Knows no feature: each registers its own importer."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_menu
    from exchange.imports import cli, tasks, views  # noqa: F401  # tasks register themselves
    from exchange.imports.events import ImportEvent

    app.register_blueprint(views.bp)
    app.cli.add_command(cli.imports)
    events.register(ImportEvent)
    add_menu(_("导入"), "imports.index", Permission.IMPORT_USE, icon="upload", order=15)
