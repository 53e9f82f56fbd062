"""The national registry: what records lack, what was sent, what differs.

Revision: 0011
After: 0010
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

import exchange.core.database
import exchange.core.encryption

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('registry_watch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('through', sa.Integer(), nullable=False),
    sa.Column('checked_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registry_watch'))
    )
    op.create_table('reconciliation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('filename', sa.String(length=255), nullable=False),
    sa.Column('upload', sa.String(length=80), nullable=False),
    sa.Column('school_class_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('reading', 'done', 'failed', name='runstatus', native_enum=False, length=40), nullable=False),
    sa.Column('error', sa.String(), nullable=False),
    sa.Column('headings', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('unmapped', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('counts', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('finished_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('job_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_reconciliation_actor_id_user')),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_reconciliation_job_id_job')),
    sa.ForeignKeyConstraint(['school_class_id'], ['school_class.id'], name=op.f('fk_reconciliation_school_class_id_school_class')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reconciliation'))
    )
    with op.batch_alter_table('reconciliation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reconciliation_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reconciliation_school_class_id'), ['school_class_id'], unique=False)

    op.create_table('registry_tally',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('batch', sa.String(length=12), nullable=False),
    sa.Column('school_class_id', sa.Integer(), nullable=True),
    sa.Column('about', sa.Enum('records', 'lack', 'actor', 'county', name='tally', native_enum=False, length=40), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('who', sa.Enum('registrar', 'homeroom_teacher', 'aid_officer', name='actor', native_enum=False, length=40), nullable=True),
    sa.Column('students', sa.Integer(), nullable=False),
    sa.Column('complete', sa.Integer(), nullable=False),
    sa.Column('sent', sa.Integer(), nullable=False),
    sa.Column('confirmed', sa.Integer(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['school_class_id'], ['school_class.id'], name=op.f('fk_registry_tally_school_class_id_school_class')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registry_tally'))
    )
    with op.batch_alter_table('registry_tally', schema=None) as batch_op:
        batch_op.create_index('ix_registry_tally_class', ['school_class_id', 'about', 'batch'], unique=False)

    op.create_table('submission',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('batch', sa.String(length=12), nullable=False),
    sa.Column('school_class_id', sa.Integer(), nullable=True),
    sa.Column('only_complete', sa.Boolean(), nullable=False),
    sa.Column('status', sa.Enum('preparing', 'ready', 'submitted', 'failed', 'discarded', name='submissionstatus', native_enum=False, length=40), nullable=False),
    sa.Column('error', sa.String(), nullable=False),
    sa.Column('students', sa.Integer(), nullable=False),
    sa.Column('left_out', sa.Integer(), nullable=False),
    sa.Column('file', sa.String(length=80), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('submitted_on', sa.Date(), nullable=True),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('job_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_submission_actor_id_user')),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_submission_job_id_job')),
    sa.ForeignKeyConstraint(['school_class_id'], ['school_class.id'], name=op.f('fk_submission_school_class_id_school_class')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submission'))
    )
    with op.batch_alter_table('submission', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_submission_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_submission_school_class_id'), ['school_class_id'], unique=False)

    op.create_table('discrepancy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('subject', sa.String(length=70), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=True),
    sa.Column('heading', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.Enum('number', 'only_theirs', 'only_ours', 'both', 'no_base', 'missing_there', 'missing_here', name='differencekind', native_enum=False, length=40), nullable=False),
    sa.Column('ours', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('submitted', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('theirs', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('person', exchange.core.encryption.EncryptedDocument(), nullable=True),
    sa.Column('status', sa.Enum('open', 'waiting', 'ignored', 'gone', name='discrepancystatus', native_enum=False, length=40), nullable=False),
    sa.Column('decision', sa.Enum('take_over', 'correct_there', 'ignore', name='decision', native_enum=False, length=40), nullable=True),
    sa.Column('reason', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('opened_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('gone_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('reopened', sa.Integer(), nullable=False),
    sa.Column('seen_in_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_discrepancy_decided_by_id_user')),
    sa.ForeignKeyConstraint(['seen_in_id'], ['reconciliation.id'], name=op.f('fk_discrepancy_seen_in_id_reconciliation')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_discrepancy_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_discrepancy')),
    sa.UniqueConstraint('subject', 'heading', name=op.f('uq_discrepancy_subject'))
    )
    with op.batch_alter_table('discrepancy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_discrepancy_decided_by_id'), ['decided_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_discrepancy_seen_in_id'), ['seen_in_id'], unique=False)
        batch_op.create_index('ix_discrepancy_status', ['status', 'kind', 'opened_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_discrepancy_student_id'), ['student_id'], unique=False)

    op.create_table('registry_gap',
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('heading', sa.String(length=40), nullable=False),
    sa.Column('batch', sa.String(length=12), nullable=False),
    sa.Column('kind', sa.Enum('missing', 'wrong', 'doubt', name='gapkind', native_enum=False, length=40), nullable=False),
    sa.Column('who', sa.Enum('registrar', 'homeroom_teacher', 'aid_officer', name='actor', native_enum=False, length=40), nullable=False),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_registry_gap_student_id_student'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('student_id', 'heading', name=op.f('pk_registry_gap'))
    )
    with op.batch_alter_table('registry_gap', schema=None) as batch_op:
        batch_op.create_index('ix_registry_gap_heading', ['heading', 'student_id'], unique=False)
        batch_op.create_index('ix_registry_gap_who', ['who', 'kind', 'student_id'], unique=False)

    op.create_table('registry_state',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('school_class_id', sa.Integer(), nullable=False),
    sa.Column('batch', sa.String(length=12), nullable=False),
    sa.Column('complete', sa.Boolean(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('lacking', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('checked_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['school_class_id'], ['school_class.id'], name=op.f('fk_registry_state_school_class_id_school_class')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_registry_state_student_id_student'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registry_state')),
    sa.UniqueConstraint('student_id', name=op.f('uq_registry_state_student_id'))
    )
    with op.batch_alter_table('registry_state', schema=None) as batch_op:
        batch_op.create_index('ix_registry_state_batch', ['batch', 'score', 'student_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registry_state_school_class_id'), ['school_class_id'], unique=False)
        batch_op.create_index('ix_registry_state_score', ['score', 'student_id'], unique=False)

    op.create_table('submitted_record',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('submission_id', sa.Integer(), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('cells', exchange.core.encryption.EncryptedDocument(), nullable=False),
    sa.Column('is_latest', sa.Boolean(), nullable=False),
    sa.Column('confirmed_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_submitted_record_student_id_student')),
    sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_submitted_record_submission_id_submission'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submitted_record')),
    sa.UniqueConstraint('submission_id', 'student_id', name=op.f('uq_submitted_record_submission_id'))
    )
    with op.batch_alter_table('submitted_record', schema=None) as batch_op:
        batch_op.create_index('ix_submitted_record_latest', ['is_latest', 'student_id', 'digest'], unique=False)
        batch_op.create_index(batch_op.f('ix_submitted_record_student_id'), ['student_id'], unique=False)


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
