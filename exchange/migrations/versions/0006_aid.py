"""Hardship over time, amounts of the school, the ledger of aid; papers for a county of origin.

Revision: 0006
After: 0005
"""

import sqlalchemy as sa
from alembic import op

import exchange.core.database
import exchange.core.encryption

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('aid_rule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('region', sa.String(length=6), nullable=False),
    sa.Column('begins_on', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('amount', sa.Numeric(precision=7, scale=2), nullable=True),
    sa.Column('unit', sa.Enum('yuan', 'percent', name='unit', native_enum=False, length=40), nullable=False),
    sa.Column('period', sa.Enum('term', 'year', 'once', name='paidper', native_enum=False, length=40), nullable=False),
    sa.Column('per', sa.Enum('person', 'household', name='paidfor', native_enum=False, length=40), nullable=False),
    sa.Column('condition', sa.String(length=300), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.CheckConstraint('until > begins_on', name=op.f('ck_aid_rule_until_after_begin')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_aid_rule'))
    )
    op.create_table('award',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('tuition_waiver', 'national_grant', 'national_scholarship', 'rain_and_dew', 'east_west_yunnan', 'east_west_foundation', 'prefecture_subsidy', 'lodging_waiver', 'in_kind', name='aidkind', native_enum=False, length=40), nullable=False),
    sa.Column('item', sa.Enum('winter_clothes', 'bedding', 'meal_card', 'insurance', 'travel_home', 'lodging_fee', 'gift', name='item', native_enum=False, length=40), nullable=True),
    sa.Column('school_year', sa.Integer(), nullable=False),
    sa.Column('term_number', sa.Integer(), nullable=True),
    sa.Column('amount', sa.Numeric(precision=7, scale=2), nullable=True),
    sa.Column('status', sa.Enum('planned', 'approved', 'paid', 'returned', 'stopped', 'suspended', name='awardstatus', native_enum=False, length=40), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('because', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('project_id', sa.Integer(), nullable=True),
    sa.Column('claimant_index', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['cooperation_project.id'], name=op.f('fk_award_project_id_cooperation_project')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_award_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award'))
    )
    with op.batch_alter_table('award', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_award_claimant_index'), ['claimant_index'], unique=False)
        batch_op.create_index('ix_award_months', ['school_year', 'term_number', 'kind', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_award_student_id'), ['student_id'], unique=False)

    op.create_table('bank_card',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('holder', sa.Enum('student', 'household', name='cardholder', native_enum=False, length=40), nullable=False),
    sa.Column('holder_name', sa.String(length=100), nullable=False),
    sa.Column('card_number', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('card_index', sa.String(length=64), nullable=False),
    sa.Column('last_four', sa.String(length=4), nullable=False),
    sa.Column('retired_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_bank_card_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bank_card'))
    )
    with op.batch_alter_table('bank_card', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bank_card_card_index'), ['card_index'], unique=False)
        batch_op.create_index(batch_op.f('ix_bank_card_student_id'), ['student_id'], unique=False)

    op.create_table('impact_done',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('changed_on', sa.Date(), nullable=False),
    sa.Column('step', sa.Enum('suspend', 'stop', 'resume', 'tell_county', name='step', native_enum=False, length=40), nullable=False),
    sa.Column('kind', sa.Enum('tuition_waiver', 'national_grant', 'national_scholarship', 'rain_and_dew', 'east_west_yunnan', 'east_west_foundation', 'prefecture_subsidy', 'lodging_waiver', 'in_kind', name='aidkind', native_enum=False, length=40), nullable=False),
    sa.Column('note', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['done_by_id'], ['user.id'], name=op.f('fk_impact_done_done_by_id_user')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_impact_done_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_impact_done')),
    sa.UniqueConstraint('student_id', 'changed_on', 'step', 'kind', name=op.f('uq_impact_done_student_id'))
    )
    op.create_table('poverty_status',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('category_code', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('hardship_level', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('evidence_kind', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('begins_on', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('assessed_on', sa.Date(), nullable=False),
    sa.Column('assessed_by_id', sa.Integer(), nullable=True),
    sa.Column('voided_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('void_note', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.CheckConstraint('until > begins_on', name=op.f('ck_poverty_status_until_after_begin')),
    sa.ForeignKeyConstraint(['assessed_by_id'], ['user.id'], name=op.f('fk_poverty_status_assessed_by_id_user')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_poverty_status_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_poverty_status'))
    )
    with op.batch_alter_table('poverty_status', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_poverty_status_student_id'), ['student_id'], unique=False)

    op.create_table('payment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('award_id', sa.Integer(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=False),
    sa.Column('amount', sa.Numeric(precision=7, scale=2), nullable=False),
    sa.Column('batch', sa.String(length=60), nullable=False),
    sa.Column('payer', sa.Enum('school', 'county', name='payer', native_enum=False, length=40), nullable=False),
    sa.Column('card_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['award_id'], ['award.id'], name=op.f('fk_payment_award_id_award')),
    sa.ForeignKeyConstraint(['card_id'], ['bank_card.id'], name=op.f('fk_payment_card_id_bank_card')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment'))
    )
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_award_id'), ['award_id'], unique=False)

    with op.batch_alter_table("certificate_batch") as batch:
        batch.add_column(sa.Column("county", sa.String(length=6), nullable=False, server_default=""))
    with op.batch_alter_table("certificate_batch") as batch:
        batch.alter_column("county", server_default=None)


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
