"""One piece of background work."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from exchange.core.database import Model
from exchange.core.encryption import EncryptedJSON
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class JobState(LabelledEnum):
    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")


class Job(Model):
    """Kept after it is done, so that people can see what ran.

    A running job holds a lease; a worker that died lets it run out, and the next attempt goes on from ``done``.
    """

    task: Mapped[str] = mapped_column(String(60))  # "certificates.issue"
    arguments: Mapped[EncryptedJSON]  # ids and plain values; a reason among them is nobody else's business
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED, index=True)
    attempt: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    dedupe_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")  # where the result is seen
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    finished_at: Mapped[datetime | None]

    held = 0  # the attempt this process works for; no column: a refresh must not lend us the attempt of another worker
