"""Projects with several regions and quotas, applicants on their way to the register, and term registration.

Revision: 0004
After: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

import exchange.core.database
import exchange.core.encryption

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    project = sa.table("cooperation_project", sa.column("id"), sa.column("sending_region"))
    regions = op.get_bind().execute(sa.select(project.c.id, project.c.sending_region)).all()
    with op.batch_alter_table("cooperation_project") as projects:
        projects.add_column(sa.Column("receiving_school", sa.String(length=100), nullable=False, server_default=""))
        projects.drop_column("sending_region")
    with op.batch_alter_table("cooperation_project") as projects:
        projects.alter_column("receiving_school", server_default=None)

    op.create_table('arrival_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('intake_year', sa.Integer(), nullable=False),
    sa.Column('arrives_on', sa.Date(), nullable=False),
    sa.Column('arrives_at', sa.Time(), nullable=True),
    sa.Column('transport', sa.String(length=80), nullable=False),
    sa.Column('place', sa.String(length=80), nullable=False),
    sa.Column('escort_name', sa.String(length=60), nullable=False),
    sa.Column('escort_phone', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.ForeignKeyConstraint(['project_id'], ['cooperation_project.id'], name=op.f('fk_arrival_group_project_id_cooperation_project')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_arrival_group'))
    )
    with op.batch_alter_table('arrival_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_arrival_group_arrives_on'), ['arrives_on'], unique=False)
        batch_op.create_index('ix_arrival_group_intake', ['project_id', 'intake_year'], unique=False)

    op.create_table('partner_region',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('area', sa.String(length=6), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_partner_region_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'area', name=op.f('pk_partner_region'))
    )
    op.create_table('project_region',
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('area', sa.String(length=6), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['cooperation_project.id'], name=op.f('fk_project_region_project_id_cooperation_project'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('project_id', 'area', name=op.f('pk_project_region'))
    )
    if regions:
        region = sa.table("project_region", sa.column("project_id"), sa.column("area"))
        op.bulk_insert(region, [{"project_id": project_id, "area": area} for project_id, area in regions])

    op.create_table('quota',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('area', sa.String(length=6), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.CheckConstraint('places >= 0', name=op.f('ck_quota_places_are_not_negative')),
    sa.ForeignKeyConstraint(['project_id'], ['cooperation_project.id'], name=op.f('fk_quota_project_id_cooperation_project'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quota')),
    sa.UniqueConstraint('project_id', 'year', 'area', name=op.f('uq_quota_project_id'))
    )
    op.create_table('applicant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('intake_year', sa.Integer(), nullable=False),
    sa.Column('school_class_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('applied', 'admitted', 'arrived', 'registered', 'rejected', 'declined', 'forfeited', name='applicantstatus', native_enum=False, length=40), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('resident_id', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('resident_id_index', sa.String(length=64), nullable=True),
    sa.Column('sex', sa.Enum('male', 'female', name='sex', native_enum=False, length=40), nullable=False),
    sa.Column('birth_date', sa.Date(), nullable=True),
    sa.Column('ethnicity', sa.String(length=2), nullable=False),
    sa.Column('county', sa.String(length=6), nullable=False),
    sa.Column('phone', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('guardian_name', sa.String(length=100), nullable=False),
    sa.Column('guardian_relation', sa.String(length=30), nullable=False),
    sa.Column('guardian_phone', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('home_school', sa.String(length=100), nullable=False),
    sa.Column('admission_no', sa.String(length=20), nullable=True),
    sa.Column('admitted_on', sa.Date(), nullable=True),
    sa.Column('arrival_group_id', sa.Integer(), nullable=True),
    sa.Column('late_until', sa.Date(), nullable=True),
    sa.Column('arrived_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('parents_told_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('parents_told_by_id', sa.Integer(), nullable=True),
    sa.Column('documents', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('forgotten_at', exchange.core.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('student_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['arrival_group_id'], ['arrival_group.id'], name=op.f('fk_applicant_arrival_group_id_arrival_group')),
    sa.ForeignKeyConstraint(['parents_told_by_id'], ['user.id'], name=op.f('fk_applicant_parents_told_by_id_user')),
    sa.ForeignKeyConstraint(['project_id'], ['cooperation_project.id'], name=op.f('fk_applicant_project_id_cooperation_project')),
    sa.ForeignKeyConstraint(['school_class_id'], ['school_class.id'], name=op.f('fk_applicant_school_class_id_school_class')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_applicant_student_id_student')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_applicant')),
    sa.UniqueConstraint('admission_no', name=op.f('uq_applicant_admission_no')),
    sa.UniqueConstraint('intake_year', 'resident_id_index', name=op.f('uq_applicant_intake_year')),
    sa.UniqueConstraint('student_id', name=op.f('uq_applicant_student_id'))
    )
    with op.batch_alter_table('applicant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_applicant_arrival_group_id'), ['arrival_group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_applicant_county'), ['county'], unique=False)
        batch_op.create_index('ix_applicant_intake', ['project_id', 'intake_year', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_applicant_school_class_id'), ['school_class_id'], unique=False)

    op.create_table('term_registration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=False),
    sa.Column('term_id', sa.Integer(), nullable=False),
    sa.Column('registered_on', sa.Date(), nullable=False),
    sa.Column('registered_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['registered_by_id'], ['user.id'], name=op.f('fk_term_registration_registered_by_id_user')),
    sa.ForeignKeyConstraint(['student_id'], ['student.id'], name=op.f('fk_term_registration_student_id_student'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['term_id'], ['term.id'], name=op.f('fk_term_registration_term_id_term')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_term_registration')),
    sa.UniqueConstraint('student_id', 'term_id', name=op.f('uq_term_registration_student_id'))
    )
    with op.batch_alter_table('term_registration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_term_registration_term_id'), ['term_id'], unique=False)


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
