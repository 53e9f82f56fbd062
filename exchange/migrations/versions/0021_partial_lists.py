"""Whether a list of the registry holds everybody, and whom it did not show until somebody has said so.

Revision: 0021
After: 0020
"""

import sqlalchemy as sa
from alembic import op

from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('reconciliation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('missing', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=True))
        batch_op.add_column(sa.Column('is_whole', sa.Boolean(), nullable=True))


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
