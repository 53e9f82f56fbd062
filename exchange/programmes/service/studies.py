"""Setting up programmes of study."""

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db
from exchange.core.i18n import _
from exchange.programmes import queries
from exchange.programmes.events import ProgrammeEvent
from exchange.programmes.models import Programme
from exchange.programmes.service.refusals import AlreadyThere, OutOfRange
from exchange.programmes.service.versions import draft_version
from exchange.reference.majors import majors_of

LONGEST_YEARS = 5


def create_programme(
    *, major: str, name: str = "", intake_year: int, length_years: int = 3, by: User | None
) -> Programme:
    """The programme of study of a major for one intake; without a name it is called like the major.

    Its first version is a draft without courses. Raises ``OutOfRange`` and ``AlreadyThere``.
    """
    known = majors_of(intake_year).get(major)
    if known is None:
        raise OutOfRange(_("%(year)s级用的专业目录里没有代码 %(major)s。", year=intake_year, major=major[:20]))
    if not 1 <= length_years <= LONGEST_YEARS:
        raise OutOfRange(_("学制要在 1 到 %(most)s 年之间。", most=LONGEST_YEARS))
    if queries.find_programme(major, intake_year) is not None:
        raise AlreadyThere(_("%(year)s级已有专业代码 %(major)s 的专业。", year=intake_year, major=major))
    programme = Programme(major=major, name=name or known.name, intake_year=intake_year, length_years=length_years)
    db.session.add(programme)
    record(ProgrammeEvent.PROGRAMME_CREATED, programme, by=by, major=major, intake_year=intake_year)
    draft_version(programme, by=by)
    return programme
