"""Journeys home and back: trips, groups, seats, and who stays.

Revision: 0009
After: 0008
"""

import sqlalchemy as sa
from alembic import op

import exchange.core.database
import exchange.core.encryption

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('trip',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('leaves_on', sa.Date(), nullable=False),
    sa.Column('back_on', sa.Date(), nullable=False),
    sa.CheckConstraint('back_on > leaves_on', name=op.f('ck_trip_back_after_leaving')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trip')),
    sa.UniqueConstraint('name', name=op.f('uq_trip_name'))
    )
    op.create_table('travel_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('trip_id', sa.Integer(), nullable=False),
    sa.Column('leg', sa.Enum('home', 'back', name='leg', native_enum=False, length=40), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('route', sa.String(length=200), nullable=False),
    sa.Column('carrier', sa.String(length=60), nullable=False),
    sa.Column('meeting_point', sa.String(length=200), nullable=False),
    sa.Column('meets_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('arrives_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('escort_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('arrives_at > meets_at', name=op.f('ck_travel_group_arrives_after_meeting')),
    sa.ForeignKeyConstraint(['escort_id'], ['user.id'], name=op.f('fk_travel_group_escort_id_user')),
    sa.ForeignKeyConstraint(['trip_id'], ['trip.id'], name=op.f('fk_travel_group_trip_id_trip')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_travel_group')),
    sa.UniqueConstraint('trip_id', 'leg', 'name', name=op.f('uq_travel_group_trip_id'))
    )
    with op.batch_alter_table('travel_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_travel_group_escort_id'), ['escort_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_travel_group_trip_id'), ['trip_id'], unique=False)

    op.create_table('holiday_stay',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('trip_id', sa.Integer(), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('carer', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_holiday_stay_student_id_student')),
    sa.ForeignKeyConstraint(['trip_id'], ['trip.id'], name=op.f('fk_holiday_stay_trip_id_trip')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holiday_stay')),
    sa.UniqueConstraint('trip_id', 'student_id', name=op.f('uq_holiday_stay_trip_id'))
    )
    with op.batch_alter_table('holiday_stay', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_holiday_stay_student_id'), ['student_id'], unique=False)

    op.create_table('seat',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('trip_id', sa.Integer(), nullable=False),
    sa.Column('leg', sa.Enum('home', 'back', name='leg', native_enum=False, length=40), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('ticket', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('place', sa.String(length=30), nullable=False),
    sa.Column('arrived_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('spoken_to', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['user.id'], name=op.f('fk_seat_confirmed_by_id_user')),
    sa.ForeignKeyConstraint(['group_id'], ['travel_group.id'], name=op.f('fk_seat_group_id_travel_group')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_seat_student_id_student')),
    sa.ForeignKeyConstraint(['trip_id'], ['trip.id'], name=op.f('fk_seat_trip_id_trip')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat')),
    sa.UniqueConstraint('trip_id', 'leg', 'student_id', name=op.f('uq_seat_trip_id'))
    )
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seat_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_seat_student_id'), ['student_id'], unique=False)


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
