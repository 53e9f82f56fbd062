"""How students fare far from home: absences and early warning, talks, beds, journeys home, home visits."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.attachments.policy import belongs_to
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_record_tab, add_section_tab
    from exchange.orders.queries import leave_ends
    from exchange.students.events import state_changed
    from exchange.students.queries import depends
    from exchange.welfare import outline, policy, promotion, service, tasks, views  # noqa: F401  # three register themselves
    from exchange.welfare.events import WelfareEvent
    from exchange.welfare.models import VisitReport
    from exchange.welfare.sources import register_leave_ends
    from exchange.welfare.wording import tell

    app.register_blueprint(views.bp)
    events.register(WelfareEvent, words=events.Words(tell, Permission.WELFARE_VIEW))
    state_changed.connect(service.settle_bed)
    register_leave_ends(leave_ends)
    add_section_tab("students.index", _("生活"), "welfare.index", Permission.WELFARE_VIEW, order=40)
    add_record_tab("student", _("生活"), "welfare.of_student", Permission.WELFARE_VIEW)
    depends("bed_stay", _("床位"))
    depends("holiday_stay", _("假期留下"))
    depends("seat", _("返乡"))
    depends("visit_sheet", _("家访表"))
    belongs_to(VisitReport, policy.reports_of)
    depends("absence", _("缺勤"))
    depends("contact_note", _("联系记录"))
