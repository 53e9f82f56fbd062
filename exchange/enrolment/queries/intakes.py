"""Intakes in numbers: how many of each county have applied, were admitted, have come, and what is left of the quota."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from exchange.accounts.models import User
from exchange.accounts.roles import Role
from exchange.core.database import db
from exchange.enrolment import policy
from exchange.enrolment.models import Applicant, ApplicantStatus
from exchange.enrolment.queries import history
from exchange.enrolment.workflow import TAKING_A_PLACE
from exchange.partners.models import CooperationProject, Quota
from exchange.partners.queries import counties_of, quotas_of, regions_of
from exchange.reference.areas import area_name, stem_of


@dataclass(frozen=True)
class Seats:
    """The numbers of one county, or of a whole intake. Each step counts those who have gone further, too."""

    county: str
    name: str
    places: int | None  # None: no quota is agreed
    by_status: Counter[ApplicantStatus] = field(default_factory=Counter)

    @property
    def applied(self) -> int:
        return self.by_status.total()

    @property
    def undecided(self) -> int:
        return self.by_status[ApplicantStatus.APPLIED]

    @property
    def admitted(self) -> int:
        """Who takes a place."""
        return sum(self.by_status[status] for status in TAKING_A_PLACE)

    @property
    def arrived(self) -> int:
        return self.by_status[ApplicantStatus.ARRIVED] + self.registered

    @property
    def registered(self) -> int:
        return self.by_status[ApplicantStatus.REGISTERED]

    @property
    def left(self) -> int | None:
        """Places that are still free; negative where more were admitted."""
        return None if self.places is None else self.places - self.admitted


class Intake(NamedTuple):
    """One year of a project."""

    project: CooperationProject
    year: int
    total: Seats


def intakes(user: User, *, day: date | None = None) -> list[Intake]:
    """The intakes that concern this user, the youngest first, with the numbers of what the user may see.

    With ``day`` the numbers of that day; quotas are those of now.
    """
    numbers = _counted(policy.counted_for(user), Applicant.project_id, Applicant.intake_year, day=day)
    places = _places_for(user)
    keys = sorted({*numbers, *places}, key=lambda key: (-key[1], key[0]))
    wanted = select(CooperationProject).where(CooperationProject.id.in_({project_id for project_id, _year in keys}))
    projects = {project.id: project for project in db.session.scalars(wanted)} if keys else {}
    return [
        Intake(projects[key[0]], key[1], Seats("", "", places.get(key), numbers.get(key, Counter()))) for key in keys
    ]


def seats_of(project: CooperationProject, year: int, *, day: date | None = None) -> dict[str, Seats]:
    """County → its numbers, of now or of a day; every county of the project, and others of which somebody has come."""
    intake = select(Applicant).where(Applicant.project_id == project.id, Applicant.intake_year == year)
    numbers = _counted(intake, Applicant.county, day=day)
    places = {quota.area: quota.places for quota in quotas_of(project, year=year)}
    names = {county.code: county.name for county in counties_of(project)}
    names |= {code: area_name(code) for code in sorted({*numbers, *places} - set(names))}
    nothing_agreed = 0 if places else None  # where others have a quota, a county without one has none to give
    return {
        code: Seats(code, name, places.get(code, nothing_agreed), numbers.get(code, Counter()))
        for code, name in names.items()
    }


def _counted(applicants: Select[Applicant], *columns: Any, day: date | None) -> dict[Any, Counter[ApplicantStatus]]:
    """As ``history.counted_on``; of now from the records themselves."""
    if day is not None:
        return history.counted_on(applicants, *columns, day=day)
    rows = applicants.with_only_columns(*columns, Applicant.status, func.count())
    found: dict[Any, Counter[ApplicantStatus]] = {}
    for *key, status, count in db.session.execute(rows.group_by(*columns, Applicant.status)):
        found.setdefault(key[0] if len(key) == 1 else tuple(key), Counter())[status] = count
    return found


def _places_for(user: User) -> dict[tuple[int, int], int]:
    """(project, year) → all places: for the school of every county, for a bureau those of its own."""
    quotas = select(Quota.project_id, Quota.year, Quota.area, Quota.places)
    stems = [""] if policy.sees_all(user) else []
    if user.has(Role.PARTNER):
        stems += [stem_of(region) for region in regions_of(user)]
    places: Counter[tuple[int, int]] = Counter()
    for project_id, year, area, number in db.session.execute(quotas) if stems else ():
        if area.startswith(tuple(stems)):
            places[project_id, year] += number
    return dict(places)
