"""The people: students' identity, guardians, contacts, consents and portraits; the roster that brings them in."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.attachments.policy import belongs_to
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_menu, add_record_tab, add_section_tab
    from exchange.imports.service import register
    from exchange.links import purposes
    from exchange.programmes import roll
    from exchange.students import cli, history, policy, tasks, views  # noqa: F401  # tasks register themselves
    from exchange.students.events import CorrectionEvent, PhotoEvent, StudentEvent
    from exchange.students.importer import RosterImporter
    from exchange.students.links import ConsentByLink
    from exchange.students.models import ConsentRecord, Correction
    from exchange.students.queries import depends

    app.register_blueprint(views.bp)
    app.cli.add_command(cli.students)
    for words in (StudentEvent, CorrectionEvent, PhotoEvent):
        events.register(words)
    roll.told_by(history.rolls_of)
    register("roster", RosterImporter())
    purposes.register(ConsentByLink())
    belongs_to(ConsentRecord, policy.consents_visible_to)
    belongs_to(Correction, policy.corrections_visible_to)
    add_menu(_("学生"), "students.index", Permission.STUDENT_VIEW, icon="users", order=10)
    add_section_tab("students.index", _("名册"), "students.index", Permission.STUDENT_VIEW, order=10)
    add_section_tab("students.index", _("同意书"), "students.consents", Permission.STUDENT_CONSENT, order=60)
    add_section_tab("students.index", _("照片"), "students.photo_batches", Permission.STUDENT_EDIT, order=70)
    add_section_tab("students.index", _("更正"), "students.corrections", Permission.STUDENT_CORRECT, order=80)
    add_record_tab("student", _("概况"), "students.show", Permission.STUDENT_VIEW)
    depends("contact", _("联系人"))
    depends("consent_record", _("同意书"))
    depends("correction", _("更正申请"))
    depends("photo", _("照片"))
    depends("photo_item", _("照片"))
