"""Batches of internships: openings, applications, rounds, proposals and appeals.

Revision: 0028
After: 0024
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text

import exchange.core.database
import exchange.core.encryption
from sqlalchemy.dialects import postgresql

revision = '0028'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('internship_batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('school_year', sa.Integer(), nullable=False),
    sa.Column('term_number', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('applications_from', sa.Date(), nullable=False),
    sa.Column('applications_until', sa.Date(), nullable=False),
    sa.Column('most_choices', sa.Integer(), nullable=False),
    sa.Column('appeal_days', sa.Integer(), nullable=False),
    sa.Column('notes', sa.String(length=1000), nullable=False),
    sa.Column('status', sa.Enum('draft', 'announced', 'published', name='batchstatus', native_enum=False, length=40), nullable=False),
    sa.Column('published_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=True),
    sa.Column('appeals_until', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('applications_until >= applications_from', name=op.f('ck_internship_batch_closes_after_opening')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_internship_batch_ends_after_start')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_internship_batch')),
    sa.UniqueConstraint('name', name=op.f('uq_internship_batch_name'))
    )
    with op.batch_alter_table('internship_batch', schema=None) as batch_op:
        batch_op.create_index('ix_internship_batch_status', ['status'], unique=False)

    op.create_table('proposal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('solver', sa.String(length=40), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['batch_id'], ['internship_batch.id'], name=op.f('fk_proposal_batch_id_internship_batch')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_proposal_made_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposal'))
    )
    with op.batch_alter_table('proposal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proposal_batch_id'), ['batch_id'], unique=False)

    op.create_table('internship_batch_class',
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['internship_batch.id'], name=op.f('fk_internship_batch_class_batch_id_internship_batch'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['class_id'], ['school_class.id'], name=op.f('fk_internship_batch_class_class_id_school_class')),
    sa.PrimaryKeyConstraint('batch_id', 'class_id', name=op.f('pk_internship_batch_class'))
    )
    with op.batch_alter_table('internship_batch_class', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_internship_batch_class_class_id'), ['class_id'], unique=False)

    op.create_table('opening',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('hours_per_week', sa.Numeric(precision=4, scale=1), nullable=True),
    sa.Column('pay', sa.Numeric(precision=7, scale=2), nullable=True),
    sa.Column('lodging', sa.String(length=200), nullable=False),
    sa.Column('beds_for_women', sa.Integer(), nullable=True),
    sa.Column('beds_for_men', sa.Integer(), nullable=True),
    sa.Column('in_company', sa.Boolean(), nullable=False),
    sa.Column('notes', sa.String(length=500), nullable=False),
    sa.CheckConstraint('places >= 1', name=op.f('ck_opening_has_places')),
    sa.ForeignKeyConstraint(['batch_id'], ['internship_batch.id'], name=op.f('fk_opening_batch_id_internship_batch')),
    sa.ForeignKeyConstraint(['post_id'], ['post.id'], name=op.f('fk_opening_post_id_post')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opening')),
    sa.UniqueConstraint('batch_id', 'post_id', name=op.f('uq_opening_batch_id'))
    )
    with op.batch_alter_table('opening', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opening_post_id'), ['post_id'], unique=False)

    op.create_table('appeal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('because', exchange.core.encryption.EncryptedText(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('pending', 'upheld', 'dismissed', name='appealstatus', native_enum=False, length=40), nullable=False),
    sa.Column('reason', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['internship_batch.id'], name=op.f('fk_appeal_batch_id_internship_batch')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_appeal_decided_by_id_user')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_appeal_made_by_id_user')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_appeal_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appeal'))
    )
    with op.batch_alter_table('appeal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appeal_batch_id'), ['batch_id'], unique=False)
        batch_op.create_index('ix_appeal_status', ['status'], unique=False)
        batch_op.create_index(batch_op.f('ix_appeal_student_id'), ['student_id'], unique=False)

    op.create_table('internship_application',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('companion_id', sa.Integer(), nullable=True),
    sa.Column('wishes', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('handed_in_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('handed_in_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['internship_batch.id'], name=op.f('fk_internship_application_batch_id_internship_batch')),
    sa.ForeignKeyConstraint(['companion_id'], ['student.id'], name=op.f('fk_internship_application_companion_id_student')),
    sa.ForeignKeyConstraint(['handed_in_by_id'], ['user.id'], name=op.f('fk_internship_application_handed_in_by_id_user')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_internship_application_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_internship_application')),
    sa.UniqueConstraint('batch_id', 'student_id', name=op.f('uq_internship_application_batch_id'))
    )
    with op.batch_alter_table('internship_application', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_internship_application_companion_id'), ['companion_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_internship_application_student_id'), ['student_id'], unique=False)

    op.create_table('opening_class',
    sa.Column('opening_id', sa.Integer(), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['school_class.id'], name=op.f('fk_opening_class_class_id_school_class')),
    sa.ForeignKeyConstraint(['opening_id'], ['opening.id'], name=op.f('fk_opening_class_opening_id_opening'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('opening_id', 'class_id', name=op.f('pk_opening_class'))
    )
    with op.batch_alter_table('opening_class', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opening_class_class_id'), ['class_id'], unique=False)

    op.create_table('selection_round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('opening_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_sensitive', sa.Boolean(), nullable=False),
    sa.Column('maximum', sa.Numeric(precision=7, scale=2), nullable=True),
    sa.Column('pass_score', sa.Numeric(precision=7, scale=2), nullable=True),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('quota', sa.Integer(), nullable=True),
    sa.Column('held_on', sa.Date(), nullable=True),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.CheckConstraint('quota IS NULL OR quota >= 1', name=op.f('ck_selection_round_quota_lets_somebody_pass')),
    sa.CheckConstraint('weight >= 0', name=op.f('ck_selection_round_weight_is_not_negative')),
    sa.ForeignKeyConstraint(['batch_id'], ['internship_batch.id'], name=op.f('fk_selection_round_batch_id_internship_batch')),
    sa.ForeignKeyConstraint(['opening_id'], ['opening.id'], name=op.f('fk_selection_round_opening_id_opening')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_selection_round'))
    )
    with op.batch_alter_table('selection_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_selection_round_batch_id'), ['batch_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_selection_round_opening_id'), ['opening_id'], unique=False)

    op.create_table('assignment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('opening_id', sa.Integer(), nullable=True),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.Column('grounds', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('reason', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('overridden_by_id', sa.Integer(), nullable=True),
    sa.Column('overridden_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=True),
    sa.Column('placement_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['opening_id'], ['opening.id'], name=op.f('fk_assignment_opening_id_opening')),
    sa.ForeignKeyConstraint(['overridden_by_id'], ['user.id'], name=op.f('fk_assignment_overridden_by_id_user')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_assignment_placement_id_placement')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_assignment_proposal_id_proposal')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_assignment_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment')),
    sa.UniqueConstraint('proposal_id', 'student_id', name=op.f('uq_assignment_proposal_id'))
    )
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignment_opening_id'), ['opening_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_placement_id'), ['placement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_student_id'), ['student_id'], unique=False)

    op.create_table('choice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('opening_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('rank >= 1', name=op.f('ck_choice_rank_counts_from_one')),
    sa.ForeignKeyConstraint(['application_id'], ['internship_application.id'], name=op.f('fk_choice_application_id_internship_application'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['opening_id'], ['opening.id'], name=op.f('fk_choice_opening_id_opening')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_choice')),
    sa.UniqueConstraint('application_id', 'opening_id', name=op.f('uq_choice_application_id'))
    )
    with op.batch_alter_table('choice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_choice_opening_id'), ['opening_id'], unique=False)

    op.create_table('round_result',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('score', sa.Numeric(precision=7, scale=2), nullable=True),
    sa.Column('sealed_decision', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('entered_at', exchange.core.database.columns.UTCDateTime(timezone=True), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['entered_by_id'], ['user.id'], name=op.f('fk_round_result_entered_by_id_user')),
    sa.ForeignKeyConstraint(['round_id'], ['selection_round.id'], name=op.f('fk_round_result_round_id_selection_round')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_round_result_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_result')),
    sa.UniqueConstraint('round_id', 'student_id', name=op.f('uq_round_result_round_id'))
    )
    with op.batch_alter_table('round_result', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_result_student_id'), ['student_id'], unique=False)



def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
