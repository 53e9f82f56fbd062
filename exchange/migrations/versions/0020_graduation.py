"""What is noted for graduation.

Revision: 0020
After: 0019
"""

import sqlalchemy as sa
from alembic import op

import exchange.core.database

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('graduation_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('early_applied_on', sa.Date(), nullable=True),
    sa.Column('enlisted_on', sa.Date(), nullable=True),
    sa.Column('minor_programme', sa.String(length=80), nullable=False),
    sa.Column('dual_certificate', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_graduation_note_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_graduation_note')),
    sa.UniqueConstraint('student_id', name=op.f('uq_graduation_note_student_id'))
    )


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
