"""Papers: who qualifies, what is printed, the register of what was issued, and the check that anyone can make."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.audit import events
    from exchange.certificates import cli, tasks, views  # noqa: F401  # tasks register themselves
    from exchange.certificates.events import CertificateEvent
    from exchange.core.i18n import _
    from exchange.core.navigation import add_menu, add_record_tab
    from exchange.students.queries import depends

    app.register_blueprint(views.bp)
    app.cli.add_command(cli.certificates)
    events.register(CertificateEvent)
    add_menu(_("证书"), "certificates.index", Permission.CERTIFICATE_VIEW, icon="certificate", order=40)
    add_record_tab("student", _("证书"), "certificates.of_student", Permission.CERTIFICATE_VIEW)
    depends("certificate", _("证书"))
    depends("batch_member", _("证书"))
