"""Words that the office copies into WeChat or a short message."""

from collections.abc import Sequence

from exchange.agreements.documents import plain_date
from exchange.agreements.values import DocumentKind, Party
from exchange.placements.models import Placement

NAMES = {DocumentKind.AGREEMENT: "岗位实习三方协议", DocumentKind.CONSENT: "实习知情同意书"}


def reminder(
    placement: Placement, party: Party, name: str, papers: Sequence[tuple[DocumentKind, str]], *, days: int
) -> str:
    """One message to one person with a link for each paper, in Chinese as families and hosts read it."""
    links = "，".join(f"{NAMES[kind]} {address}" for kind, address in papers)
    whom = f"{name}，你好。" if party is Party.STUDENT else f"{name}，您好。"
    return (
        f"{whom}{placement.student.name}从{plain_date(placement.starts_on)}起到{placement.host.name}实习，"
        f"请打开链接看内容再签字：{links} （{days}天内有效，只能用一次，不要转给别人）"
    )
