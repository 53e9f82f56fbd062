"""Which majors an applicant would like to study.

Revision: 0015
After: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("applicant") as applicants:
        applicants.add_column(sa.Column("wishes", sa.String(length=200), nullable=False, server_default=""))
    with op.batch_alter_table("applicant") as applicants:
        applicants.alter_column("wishes", server_default=None)


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
