"""Dormitory: buildings, rooms, and who sleeps in which bed.

Revision: 0008
After: 0007
"""

import sqlalchemy as sa
from alembic import op

import exchange.core.database
import exchange.core.encryption

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('dormitory_building',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dormitory_building')),
    sa.UniqueConstraint('name', name=op.f('uq_dormitory_building_name'))
    )
    op.create_table('dormitory_room',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('building_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=10), nullable=False),
    sa.Column('sex', sa.Enum('male', 'female', name='sex', native_enum=False, length=40), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.CheckConstraint('capacity > 0', name=op.f('ck_dormitory_room_has_beds')),
    sa.ForeignKeyConstraint(['building_id'], ['dormitory_building.id'], name=op.f('fk_dormitory_room_building_id_dormitory_building')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dormitory_room')),
    sa.UniqueConstraint('building_id', 'number', name=op.f('uq_dormitory_room_building_id'))
    )
    op.create_table('bed_stay',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('bed', sa.Integer(), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('begins_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('ended_by', sa.Enum('moved', 'moved_out', 'left_roll', name='stayend', native_enum=False, length=40), nullable=True),
    sa.ForeignKeyConstraint(['room_id'], ['dormitory_room.id'], name=op.f('fk_bed_stay_room_id_dormitory_room')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_bed_stay_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bed_stay'))
    )
    with op.batch_alter_table('bed_stay', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bed_stay_room_id'), ['room_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bed_stay_student_id'), ['student_id'], unique=False)
        batch_op.create_index('uq_bed_stay_open_bed', ['room_id', 'bed'], unique=True, sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))
        batch_op.create_index('uq_bed_stay_open_student', ['student_id'], unique=True, sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
