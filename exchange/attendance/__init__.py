"""Who was there: rolls by lesson and by day, leave that is asked for and approved, and who is where today."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.attendance import views
    from exchange.attendance.events import AttendanceEvent
    from exchange.attendance.queries.missed import missed_at_rolls
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_menu, add_record_tab, add_section_tab
    from exchange.students.queries import depends
    from exchange.welfare.sources import register_missed

    app.register_blueprint(views.bp)
    events.register(AttendanceEvent)
    register_missed(missed_at_rolls)
    for endpoint, permission in (
        ("attendance.today", Permission.ATTENDANCE_VIEW),
        ("attendance.index", Permission.ATTENDANCE_RECORD),
    ):
        add_menu(_("考勤"), endpoint, permission, icon="calendar-check", order=18)
    section = "attendance.today"
    add_section_tab(section, _("谁在哪里"), "attendance.today", Permission.ATTENDANCE_VIEW, order=10)
    add_section_tab(section, _("点名"), "attendance.index", Permission.ATTENDANCE_RECORD, order=20)
    add_section_tab(section, _("请假"), "attendance.leave", Permission.ATTENDANCE_APPROVE, order=30)
    add_record_tab("student", _("考勤"), "attendance.of_student", Permission.ATTENDANCE_VIEW)
    depends("roll_entry", _("考勤"))
    depends("leave_request", _("请假"))
