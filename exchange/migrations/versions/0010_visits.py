"""Home visits: sheets and what was written on them.

Revision: 0010
After: 0009
"""

import sqlalchemy as sa
from alembic import op

import exchange.core.database
import exchange.core.encryption

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('visit_sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('occasion', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_visit_sheet_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_sheet')),
    sa.UniqueConstraint('student_id', 'occasion', name=op.f('uq_visit_sheet_student_id'))
    )
    with op.batch_alter_table('visit_sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_sheet_occasion'), ['occasion'], unique=False)

    op.create_table('visit_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=36), nullable=False),
    sa.Column('visited_on', sa.Date(), nullable=False),
    sa.Column('with_whom', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('situation', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('wishes', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('agreed', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('visitors', sa.String(length=120), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['sheet_id'], ['visit_sheet.id'], name=op.f('fk_visit_report_sheet_id_visit_sheet')),
    sa.ForeignKeyConstraint(['written_by_id'], ['user.id'], name=op.f('fk_visit_report_written_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_report')),
    sa.UniqueConstraint('key', name=op.f('uq_visit_report_key'))
    )
    with op.batch_alter_table('visit_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_report_sheet_id'), ['sheet_id'], unique=False)


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
