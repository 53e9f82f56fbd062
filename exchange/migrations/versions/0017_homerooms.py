"""Who is homeroom teacher of a class, from when to when.

Revision: 0017
After: 0016
"""

import sqlalchemy as sa
from alembic import op

import exchange.core.database

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('homeroom_period',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('school_class_id', sa.Integer(), nullable=False),
    sa.Column('teacher_id', sa.Integer(), nullable=True),
    sa.Column('begins_on', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['school_class_id'], ['school_class.id'], name=op.f('fk_homeroom_period_school_class_id_school_class')),
    sa.ForeignKeyConstraint(['teacher_id'], ['user.id'], name=op.f('fk_homeroom_period_teacher_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_homeroom_period')),
    sa.UniqueConstraint('school_class_id', 'begins_on', name=op.f('uq_homeroom_period_school_class_id'))
    )
    with op.batch_alter_table('homeroom_period', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_homeroom_period_teacher_id'), ['teacher_id'], unique=False)


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
