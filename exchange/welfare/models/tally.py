"""How many students waited for the registrar on a morning."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from exchange.core.database import Model


class MorningTally(Model):
    """Counting every student of the school takes a while, so it is done once a day; the board itself always counts."""

    day: Mapped[date] = mapped_column(unique=True)
    candidates: Mapped[int]  # students about whom the registrar has to decide
