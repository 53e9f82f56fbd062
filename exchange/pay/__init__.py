"""What interns are paid: reported by the student in a minute, checked against the law on pay (article 18)."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_section_tab
    from exchange.pay import views
    from exchange.pay.events import PayEvent
    from exchange.pay.sources import payments
    from exchange.placements.facts.values import Step
    from exchange.placements.sources import add_source

    app.register_blueprint(views.bp)
    events.register(PayEvent)
    add_source(Step.PAY, payments)
    add_section_tab("placements.index", _("报酬"), "pay.index", Permission.PAY_VIEW, order=30)
    add_section_tab("placements.mine", _("报酬"), "pay.mine", Permission.PAY_MINE, order=30)
