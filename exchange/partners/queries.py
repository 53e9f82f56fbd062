"""Look-ups of projects with their counties and quotas, bureaus, host organisations and posts."""

from functools import cache

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from exchange.accounts.models import User
from exchange.core.database import db
from exchange.partners.models import CooperationProject, HostOrganisation, PartnerRegion, Post, ProjectRegion, Quota
from exchange.reference.areas import Area, counties_within, find_area, offered_counties


@cache
def provinces() -> dict[str, str]:
    """Code → name of every province that stands today (GB/T 2260)."""
    areas = [find_area(f"{number}0000") for number in range(11, 83)]
    return {area.code: area.name for area in areas if area and not area.obsolete}


def find_project(name: str) -> CooperationProject | None:
    """The cooperation project with this name."""
    return db.session.scalar(select(CooperationProject).where(CooperationProject.name == name))


def projects() -> Select[CooperationProject]:
    """All projects, the youngest first; to be paged."""
    projects = select(CooperationProject).options(selectinload(CooperationProject.regions))
    return projects.order_by(CooperationProject.starts_on.desc(), CooperationProject.id.desc())


def counties_of(project: CooperationProject) -> list[Area]:
    """The counties whose students the project takes."""
    found = {county.code: county for area in project.areas for county in counties_within(area)}
    return [found[code] for code in sorted(found)]


def counties_to_offer() -> tuple[Area, ...]:
    """The counties that a form offers for a student's origin: those of the projects among the first."""
    regions = select(ProjectRegion.area).distinct().order_by(ProjectRegion.area)
    return offered_counties(db.session.scalars(regions))


def quotas_of(project: CooperationProject, *, year: int | None = None) -> list[Quota]:
    """The quotas of a project, of one year or of all."""
    quotas = select(Quota).where(Quota.project_id == project.id).order_by(Quota.year, Quota.area)
    return list(db.session.scalars(quotas.where(Quota.year == year) if year else quotas))


def regions_of(user: User) -> list[str]:
    """The regions for which somebody of a bureau may act."""
    granted = select(PartnerRegion.area).where(PartnerRegion.user_id == user.id).order_by(PartnerRegion.area)
    return list(db.session.scalars(granted))


def regions_of_all() -> dict[int, list[str]]:
    """User → the regions for which the person may act."""
    granted: dict[int, list[str]] = {}
    for region in db.session.scalars(select(PartnerRegion).order_by(PartnerRegion.user_id, PartnerRegion.area)):
        granted.setdefault(region.user_id, []).append(region.area)
    return granted


def hosts(*, q: str = "", province: str = "", sort: str = "") -> Select[HostOrganisation]:
    """Host organisations by name or credit code, of one province or of all."""
    rows = select(HostOrganisation)
    if wanted := q.strip():
        rows = rows.where(
            or_(
                HostOrganisation.name.icontains(wanted, autoescape=True),
                HostOrganisation.uscc.istartswith(wanted, autoescape=True),
            )
        )
    if province:
        rows = rows.where(HostOrganisation.province == province)
    order = {"-name": HostOrganisation.name.desc(), "province": HostOrganisation.province}
    return rows.order_by(order.get(sort, HostOrganisation.name), HostOrganisation.id)


def host_with_uscc(uscc: str) -> HostOrganisation | None:
    """The host organisation that is registered under this credit code."""
    return db.session.scalar(select(HostOrganisation).where(HostOrganisation.uscc == uscc))


def posts_of(host: HostOrganisation) -> list[Post]:
    """The posts of one host organisation, by name."""
    return list(db.session.scalars(select(Post).where(Post.host_organisation == host).order_by(Post.name, Post.id)))


def numbers_of_posts(host_ids: list[int]) -> dict[int, int]:
    """How many posts each of these host organisations offers."""
    counted = (
        select(Post.host_organisation_id, func.count())
        .where(Post.host_organisation_id.in_(host_ids))
        .group_by(Post.host_organisation_id)
    )
    return {row[0]: row[1] for row in db.session.execute(counted)}


def all_posts() -> list[Post]:
    """Every post with its host organisation, for a choice."""
    posts = select(Post).join(Post.host_organisation).options(joinedload(Post.host_organisation))
    return list(db.session.scalars(posts.order_by(HostOrganisation.name, Post.name, Post.id)))
