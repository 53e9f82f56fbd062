"""Scales, who handed a sheet in and when, and every attempt beyond the first sitting.

Revision: 0019
After: 0018
"""

import sqlalchemy as sa
from alembic import op

import exchange.core.database

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

SCALE = sa.Enum('hundred', 'levels', 'pass_fail', name='scale', native_enum=False, length=40)


def upgrade():
    with op.batch_alter_table('mark_sheet') as sheets:
        sheets.add_column(sa.Column('scale', SCALE, nullable=False, server_default='hundred'))
        sheets.add_column(sa.Column('submitted_by_id', sa.Integer(), nullable=True))
        sheets.add_column(sa.Column('handed_in_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True))
        sheets.create_foreign_key(op.f('fk_mark_sheet_submitted_by_id_user'), 'user', ['submitted_by_id'], ['id'])
        sheets.create_index(op.f('ix_mark_sheet_submitted_by_id'), ['submitted_by_id'], unique=False)
    op.execute("UPDATE mark_sheet SET handed_in_at = created_at WHERE status <> 'draft'")
    with op.batch_alter_table('mark_sheet') as sheets:
        sheets.alter_column('scale', server_default=None)

    op.create_table('attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('deferred', 'makeup', 'retake', 'recognised', name='attemptkind', native_enum=False, length=40), nullable=False),
    sa.Column('taken_on', sa.Date(), nullable=False),
    sa.Column('scale', SCALE, nullable=False),
    sa.Column('score', sa.Numeric(precision=7, scale=2), nullable=True),
    sa.Column('credit_source', sa.Enum('own_school', 'partner_school', name='creditsource', native_enum=False, length=40), nullable=False),
    sa.Column('school_name', sa.String(length=100), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_reason', sa.String(length=300), nullable=False),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason = '')", name=op.f('ck_attempt_withdrawn_with_reason')),
    sa.CheckConstraint("kind = 'recognised' OR sheet_id IS NOT NULL", name=op.f('ck_attempt_sitting_of_a_sheet')),
    sa.CheckConstraint("kind <> 'recognised' OR score IS NOT NULL", name=op.f('ck_attempt_recognised_with_result')),
    sa.CheckConstraint('score BETWEEN 0 AND 100', name=op.f('ck_attempt_score_in_percent')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_attempt_course_id_course')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_attempt_recorded_by_id_user')),
    sa.ForeignKeyConstraint(['sheet_id'], ['mark_sheet.id'], name=op.f('fk_attempt_sheet_id_mark_sheet')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_attempt_student_id_student')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['user.id'], name=op.f('fk_attempt_withdrawn_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt'))
    )
    with op.batch_alter_table('attempt') as attempts:
        for name in ('student_id', 'course_id', 'sheet_id', 'recorded_by_id', 'withdrawn_by_id'):
            attempts.create_index(op.f(f'ix_attempt_{name}'), [name], unique=False)


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
