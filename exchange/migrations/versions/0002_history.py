"""Attachments, and what a record said on a day.

Revision: 0002
After: 0001
"""

import sqlalchemy as sa
from alembic import op

import exchange.core.database

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('attachment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('subject_type', sa.String(length=60), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('filename', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=60), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['user.id'], name=op.f('fk_attachment_uploaded_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment'))
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index('ix_attachment_subject', ['subject_type', 'subject_id'], unique=False)

    op.create_table('period',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('begins_on', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('status', sa.Enum('01', '02', '03', '06', '07', '08', '10', '11', '14', name='studentstatus', native_enum=False, length=40), nullable=False),
    sa.Column('school_class_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['school_class_id'], ['school_class.id'], name=op.f('fk_period_school_class_id_school_class')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_period_student_id_student'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_period')),
    sa.UniqueConstraint('student_id', 'begins_on', name=op.f('uq_period_student_id'))
    )
    with op.batch_alter_table('period', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_period_school_class_id'), ['school_class_id'], unique=False)

    schools = ("home_school", "host_school", "registry_school")
    with op.batch_alter_table("student") as student:
        for name in schools:
            student.add_column(sa.Column(name, sa.String(length=100), nullable=False, server_default=""))
    with op.batch_alter_table("student") as student:
        for name in schools:
            student.alter_column(name, server_default=None)


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
