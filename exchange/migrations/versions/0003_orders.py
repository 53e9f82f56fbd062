"""Typed, numbered orders that change a status.

Revision: 0003
After: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

import exchange.core.database
import exchange.core.encryption

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('order_series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_series')),
    sa.UniqueConstraint('year', name=op.f('uq_order_series_year'))
    )
    op.create_table('status_order',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.Enum('entry', 'class_change', 'major_change', 'repeat', 'leave', 'resumption', 'transfer_out', 'withdrawal', 'dismissal', 'expulsion', 'lost', 'death', 'graduation', 'completion', 'diploma_exchange', 'award', 'sanction', 'sanction_removal', name='orderkind', native_enum=False, length=40), nullable=False),
    sa.Column('status', sa.Enum('draft', 'confirmed', 'cancelled', name='orderstatus', native_enum=False, length=40), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=True),
    sa.Column('document', sa.String(length=80), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('to_class_id', sa.Integer(), nullable=True),
    sa.Column('reason', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('evidence_document', exchange.core.encryption.EncryptedDocument(), nullable=True),
    sa.Column('excused', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('drafted_by_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('filed_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['user.id'], name=op.f('fk_status_order_confirmed_by_id_user')),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['user.id'], name=op.f('fk_status_order_drafted_by_id_user')),
    sa.ForeignKeyConstraint(['to_class_id'], ['school_class.id'], name=op.f('fk_status_order_to_class_id_school_class')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_status_order')),
    sa.UniqueConstraint('number', name=op.f('uq_status_order_number'))
    )
    with op.batch_alter_table('status_order', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_status_order_kind'), ['kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_status_order_status'), ['status'], unique=False)

    op.create_table('order_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('from_status', sa.Enum('01', '02', '03', '06', '07', '08', '10', '11', '14', name='studentstatus', native_enum=False, length=40), nullable=True),
    sa.Column('from_class_id', sa.Integer(), nullable=True),
    sa.Column('cancelled_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('cancel_reason', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.CheckConstraint('(from_status IS NULL) = (from_class_id IS NULL)', name=op.f('ck_order_member_state_is_whole')),
    sa.ForeignKeyConstraint(['from_class_id'], ['school_class.id'], name=op.f('fk_order_member_from_class_id_school_class')),
    sa.ForeignKeyConstraint(['order_id'], ['status_order.id'], name=op.f('fk_order_member_order_id_status_order')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_order_member_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_member')),
    sa.UniqueConstraint('order_id', 'student_id', name=op.f('uq_order_member_order_id'))
    )
    with op.batch_alter_table('order_member', schema=None) as batch_op:
        batch_op.create_index('ix_order_member_from_class', ['from_class_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_order_member_student_id'), ['student_id'], unique=False)



def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
