"""From the county's list to the register: applicants, admission, arrival, registration, and that of each term."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.attachments.policy import belongs_to
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_menu, add_section_tab
    from exchange.enrolment import outline, policy, promotion, tasks, views  # noqa: F401  # three register themselves
    from exchange.enrolment.events import EnrolmentEvent
    from exchange.enrolment.importer import ApplicantImporter
    from exchange.enrolment.models import Applicant
    from exchange.enrolment.service.retention import SHEET
    from exchange.imports.service import register
    from exchange.students.queries import depends

    app.register_blueprint(views.bp)
    events.register(EnrolmentEvent)
    register(SHEET, ApplicantImporter())
    belongs_to(Applicant, policy.proofs_visible_to)
    add_menu(_("学生"), "enrolment.index", Permission.ENROLMENT_VIEW, icon="users", order=11)  # who sees no roster
    add_section_tab("students.index", _("招生"), "enrolment.index", Permission.ENROLMENT_VIEW, order=30)
    add_section_tab("students.index", _("注册"), "enrolment.terms", Permission.ENROLMENT_TERM, order=40)
    depends("applicant", _("招生录取"))
    depends("term_registration", _("学期注册"))
