"""Guardians, contacts, consents, portraits and corrections.

Revision: 0005
After: 0004
"""

import sqlalchemy as sa
from alembic import op

import exchange.core.database
import exchange.core.encryption

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('photo_batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('filename', sa.String(length=200), nullable=False),
    sa.Column('upload', sa.String(length=60), nullable=False),
    sa.Column('status', sa.Enum('reading', 'failed', 'reviewed', 'committed', 'cancelled', name='photobatchstatus', native_enum=False, length=40), nullable=False),
    sa.Column('error', sa.String(), nullable=False),
    sa.Column('skipped', sa.Integer(), nullable=False),
    sa.Column('school_class_id', sa.Integer(), nullable=True),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=True),
    sa.Column('job_id', sa.Integer(), nullable=True),
    sa.Column('committed_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_photo_batch_job_id_job')),
    sa.ForeignKeyConstraint(['school_class_id'], ['school_class.id'], name=op.f('fk_photo_batch_school_class_id_school_class')),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['user.id'], name=op.f('fk_photo_batch_uploaded_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_photo_batch'))
    )
    op.create_table('consent_record',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('data_processing', 'partner_sharing', 'publicity', 'travel', 'medical', 'guardian_after_18', name='consentkind', native_enum=False, length=40), nullable=False),
    sa.Column('text_version', sa.String(length=20), nullable=False),
    sa.Column('answer', sa.Enum('given', 'refused', name='consentanswer', native_enum=False, length=40), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=False),
    sa.Column('channel', sa.Enum('account', 'link', 'on_site', 'paper', name='consentchannel', native_enum=False, length=40), nullable=False),
    sa.Column('guardian_id', sa.Integer(), nullable=True),
    sa.Column('given_by', sa.String(length=100), nullable=False),
    sa.Column('witness', sa.String(length=100), nullable=False),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_by', sa.String(length=100), nullable=False),
    sa.Column('withdrawn_because', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['guardian_id'], ['guardian.id'], name=op.f('fk_consent_record_guardian_id_guardian'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_consent_record_recorded_by_id_user')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_consent_record_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_record'))
    )
    with op.batch_alter_table('consent_record', schema=None) as batch_op:
        batch_op.create_index('ix_consent_record_student_kind', ['student_id', 'kind'], unique=False)

    op.create_table('contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('emergency', 'village', name='contactkind', native_enum=False, length=40), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('position', sa.String(length=60), nullable=False),
    sa.Column('phone', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('language', sa.String(length=30), nullable=False),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_contact_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact'))
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_student_id'), ['student_id'], unique=False)

    op.create_table('correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.Enum('phone', 'address', 'guardian_phone', 'name', 'sex', 'birth_date', 'resident_id', name='correctionfield', native_enum=False, length=40), nullable=False),
    sa.Column('guardian_id', sa.Integer(), nullable=True),
    sa.Column('old_value', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('new_value', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('reason', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('status', sa.Enum('pending', 'approved', 'refused', 'withdrawn', name='correctionstatus', native_enum=False, length=40), nullable=False),
    sa.Column('refusal', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('filed_on', sa.Date(), nullable=True),
    sa.Column('seen_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user.id'], name=op.f('fk_correction_asked_by_id_user')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_correction_decided_by_id_user')),
    sa.ForeignKeyConstraint(['guardian_id'], ['guardian.id'], name=op.f('fk_correction_guardian_id_guardian'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_correction_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction'))
    )
    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_correction_asked_by_id'), ['asked_by_id'], unique=False)
        batch_op.create_index('ix_correction_status', ['status', 'id'], unique=False)
        batch_op.create_index('ix_correction_student', ['student_id', 'status'], unique=False)

    op.create_table('photo',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=True),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=True),
    sa.Column('replaced_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['batch_id'], ['photo_batch.id'], name=op.f('fk_photo_batch_id_photo_batch')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_photo_student_id_student')),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['user.id'], name=op.f('fk_photo_uploaded_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_photo'))
    )
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.create_index('ix_photo_student_current', ['student_id', 'replaced_at'], unique=False)

    op.create_table('photo_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('filename', sa.String(length=200), nullable=False),
    sa.Column('outcome', sa.Enum('matched', 'unknown', 'ambiguous', 'duplicate', 'too_small', 'too_large', 'not_an_image', name='photooutcome', native_enum=False, length=40), nullable=False),
    sa.Column('hint', sa.Enum('landscape', 'narrow', 'square', 'small', name='photohint', native_enum=False, length=40), nullable=True),
    sa.Column('student_id', sa.Integer(), nullable=True),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['photo_batch.id'], name=op.f('fk_photo_item_batch_id_photo_batch'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_photo_item_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_photo_item'))
    )
    with op.batch_alter_table('photo_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_photo_item_batch_id'), ['batch_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_photo_item_student_id'), ['student_id'], unique=False)

    with op.batch_alter_table('guardian', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reads_mandarin', sa.Boolean(), nullable=True))
        batch_op.create_index(batch_op.f('ix_guardian_name'), ['name'], unique=False)

    with op.batch_alter_table('guardianship', schema=None) as batch_op:
        batch_op.add_column(sa.Column('may_sign', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('call_order', sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column('begins_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('authority_ended_on', sa.Date(), nullable=True))
    with op.batch_alter_table('guardianship', schema=None) as batch_op:
        batch_op.alter_column('may_sign', server_default=None)
        batch_op.alter_column('call_order', server_default=None)


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
