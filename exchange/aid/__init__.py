"""Aid: hardship over time, amounts as dated rows, the ledger of grants and payments, and what changes of status ask."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.aid import policy, views
    from exchange.aid.events import AidEvent
    from exchange.aid.models import Payment, PovertyStatus
    from exchange.aid.queries.roster import roster_words
    from exchange.attachments.policy import belongs_to
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_record_tab, add_section_tab
    from exchange.students.hardship import register_hardship
    from exchange.students.queries import depends

    app.register_blueprint(views.bp)
    events.register(AidEvent)
    register_hardship(roster_words)
    belongs_to(PovertyStatus, policy.statuses_visible_to)
    belongs_to(Payment, policy.payments_visible_to)
    add_section_tab("students.index", _("资助"), "aid.index", Permission.AID_VIEW, order=70)
    add_section_tab("students.index", _("资助统计"), "aid.totals", Permission.AID_TOTALS, order=75)
    add_record_tab("student", _("资助"), "aid.of_student", Permission.AID_VIEW)
    for table in ("poverty_status", "bank_card", "award", "impact_done"):
        depends(table, _("资助"))  # whoever undoes an import learns no more than that
