"""Who sent a sheet, and what the headings of a sender mean.

Revision: 0013
After: 0012
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import exchange.core.database

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade():
    op.create_table('heading_mapping',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('sender', sa.String(length=100), nullable=False),
    sa.Column('heading', sa.String(length=200), nullable=False),
    sa.Column('field', sa.String(length=60), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_heading_mapping_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_heading_mapping')),
    sa.UniqueConstraint('kind', 'sender', 'heading', name=op.f('uq_heading_mapping_kind'))
    )
    with op.batch_alter_table('heading_mapping', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_heading_mapping_by_id'), ['by_id'], unique=False)

    with op.batch_alter_table("import") as imports:
        imports.add_column(sa.Column("sender", sa.String(length=100), nullable=False, server_default=""))
        imports.add_column(sa.Column("remembered", JSON, nullable=False, server_default="{}"))
        imports.add_column(sa.Column("ignored", JSON, nullable=False, server_default="[]"))
        imports.create_index("ix_import_sender", ["sender"], unique=False)
    with op.batch_alter_table("import") as imports:
        for name in ("sender", "remembered", "ignored"):
            imports.alter_column(name, server_default=None)


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
