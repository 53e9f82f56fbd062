"""Shift plans of placements, and what the re-check found of each placement.

Revision: 0026
After: 0025
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

import exchange.core.database

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade():
    json = sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql')
    moment = exchange.core.database.UTCDateTime(timezone=True)
    op.create_table('shift_plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', moment, nullable=False),
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('first_on', sa.Date(), nullable=False),
    sa.Column('last_on', sa.Date(), nullable=False),
    sa.Column('shifts', sa.Text(), nullable=False),
    sa.Column('effective_at', moment, nullable=True),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('voided_at', moment, nullable=True),
    sa.Column('void_reason', sa.Enum('replaced', 'plan_changed', name='voidreason', native_enum=False, length=40), nullable=True),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_shift_plan_placement_id_placement')),
    sa.ForeignKeyConstraint(['post_id'], ['post.id'], name=op.f('fk_shift_plan_post_id_post')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_shift_plan_recorded_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shift_plan'))
    )
    with op.batch_alter_table('shift_plan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shift_plan_placement_id'), ['placement_id'], unique=False)

    op.create_table('placement_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', moment, nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('checked_at', moment, nullable=False),
    sa.Column('step', sa.Enum('UNIT', 'PLAN', 'PLACE', 'START', 'DAILY', 'PAY', 'END', 'ARCHIVE', name='step', native_enum=False, length=40), nullable=False),
    sa.Column('found', json, nullable=False),
    sa.Column('broken', json, nullable=False),
    sa.Column('has_new', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_placement_check_placement_id_placement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement_check'))
    )
    with op.batch_alter_table('placement_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_placement_check_placement_id'), ['placement_id'], unique=True)
        batch_op.create_index('ix_placement_check_has_new', ['placement_id'], unique=False, sqlite_where=sa.text('has_new'), postgresql_where=sa.text('has_new'))
