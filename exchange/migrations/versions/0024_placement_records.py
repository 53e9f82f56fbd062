"""What is looked up of a host, the plan, and what more is recorded of a post and a placement.

Revision: 0024
After: 0023
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

import exchange.core.database

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade():
    json = sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql')
    moment = exchange.core.database.UTCDateTime(timezone=True)
    op.create_table('host_record',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', moment, nullable=False),
    sa.Column('host_organisation_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('inspected_on', sa.Date(), nullable=True),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('inspectors', sa.String(length=120), nullable=True),
    sa.Column('items', json, nullable=True),
    sa.Column('complete', sa.Boolean(), nullable=True),
    sa.Column('fits_training', sa.Boolean(), nullable=True),
    sa.Column('fits_industry', sa.Boolean(), nullable=True),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('has_dishonesty_record', sa.Boolean(), nullable=True),
    sa.Column('last_safety_breach_on', sa.Date(), nullable=True),
    sa.Column('source', sa.String(length=200), nullable=True),
    sa.Column('party_meeting_on', sa.Date(), nullable=True),
    sa.Column('minutes_no', sa.String(length=60), nullable=True),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('place', sa.String(length=200), nullable=True),
    sa.Column('agreed_on', sa.Date(), nullable=True),
    sa.Column('sections', json, nullable=True),
    sa.ForeignKeyConstraint(['host_organisation_id'], ['host_organisation.id'], name=op.f('fk_host_record_host_organisation_id_host_organisation')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_host_record_recorded_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_host_record'))
    )
    with op.batch_alter_table('host_record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_host_record_host_organisation_id'), ['host_organisation_id'], unique=False)

    op.create_table('declaration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', moment, nullable=False),
    sa.Column('fees', json, nullable=True),
    sa.Column('documents_withheld', json, nullable=True),
    sa.Column('guarantees', json, nullable=True),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('voided_at', moment, nullable=True),
    sa.Column('void_reason', sa.Enum('replaced', 'plan_changed', name='voidreason', native_enum=False, length=40), nullable=True),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_declaration_placement_id_placement')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_declaration_recorded_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declaration'))
    )
    with op.batch_alter_table('declaration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_declaration_placement_id'), ['placement_id'], unique=False)

    op.create_table('lodging',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', moment, nullable=False),
    sa.Column('away_from_home', sa.Boolean(), nullable=True),
    sa.Column('unified', sa.Boolean(), nullable=True),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.Column('warden_phone', sa.String(length=30), nullable=False),
    sa.Column('guardian_agreed_on', sa.Date(), nullable=True),
    sa.Column('school_filed_on', sa.Date(), nullable=True),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('voided_at', moment, nullable=True),
    sa.Column('void_reason', sa.Enum('replaced', 'plan_changed', name='voidreason', native_enum=False, length=40), nullable=True),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_lodging_placement_id_placement')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_lodging_recorded_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lodging'))
    )
    with op.batch_alter_table('lodging', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lodging_placement_id'), ['placement_id'], unique=False)

    op.create_table('training',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', moment, nullable=False),
    sa.Column('student_on', sa.Date(), nullable=True),
    sa.Column('instructor_on', sa.Date(), nullable=True),
    sa.Column('mentor_on', sa.Date(), nullable=True),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('voided_at', moment, nullable=True),
    sa.Column('void_reason', sa.Enum('replaced', 'plan_changed', name='voidreason', native_enum=False, length=40), nullable=True),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_training_placement_id_placement')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_training_recorded_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training'))
    )
    with op.batch_alter_table('training', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_placement_id'), ['placement_id'], unique=False)

    with op.batch_alter_table('host_organisation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('legal_status', sa.Enum('LEGAL_PERSON', 'UNINCORPORATED', 'NONE', name='legalstatus', native_enum=False, length=40), nullable=True))
        batch_op.add_column(sa.Column('staff_total', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('staff_counted_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('other_interns', sa.Integer(), nullable=True))

    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.add_column(sa.Column('arranged_by', sa.Enum('SCHOOL', 'SELF', name='arranger', native_enum=False, length=40), nullable=False, server_default='SCHOOL'))
        batch_op.add_column(sa.Column('student_applied_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('guardian_applied_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('school_agreed_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('agency', sa.String(length=120), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('capability', sa.Enum('RELATIVELY_INDEPENDENT', 'ASSISTING', name='capability', native_enum=False, length=40), nullable=True))

    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.alter_column('arranged_by', server_default=None)
        batch_op.alter_column('agency', server_default=None)

    with op.batch_alter_table('post', schema=None) as batch_op:
        batch_op.add_column(sa.Column('majors', json, nullable=True))
        batch_op.add_column(sa.Column('staff_same_kind', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('wage', sa.Numeric(precision=7, scale=2), nullable=True))
        batch_op.add_column(sa.Column('lowest_grade_wage', sa.Numeric(precision=7, scale=2), nullable=True))


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
