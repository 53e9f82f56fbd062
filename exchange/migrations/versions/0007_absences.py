"""Absences and contact notes.

Revision: 0007
After: 0006
"""

import sqlalchemy as sa
from alembic import op

import exchange.core.database
import exchange.core.encryption

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('absence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('unexcused', 'sick', 'personal', 'official', 'left', name='absencekind', native_enum=False, length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('remark', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('noted_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_absence_ends_after_start')),
    sa.ForeignKeyConstraint(['noted_by_id'], ['user.id'], name=op.f('fk_absence_noted_by_id_user')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_absence_student_id_student')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['user.id'], name=op.f('fk_absence_withdrawn_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_absence'))
    )
    with op.batch_alter_table('absence', schema=None) as batch_op:
        batch_op.create_index('ix_absence_student_starts_on', ['student_id', 'starts_on'], unique=False)

    op.create_table('contact_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('call', 'talk', 'visit', 'message', 'meeting', name='contactkind', native_enum=False, length=40), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('with_whom', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('agreed', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('next_step', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('noted_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['noted_by_id'], ['user.id'], name=op.f('fk_contact_note_noted_by_id_user')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_contact_note_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_note'))
    )
    with op.batch_alter_table('contact_note', schema=None) as batch_op:
        batch_op.create_index('ix_contact_note_student_held_on', ['student_id', 'held_on'], unique=False)


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
