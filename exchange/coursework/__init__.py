"""Courses given to classes: mark sheets, marks, later attempts, results and transcripts."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.attachments.policy import belongs_to
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_menu, add_record_tab
    from exchange.coursework import policy, promotion, views  # noqa: F401  # promotion registers itself
    from exchange.coursework.events import CourseworkEvent
    from exchange.coursework.models import Attempt
    from exchange.students.queries import depends

    app.register_blueprint(views.bp)
    events.register(CourseworkEvent)
    add_menu(_("课程"), "coursework.index", Permission.COURSEWORK_VIEW, icon="book", order=20)
    add_record_tab("student", _("成绩"), "coursework.transcript", Permission.COURSEWORK_VIEW)
    depends("mark", _("成绩"))
    depends("attempt", _("补考和认定"))
    belongs_to(Attempt, policy.attempts_visible_to)
