"""Setting up terms, and moving their first and last day."""

from datetime import date

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.partners.service.changes import assign
from exchange.programmes import queries
from exchange.programmes.events import ProgrammeEvent
from exchange.programmes.models import Term
from exchange.programmes.service.refusals import AlreadyThere, OutOfRange

LONGEST_DAYS = 240  # eight months; more is a slip of the pen


def create_term(*, school_year: int, number: int, starts_on: date, ends_on: date, by: User | None) -> Term:
    """Set up half a school year. Raises ``OutOfRange`` and ``AlreadyThere``."""
    if number not in (1, 2):
        raise OutOfRange(_("学期只有第一和第二学期。"))
    term = Term(school_year=school_year, number=number, starts_on=starts_on, ends_on=ends_on)
    if queries.find_term(school_year, number) is not None:
        raise AlreadyThere(_("%(term)s已经设立。", term=term.label))
    _check_days(term, starts_on, ends_on)
    db.session.add(term)
    record(ProgrammeEvent.TERM_CREATED, term, by=by, school_year=school_year, number=number)
    return term


def change_term(term: Term, *, starts_on: date, ends_on: date, by: User | None) -> None:
    """Move its first or last day. Raises ``OutOfRange``."""
    lock(term)
    _check_days(term, starts_on, ends_on)
    if changes := assign(term, {"starts_on": starts_on, "ends_on": ends_on}):
        record(ProgrammeEvent.TERM_CHANGED, term, by=by, **changes)


def _check_days(term: Term, starts_on: date, ends_on: date) -> None:
    """A term ends after it begins, lies in its school year, and touches no other."""
    if ends_on <= starts_on:
        raise OutOfRange(_("学期的最后一天要在第一天之后。"))
    first, last = date(term.school_year, 8, 1), date(term.school_year + 1, 8, 31)
    if starts_on < first or ends_on > last or (ends_on - starts_on).days > LONGEST_DAYS:
        raise OutOfRange(
            _(
                "%(term)s要在%(first)s到%(last)s之间，不超过八个月。请核对年份。",
                term=term.label,
                first=format_short_date(first),
                last=format_short_date(last),
            )
        )
    for other in queries.terms():
        if (other.school_year, other.number) != (term.school_year, term.number):
            _check_beside(term, starts_on, ends_on, other)


def _check_beside(term: Term, starts_on: date, ends_on: date, other: Term) -> None:
    comes_first = (term.school_year, term.number) < (other.school_year, other.number)
    apart = ends_on < other.starts_on if comes_first else starts_on > other.ends_on
    if not apart:
        raise OutOfRange(
            _(
                "和%(other)s（%(first)s到%(last)s）重叠，或者先后颠倒。请改日期。",
                other=other.label,
                first=format_short_date(other.starts_on),
                last=format_short_date(other.ends_on),
            )
        )
