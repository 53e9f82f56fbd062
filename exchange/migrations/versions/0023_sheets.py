"""Several sheets of a workbook in one import, and what an undo needs to know.

Revision: 0023
After: 0022
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from exchange.core.encryption import EncryptedDocument

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
IMPORT = sa.table("import", sa.column("id", sa.Integer), sa.column("sheet", sa.String), sa.column("sheets", JSON))


def upgrade():
    with op.batch_alter_table("import") as imports:
        imports.add_column(sa.Column("chosen_sheets", JSON, nullable=False, server_default="[]"))
        imports.add_column(sa.Column("sheets", JSON, nullable=False, server_default="[]"))
    connection = op.get_bind()
    for number, sheet in connection.execute(sa.select(IMPORT.c.id, IMPORT.c.sheet)).all():
        connection.execute(sa.update(IMPORT).where(IMPORT.c.id == number).values(sheets=[sheet]))
    with op.batch_alter_table("import") as imports:
        imports.alter_column("chosen_sheets", server_default=None)
        imports.alter_column("sheets", server_default=None)
        imports.drop_column("sheet")

    with op.batch_alter_table("import_row") as rows:
        rows.add_column(sa.Column("sheet", sa.Integer(), nullable=False, server_default="0"))
        rows.add_column(sa.Column("before", EncryptedDocument(), nullable=True))
        rows.drop_constraint("uq_import_row_import_id", type_="unique")
        rows.create_unique_constraint("uq_import_row_import_id", ["import_id", "sheet", "number"])
        rows.drop_index("ix_import_row_rank")
        rows.create_index("ix_import_row_rank", ["import_id", "rank", "sheet", "number"], unique=False)
    with op.batch_alter_table("import_row") as rows:
        rows.alter_column("sheet", server_default=None)


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
