"""Internships while they run: weekly logs, reports, appraisals, pay, complaints, visits and incidents.

Revision: 0027
After: 0024
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import exchange.core.database
import exchange.core.encryption

revision = '0027'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade():
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
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.add_column(sa.Column('renewed_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=True))


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
