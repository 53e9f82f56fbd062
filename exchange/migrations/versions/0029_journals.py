"""Internships while they run: weekly logs, reports, appraisals, pay, complaints, visits and incidents.

Revision: 0029
After: 0028
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import exchange.core.database
import exchange.core.encryption

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('appraisal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('host_process', sa.Numeric(precision=7, scale=2), nullable=True),
    sa.Column('host_result', sa.Numeric(precision=7, scale=2), nullable=True),
    sa.Column('host_words', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('host_graded_by', sa.String(length=100), nullable=True),
    sa.Column('host_graded_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=True),
    sa.Column('school_process', sa.Numeric(precision=7, scale=2), nullable=True),
    sa.Column('school_result', sa.Numeric(precision=7, scale=2), nullable=True),
    sa.Column('school_words', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('school_graded_by_id', sa.Integer(), nullable=True),
    sa.Column('school_graded_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('host_process between 0 and 100', name=op.f('ck_appraisal_host_process_is_a_mark')),
    sa.CheckConstraint('host_result between 0 and 100', name=op.f('ck_appraisal_host_result_is_a_mark')),
    sa.CheckConstraint('school_process between 0 and 100', name=op.f('ck_appraisal_school_process_is_a_mark')),
    sa.CheckConstraint('school_result between 0 and 100', name=op.f('ck_appraisal_school_result_is_a_mark')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_appraisal_placement_id_placement')),
    sa.ForeignKeyConstraint(['school_graded_by_id'], ['user.id'], name=op.f('fk_appraisal_school_graded_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appraisal')),
    sa.UniqueConstraint('placement_id', name=op.f('uq_appraisal_placement_id'))
    )
    op.create_table('complaint',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('host_organisation_id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('card', 'fee', 'treatment', 'danger', 'hours', 'pay', 'lodging', 'other', name='complaintkind', native_enum=False, length=40), nullable=False),
    sa.Column('words', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('raised_by_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('open', 'settled', name='complaintstatus', native_enum=False, length=40), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('result', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.Column('settled_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['host_organisation_id'], ['host_organisation.id'], name=op.f('fk_complaint_host_organisation_id_host_organisation')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_complaint_owner_id_user')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_complaint_placement_id_placement')),
    sa.ForeignKeyConstraint(['raised_by_id'], ['user.id'], name=op.f('fk_complaint_raised_by_id_user')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['user.id'], name=op.f('fk_complaint_settled_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint'))
    )
    with op.batch_alter_table('complaint', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_complaint_host_organisation_id'), ['host_organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_complaint_placement_id'), ['placement_id'], unique=False)
        batch_op.create_index('ix_complaint_status_due_on', ['status', 'due_on'], unique=False)

    op.create_table('daily_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('way', sa.Enum('call', 'visit', 'mentor', name='way', native_enum=False, length=40), nullable=False),
    sa.Column('is_fine', sa.Boolean(), nullable=False),
    sa.Column('note', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('checked_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['checked_by_id'], ['user.id'], name=op.f('fk_daily_check_checked_by_id_user')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_daily_check_placement_id_placement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_daily_check')),
    sa.UniqueConstraint('placement_id', 'day', name=op.f('uq_daily_check_placement_id'))
    )
    op.create_table('incident',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('injury', 'illness', 'missing', 'conflict', 'other', name='incidentkind', native_enum=False, length=40), nullable=False),
    sa.Column('occurred_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('situation', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('reported_by_id', sa.Integer(), nullable=True),
    sa.Column('reported_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('closed_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['closed_by_id'], ['user.id'], name=op.f('fk_incident_closed_by_id_user')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_incident_placement_id_placement')),
    sa.ForeignKeyConstraint(['reported_by_id'], ['user.id'], name=op.f('fk_incident_reported_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident'))
    )
    with op.batch_alter_table('incident', schema=None) as batch_op:
        batch_op.create_index('ix_incident_closed_at', ['closed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_incident_placement_id'), ['placement_id'], unique=False)

    op.create_table('internship_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('text', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('status', sa.Enum('submitted', 'returned', 'read', name='review', native_enum=False, length=40), nullable=False),
    sa.Column('submitted_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('answer', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('reviewed_by_id', sa.Integer(), nullable=True),
    sa.Column('reviewed_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_internship_report_placement_id_placement')),
    sa.ForeignKeyConstraint(['reviewed_by_id'], ['user.id'], name=op.f('fk_internship_report_reviewed_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_internship_report')),
    sa.UniqueConstraint('placement_id', name=op.f('uq_internship_report_placement_id'))
    )
    op.create_table('pay_receipt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('covers_from', sa.Date(), nullable=False),
    sa.Column('covers_to', sa.Date(), nullable=False),
    sa.Column('amount', sa.Numeric(precision=7, scale=2), nullable=False),
    sa.Column('method', sa.Enum('BANK', 'CASH', 'GOODS', 'VOUCHER', name='paymethod', native_enum=False, length=40), nullable=False),
    sa.Column('payee', sa.Enum('STUDENT', 'SCHOOL', 'AGENCY', name='payee', native_enum=False, length=40), nullable=False),
    sa.Column('payer', sa.Enum('HOST', 'SCHOOL', 'AGENCY', name='payer', native_enum=False, length=40), nullable=False),
    sa.Column('reported_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('covers_to >= covers_from', name=op.f('ck_pay_receipt_covers_days')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_pay_receipt_placement_id_placement')),
    sa.ForeignKeyConstraint(['reported_by_id'], ['user.id'], name=op.f('fk_pay_receipt_reported_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pay_receipt'))
    )
    with op.batch_alter_table('pay_receipt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pay_receipt_placement_id'), ['placement_id'], unique=False)

    op.create_table('weekly_log',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('did', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('learnt', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('hours', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('mood', sa.Enum('good', 'fine', 'hard', 'help', name='mood', native_enum=False, length=40), nullable=False),
    sa.Column('status', sa.Enum('submitted', 'returned', 'read', name='review', native_enum=False, length=40), nullable=False),
    sa.Column('submitted_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('answer', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('reviewed_by_id', sa.Integer(), nullable=True),
    sa.Column('reviewed_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=True),
    sa.Column('hours_confirmed_by', sa.String(length=100), nullable=True),
    sa.Column('hours_confirmed_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=True),
    sa.Column('mentor_words', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_weekly_log_placement_id_placement')),
    sa.ForeignKeyConstraint(['reviewed_by_id'], ['user.id'], name=op.f('fk_weekly_log_reviewed_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_weekly_log')),
    sa.UniqueConstraint('placement_id', 'week', name=op.f('uq_weekly_log_placement_id'))
    )
    op.create_table('incident_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('incident_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.Enum('rescue', 'leader', 'guardian', 'authority', 'insurer', 'counselling', 'claim', 'aftercare', name='step', native_enum=False, length=40), nullable=False),
    sa.Column('done_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('note', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['done_by_id'], ['user.id'], name=op.f('fk_incident_step_done_by_id_user')),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_incident_step_incident_id_incident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident_step')),
    sa.UniqueConstraint('incident_id', 'step', name=op.f('uq_incident_step_incident_id'))
    )
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.add_column(sa.Column('renewed_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=True))


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
