"""How many students waited for the registrar on a morning.

Revision: 0012
After: 0011
"""

import sqlalchemy as sa
from alembic import op

import exchange.core.database

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('morning_tally',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('candidates', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_morning_tally')),
    sa.UniqueConstraint('day', name=op.f('uq_morning_tally_day'))
    )


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
