"""The session, the base model, and the look-up of a record."""

import enum
import re
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Enum, MetaData, Numeric, Select
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry
from werkzeug.exceptions import NotFound

from exchange.core.database.columns import Json, UTCDateTime
from exchange.core.database.moments import now

NAMING_CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
LARGEST_ID = 2**31 - 1


class Base(DeclarativeBase):
    """What every table shares: naming of constraints and the column types of Python types."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING_CONVENTION),
        type_annotation_map={
            datetime: UTCDateTime(),
            Decimal: Numeric(7, 2),
            dict: Json,
            dict[str, Any]: Json,
            list: Json,
            list[str]: Json,
            list[Any]: Json,
            enum.StrEnum: Enum(
                enum.StrEnum, native_enum=False, length=40, values_callable=lambda members: [m.value for m in members]
            ),
        },
    )


db = SQLAlchemy(model_class=Base)
Record = TypeVar("Record", bound="Model")


class Model(Base):
    """Every table has a surrogate key and knows when a row was born."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    created_at: Mapped[datetime] = mapped_column(default=now, sort_order=-1)

    @declared_attr.directive
    def __tablename__(cls) -> str:  # SQLAlchemy calls it on the class
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


def get_or_404(scope: Select[Record], record_id: int) -> Record:
    """The record, if it exists within the scope; "not found" otherwise."""
    if record_id > LARGEST_ID:  # an address may hold any digits; the databases refuse them with an error
        raise NotFound
    model = scope.column_descriptions[0]["entity"]
    record = db.session.scalar(scope.where(model.id == record_id))
    if record is None:
        raise NotFound
    return record
