"""Look-ups of host organisations and posts."""

from functools import cache

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from exchange.core.database import db
from exchange.partners.models import CooperationProject, HostOrganisation, Post
from exchange.reference.areas import find_area


@cache
def provinces() -> dict[str, str]:
    """Code → name of every province that stands today (GB/T 2260)."""
    areas = [find_area(f"{number}0000") for number in range(11, 83)]
    return {area.code: area.name for area in areas if area and not area.obsolete}


def find_project(name: str) -> CooperationProject | None:
    """The cooperation project with this name."""
    return db.session.scalar(select(CooperationProject).where(CooperationProject.name == name))


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
