"""Every change that a page, a command or a job commits leaves a line of the trail; tests fail where one does not."""

import click
from flask import has_request_context, request
from sqlalchemy import event

from exchange.core.database import Base

WITHOUT_LINES = {
    "audit_event": "the trail itself",
    "job": "tells how far the machine is, not what a person did",
    "import": "its review is a draft; commit and undo leave lines of their own",
    "import_row": "a draft, too",
    "message": "sending leaves a line; that somebody has read it is nobody else's business",
    "delivery": "tells how far the post got; trying again leaves a line",
    "morning_tally": "counts, nothing that anybody did",
    "number_series": "the paper that takes the number leaves the line",
    "registry_state": "derived from the record, which leaves the line",
    "registry_gap": "derived, too",
    "registry_tally": "derived, too",
    "registry_watch": "how far the trail was followed",
    "submitted_record": "the submission leaves the line",
    "discrepancy": "what a comparison found; each decision leaves a line of its own",
    "placement_check": "derived; a new problem and its end leave lines of their own",
    "batch_member": "the batch leaves the line",
    "photo_batch": "its review is a draft; commit and cancelling leave lines of their own",
    "photo_item": "a draft, too",
}
"""Tables that may change in silence, and why."""
NEW_WITHOUT_LINES = {"certificate": "a number is taken; the line follows when the paper is printed or spoiled"}
"""Tables that may grow in silence, and why."""


class SilentChange(AssertionError):
    """Something was changed, and the trail does not say by whom."""


def watch(session_factory):
    """Check every transaction of these sessions; gives a function that stops watching."""
    listeners = [
        ("after_flush", _note_records),
        ("do_orm_execute", _note_statement),
        ("before_commit", _demand_line),
        ("after_commit", _forget),
        ("after_rollback", _forget),
    ]
    for name, listener in listeners:
        event.listen(session_factory, name, listener)

    def stop():
        for name, listener in listeners:
            event.remove(session_factory, name, listener)

    return stop


def _changed(session):
    return session.info.setdefault("changed_tables", set())


def _note_records(session, _context):
    changed = [*session.deleted, *(each for each in session.dirty if session.is_modified(each))]
    _changed(session).update(record.__table__.name for record in changed)
    _changed(session).update({record.__table__.name for record in session.new} - set(NEW_WITHOUT_LINES))


def _note_statement(state):
    if state.is_insert or state.is_update or state.is_delete:
        _changed(state.session).add(state.statement.table.name)


def _demand_line(session):
    if session.in_nested_transaction():
        return
    session.flush()
    changed = _changed(session)
    somebody_acts = _request_writes() or click.get_current_context(silent=True) or "job" in changed
    silent = changed - set(WITHOUT_LINES)
    if somebody_acts and silent and "audit_event" not in changed:
        where = f"{request.method} {request.path}" if has_request_context() else "a command or a job"
        raise SilentChange(f"{where} changed {sorted(silent)} and left no line: call audit.service.record()")


def _request_writes():
    return has_request_context() and request.method not in {"GET", "HEAD", "OPTIONS"}


def _forget(session):
    if not session.in_nested_transaction():
        session.info.pop("changed_tables", None)


def unknown_tables():
    """Exceptions that name no table any more."""
    return {*WITHOUT_LINES, *NEW_WITHOUT_LINES} - set(Base.metadata.tables)
