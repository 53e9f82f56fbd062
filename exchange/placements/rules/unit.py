"""What must be true before a host may take interns."""

from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, every
from exchange.placements.facts import Facts
from exchange.placements.facts.values import Step, Venue
from exchange.placements.rules.books import N01, UNIT
from exchange.placements.rules.conditions import is_known
from exchange.placements.rules.limits import codes

WITHOUT_POST = frozenset({Step.UNIT, Step.PLAN})

HOST_ENTERTAINS = Message(
    "实习单位属于酒吧、歌厅等营业性娱乐场所", "The host is a bar, karaoke or other place of commercial entertainment"
)
POST_ENTERTAINS = Message(
    "实习岗位设在酒吧、歌厅等营业性娱乐场所",
    "The post is in a bar, karaoke or other place of commercial entertainment",
)


@UNIT.rule(
    "INT-26",
    Severity.BLOCK,
    article="16(5)",
    regulation=N01,
    statement=Message(
        "不安排学生到酒吧、夜总会、歌厅、洗浴中心、电子游戏厅、网吧等营业性娱乐场所实习",
        "No student works in a bar, nightclub, karaoke, bath centre, arcade, internet café or the like",
    ),
    message=HOST_ENTERTAINS,
    limits=("entertainment_venues",),
)
def venue_is_no_entertainment(facts: Facts) -> Verdict:
    """A hotel with a karaoke room may take interns, only not there: the post counts as soon as there is one."""
    host = _is_allowed(facts, facts.host.venue, "host.venue", HOST_ENTERTAINS)
    if facts.step in WITHOUT_POST:
        return host
    return every(host, _is_allowed(facts, facts.post.venue, "post.venue", POST_ENTERTAINS))


def _is_allowed(facts: Facts, venue: Venue | None, path: str, message: Message) -> Verdict:
    if venue is None:
        return is_known(venue, path)
    return broken(message=message) if venue in codes("entertainment_venues", on=facts.placement.start) else HOLDS
