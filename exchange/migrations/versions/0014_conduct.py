"""Assessments of conduct.

Revision: 0014
After: 0013
"""

import sqlalchemy as sa
from alembic import op

import exchange.core.database
import exchange.core.encryption

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

def upgrade():
    op.create_table('conduct_assessment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('term_id', sa.Integer(), nullable=False),
    sa.Column('grade', sa.Enum('excellent', 'good', 'pass', 'fail', name='grade', native_enum=False, length=40), nullable=False),
    sa.Column('comment', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('assessed_by_id', sa.Integer(), nullable=True),
    sa.Column('assessed_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('released_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['assessed_by_id'], ['user.id'], name=op.f('fk_conduct_assessment_assessed_by_id_user')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_conduct_assessment_student_id_student')),
    sa.ForeignKeyConstraint(['term_id'], ['term.id'], name=op.f('fk_conduct_assessment_term_id_term')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conduct_assessment')),
    sa.UniqueConstraint('student_id', 'term_id', name=op.f('uq_conduct_assessment_student_id'))
    )
    with op.batch_alter_table('conduct_assessment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conduct_assessment_assessed_by_id'), ['assessed_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conduct_assessment_term_id'), ['term_id'], unique=False)

def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
