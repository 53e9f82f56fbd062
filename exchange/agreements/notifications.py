"""Words that the office copies into WeChat or a short message."""

from exchange.agreements.documents import plain_date
from exchange.agreements.models import AgreementDocument
from exchange.agreements.values import DocumentKind, Party

NAMES = {DocumentKind.AGREEMENT: "岗位实习三方协议", DocumentKind.CONSENT: "实习知情同意书"}


def reminder(document: AgreementDocument, party: Party, name: str, address: str, *, days: int) -> str:
    """One message with its link, in Chinese as families and hosts read it."""
    placement = document.placement
    whom = f"{name}，你好。" if party is Party.STUDENT else f"{name}，您好。"
    return (
        f"{whom}{placement.student.name}从{plain_date(placement.starts_on)}起到{placement.host.name}实习，"
        f"要签{NAMES[document.kind]}。请打开链接看内容再签字：{address} （{days}天内有效，只能用一次，不要转给别人）"
    )
