"""Cooperation projects: where their students come from, how many of each county, and for whom a bureau may act."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete

from exchange.accounts.models import User
from exchange.accounts.roles import Role
from exchange.audit.service import record
from exchange.core.database import db, lock
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.partners import queries
from exchange.partners.events import PartnerEvent
from exchange.partners.models import CooperationProject, PartnerRegion, ProjectMode, ProjectRegion, Quota
from exchange.partners.service.changes import assign
from exchange.reference.areas import find_area


class ProjectExists(DomainError):
    """Two projects cannot share a name."""


class UnknownRegion(DomainError):
    """Not the code of an area of GB/T 2260 that stands today, or not a county of the project."""


class InvalidProject(DomainError):
    """A project that ends before it begins, or sends nobody."""


class NotABureau(DomainError):
    """Regions are granted to accounts of partner bureaus only."""


def create_project(
    *,
    name: str,
    regions: Sequence[str],
    starts_on: date,
    ends_on: date | None = None,
    mode: ProjectMode = ProjectMode.FULL,
    legal_basis: str = "",
    receiving_school: str = "",
    by: User | None,
) -> CooperationProject:
    """An agreement under which students of these regions study here.

    Raises ``ProjectExists``, ``UnknownRegion`` and ``InvalidProject``.
    """
    _check_name(name)
    _check_days(starts_on, ends_on)
    project = CooperationProject(
        name=name,
        regions=[ProjectRegion(area=area) for area in _known_regions(regions)],
        starts_on=starts_on,
        ends_on=ends_on,
        mode=mode,
        legal_basis=legal_basis,
        receiving_school=receiving_school,
    )
    db.session.add(project)
    record(PartnerEvent.PROJECT_CREATED, project, by=by, name=name, regions=project.areas)
    return project


def change_project(project: CooperationProject, *, by: User | None, **values: Any) -> None:
    """Correct what is agreed. Quotas and applicants stay as they are. Raises as ``create_project`` does."""
    if values.get("name", project.name) != project.name:
        _check_name(values["name"])
    _check_days(values.get("starts_on", project.starts_on), values.get("ends_on", project.ends_on))
    regions = _known_regions(values.pop("regions", project.areas))
    before = sorted(project.areas)
    changes = assign(project, values)
    if regions != before:
        kept = {region.area: region for region in project.regions}
        project.regions = [kept.get(area) or ProjectRegion(area=area) for area in regions]
        changes["regions"] = [before, regions]
    if changes:
        record(PartnerEvent.PROJECT_CHANGED, project, by=by, **changes)


def set_quotas(project: CooperationProject, places: Mapping[tuple[int, str], int | None], *, by: User | None) -> None:
    """How many the project takes per year and county; None takes the quota away. Raises ``UnknownRegion``."""
    lock(project)
    present = {(quota.year, quota.area): quota for quota in queries.quotas_of(project)}
    counties = {area.code for area in queries.counties_of(project)} | {area for _year, area in present}
    changes: dict[str, Any] = {}
    for (year, area), wanted in places.items():
        if area not in counties:
            raise UnknownRegion(_("“%(code)s”不是这个项目的生源县。", code=area[:20]))
        quota = present.get((year, area))
        former = quota.places if quota else None
        if wanted == former:
            continue
        if wanted is None:
            db.session.delete(quota)
        elif quota:
            quota.places = wanted
        else:
            db.session.add(Quota(project=project, year=year, area=area, places=wanted))
        changes[f"{year} {area}"] = [former, wanted]
    if changes:
        record(PartnerEvent.QUOTAS_SET, project, by=by, **changes)


def grant_regions(user: User, areas: Sequence[str], *, by: User | None) -> None:
    """For which regions this person of a bureau may act. Raises ``NotABureau`` and ``UnknownRegion``."""
    if not user.has(Role.PARTNER):
        raise NotABureau(_("%(name)s不是教育局的账号，不能设定地区。", name=user.name))
    former, wanted = queries.regions_of(user), _known_regions(areas, none_is_right=True)
    if wanted == former:
        return
    db.session.execute(delete(PartnerRegion).where(PartnerRegion.user_id == user.id))
    db.session.add_all(PartnerRegion(user_id=user.id, area=area) for area in wanted)
    record(PartnerEvent.REGIONS_GRANTED, user, by=by, regions=[former, wanted])


def _check_name(name: str) -> None:
    if queries.find_project(name) is not None:
        raise ProjectExists(_("协作项目“%(name)s”已经有了。", name=name))


def _check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise InvalidProject(_("项目的结束日期不能早于开始日期。"))


def _known_regions(codes: Sequence[str], *, none_is_right: bool = False) -> list[str]:
    """Sorted, each once."""
    if not codes and not none_is_right:
        raise InvalidProject(_("写明项目的生源地区。"))
    for code in codes:
        area = find_area(code) if len(code) == 6 and code.isdecimal() else None
        if area is None or area.obsolete:
            raise UnknownRegion(_("“%(code)s”不是现行的行政区划代码。", code=code[:20]))
    return sorted(set(codes))
