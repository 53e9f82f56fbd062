"""The mentor's standing link: all students of one mentor at one host, without an account, week after week."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import groupby
from typing import Any

from exchange.core.database import db, lock, today
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.journals import service
from exchange.journals.forms import WEEKDAYS, MentorForm
from exchange.journals.limits import limit
from exchange.journals.queries import mentors as queries
from exchange.journals.queries.appraisals import to_grade
from exchange.journals.values import Level
from exchange.links.models import Link
from exchange.partners.models import HostOrganisation


class MentorLink:
    """The purpose ``mentor``: the subject is the host organisation, ``about`` the name of the mentor."""

    name = queries.PURPOSE
    template = "journals/mentor.html"

    @property
    def renews_for(self) -> timedelta:
        return timedelta(days=limit("days_a_mentor_link_lasts", today()))

    def asked(self, link: Link) -> Mapping[str, Any]:
        """The link stands for a mentor, not for one week: what was shown of a week is checked log by log."""
        host = _host(link)
        if not queries.students_of(host, link.about):
            raise NotPossible(_("您现在没有带实习学生。"))
        return {"host": host.id, "mentor": link.about}

    def page(self, link: Link) -> Mapping[str, Any]:
        placements = queries.students_of(_host(link), link.about)
        lines = queries.lines_of(placements)
        weeks = [(week, list(group)) for week, group in groupby(lines, key=lambda line: line.log.week)]
        return {
            "host": _host(link),
            "placements": placements,
            "waiting": [(week, each) for week, each in weeks if _is_waiting(each)],
            "confirmed": [(week, each) for week, each in weeks if not _is_waiting(each)],
            "to_grade": to_grade(placements),
            "levels": Level,
            "weekdays": WEEKDAYS,
            "days": limit("days_a_mentor_link_lasts", today()),
        }

    def form(self) -> MentorForm:
        return MentorForm()

    def hold(self, link: Link) -> None:
        lock(_host(link))

    def answer(self, link: Link, values: Mapping[str, Any]) -> None:
        if not any(values.values()):
            raise NotPossible(_("还没有勾任何一个学生，也没有选好鉴定。"))
        if values["appraisal"]:
            service.appraise_as_mentor(_host(link), link.about, **values["appraisal"])
        service.confirm_hours(_host(link), link.about, versions=values["confirmed"])
        service.say(_host(link), link.about, words=values["words"])


def _is_waiting(lines: list[queries.Line]) -> bool:
    return any(line.log.hours_confirmed_at is None for line in lines)


def _host(link: Link) -> HostOrganisation:
    host = db.session.get(HostOrganisation, link.subject_id)
    if host is None:
        raise NotPossible(_("这个实习单位已经不在了。"))
    return host
