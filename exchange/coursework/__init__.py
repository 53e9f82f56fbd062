"""Courses given to classes: mark sheets, marks, later attempts, results and transcripts."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.attachments.policy import belongs_to
    from exchange.attendance.sources import register_taught_classes
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_menu, add_record_tab, add_section_tab
    from exchange.coursework import cli, policy, promotion, views  # noqa: F401  # promotion registers itself
    from exchange.coursework.events import CourseworkEvent
    from exchange.coursework.graduation import cli as audit_cli  # noqa: F401  # its command registers itself
    from exchange.coursework.graduation import demands  # noqa: F401  # the audit of graduation orders registers itself
    from exchange.coursework.models import Attempt, Recognition
    from exchange.students.queries import depends

    app.register_blueprint(views.bp)
    app.cli.add_command(cli.coursework)
    events.register(CourseworkEvent)
    register_taught_classes(policy.classes_taught_by)
    add_menu(_("课程"), "coursework.index", Permission.COURSEWORK_VIEW, icon="book", order=20)
    add_section_tab(
        "coursework.index", _("毕业审核"), "coursework.graduation_classes", Permission.COURSEWORK_AUDIT, order=15
    )
    for label, endpoint, order in (
        (_("各班级"), "programmes.classes", 20),
        (_("专业和课程"), "programmes.index", 30),
        (_("学期安排"), "programmes.terms", 40),
    ):
        add_section_tab("coursework.index", label, endpoint, Permission.PROGRAMME_VIEW, order=order)
    add_section_tab("coursework.index", _("各科成绩"), "coursework.index", Permission.COURSEWORK_VIEW, order=10)
    add_record_tab("student", _("成绩"), "coursework.transcript", Permission.COURSEWORK_VIEW)
    depends("graduation_note", _("毕业事项"))
    depends("mark", _("成绩"))
    depends("attempt", _("补考和认定"))
    belongs_to(Attempt, policy.attempts_visible_to)
    belongs_to(Recognition, policy.recognitions_visible_to)
