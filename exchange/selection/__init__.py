"""Who goes where: batches with openings, ranked applications, rounds, a proposal, its publication and appeals."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_section_tab
    from exchange.selection import views
    from exchange.selection.events import SelectionEvent
    from exchange.students.queries import depends

    app.register_blueprint(views.bp)
    events.register(SelectionEvent)
    add_section_tab("placements.index", _("实习安排"), "placements.index", Permission.PLACEMENT_VIEW, order=10)
    add_section_tab("placements.index", _("批次和选拔"), "selection.index", Permission.SELECTION_VIEW, order=20)
    add_section_tab("placements.mine", _("实习去处"), "placements.mine", Permission.PLACEMENT_MINE, order=10)
    add_section_tab("placements.mine", _("志愿和结果"), "selection.mine", Permission.SELECTION_MINE, order=20)
    depends("internship_application", _("实习志愿"))
    depends("round_result", _("实习选拔"))
    depends("assignment", _("实习分配"))
    depends("appeal", _("实习申诉"))
