"""Attendance: rolls with their exceptions, and requests for leave.

Revision: 0018
After: 0017
"""

import sqlalchemy as sa
from alembic import op

import exchange.core.database
import exchange.core.encryption

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('roll',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('school_class_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('time', sa.Enum('morning', '1', '2', '3', '4', '5', '6', '7', '8', 'evening', 'day', name='rolltime', native_enum=False, length=40), nullable=False),
    sa.Column('taken_by_id', sa.Integer(), nullable=True),
    sa.Column('taken_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['school_class_id'], ['school_class.id'], name=op.f('fk_roll_school_class_id_school_class')),
    sa.ForeignKeyConstraint(['taken_by_id'], ['user.id'], name=op.f('fk_roll_taken_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roll')),
    sa.UniqueConstraint('school_class_id', 'day', 'time', name=op.f('uq_roll_school_class_id'))
    )
    with op.batch_alter_table('roll', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_roll_day'), ['day'], unique=False)

    op.create_table('leave_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('sick', 'personal', 'festival', name='leavekind', native_enum=False, length=40), nullable=False),
    sa.Column('in_hospital', sa.Boolean(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('first_place', sa.Integer(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('last_place', sa.Integer(), nullable=False),
    sa.Column('reason', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('status', sa.Enum('awaiting_guardian', 'pending', 'approved', 'returned', 'refused', 'withdrawn', name='leavestatus', native_enum=False, length=40), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('agreed_by_id', sa.Integer(), nullable=True),
    sa.Column('agreed_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('spoken_to', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('refusal', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_leave_request_ends_after_start')),
    sa.ForeignKeyConstraint(['agreed_by_id'], ['user.id'], name=op.f('fk_leave_request_agreed_by_id_user')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user.id'], name=op.f('fk_leave_request_asked_by_id_user')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_leave_request_decided_by_id_user')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_leave_request_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_leave_request'))
    )
    with op.batch_alter_table('leave_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_leave_request_asked_by_id'), ['asked_by_id'], unique=False)
        batch_op.create_index('ix_leave_request_status', ['status'], unique=False)
        batch_op.create_index('ix_leave_request_student_starts_on', ['student_id', 'starts_on'], unique=False)

    op.create_table('roll_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('roll_id', sa.Integer(), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('mark', sa.Enum('absent', 'late', 'left_early', name='attendancemark', native_enum=False, length=40), nullable=False),
    sa.ForeignKeyConstraint(['roll_id'], ['roll.id'], name=op.f('fk_roll_entry_roll_id_roll'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_roll_entry_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roll_entry')),
    sa.UniqueConstraint('roll_id', 'student_id', name=op.f('uq_roll_entry_roll_id'))
    )
    with op.batch_alter_table('roll_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_roll_entry_student_id'), ['student_id'], unique=False)


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
