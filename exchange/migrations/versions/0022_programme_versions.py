"""Versions of programmes, what their checks need of courses, and courses recognised for a class at once.

Revision: 0022
After: 0021
"""

import sqlalchemy as sa
from alembic import op

import exchange.core.database
from exchange.core.database.columns import Json

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

SUBJECT = sa.Enum('politics', 'chinese', 'history', 'mathematics', 'foreign_language', 'computing', 'sport', 'arts', 'labour', name='basicsubject', native_enum=False, length=40)
KIND = sa.Enum('1', '2', '3', '4', '5', '6', '7', '8', '9', name='coursekind', native_enum=False, length=40)
STATUS = sa.Enum('draft', 'in_force', 'replaced', name='versionstatus', native_enum=False, length=40)
NAMES = {
    'politics': ('思想政治', '中国特色社会主义', '心理健康与职业生涯', '哲学与人生', '职业道德与法治'),
    'chinese': ('语文',),
    'history': ('历史', '中国历史', '世界历史'),
    'mathematics': ('数学',),
    'foreign_language': ('外语', '英语'),
    'computing': ('信息技术',),
    'sport': ('体育',),
    'arts': ('艺术', '音乐', '美术'),
    'labour': ('劳动',),
}
COPIED = 'code, name, kind, subject, is_elective, is_core, hours, practice_hours, internship_months, credits, term_of_study, pass_score, weights'


def upgrade():
    extend_courses()
    create_versions()
    copy_courses()
    create_recognitions()


def extend_courses():
    with op.batch_alter_table('course') as courses:
        courses.add_column(sa.Column('subject', SUBJECT, nullable=True))
        courses.add_column(sa.Column('is_elective', sa.Boolean(), nullable=False, server_default=sa.false()))
        courses.add_column(sa.Column('is_core', sa.Boolean(), nullable=False, server_default=sa.false()))
        courses.add_column(sa.Column('practice_hours', sa.Integer(), nullable=False, server_default='0'))
        courses.add_column(sa.Column('internship_months', sa.Numeric(precision=3, scale=1), nullable=True))
        courses.add_column(sa.Column('weights', Json, nullable=False, server_default='[]'))
        courses.add_column(sa.Column('removed_in', sa.Integer(), nullable=True))
    op.execute("UPDATE course SET is_elective = true WHERE kind IN ('4', '5')")
    op.execute("UPDATE course SET practice_hours = hours WHERE kind IN ('6', '7', '8', '9')")
    for subject, names in NAMES.items():
        for name in names:
            op.execute(f"UPDATE course SET subject = '{subject}' WHERE kind = '1' AND name LIKE '{name}%'")
    with op.batch_alter_table('course') as courses:
        for name in ('is_elective', 'is_core', 'practice_hours', 'weights'):
            courses.alter_column(name, server_default=None)


def create_versions():
    op.create_table('programme_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('status', STATUS, nullable=False),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('approved_by', sa.String(length=100), nullable=False),
    sa.Column('document', sa.String(length=100), nullable=False),
    sa.Column('in_force_from', sa.Date(), nullable=True),
    sa.Column('replaced_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_version_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_version')),
    sa.UniqueConstraint('programme_id', 'number', name=op.f('uq_programme_version_programme_id'))
    )
    op.create_table('planned_course',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('kind', KIND, nullable=False),
    sa.Column('subject', SUBJECT, nullable=True),
    sa.Column('is_elective', sa.Boolean(), nullable=False),
    sa.Column('is_core', sa.Boolean(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('practice_hours', sa.Integer(), nullable=False),
    sa.Column('internship_months', sa.Numeric(precision=3, scale=1), nullable=True),
    sa.Column('credits', sa.Numeric(precision=7, scale=2), nullable=False),
    sa.Column('term_of_study', sa.Integer(), nullable=False),
    sa.Column('pass_score', sa.Integer(), nullable=False),
    sa.Column('weights', Json, nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['programme_version.id'], name=op.f('fk_planned_course_version_id_programme_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_planned_course')),
    sa.UniqueConstraint('version_id', 'code', name=op.f('uq_planned_course_version_id'))
    )


def copy_courses():
    """What is taught becomes the first version, in force; a programme without courses is still being drafted."""
    op.execute(
        "INSERT INTO programme_version (created_at, programme_id, number, status, approved_by, document, in_force_from) "
        "SELECT created_at, id, 1, CASE WHEN EXISTS (SELECT 1 FROM course WHERE programme_id = programme.id) "
        "THEN 'in_force' ELSE 'draft' END, '', '', CASE WHEN EXISTS (SELECT 1 FROM course WHERE programme_id = programme.id) "
        "THEN date(created_at) END FROM programme"
    )
    op.execute(
        f"INSERT INTO planned_course (created_at, version_id, {COPIED}) "
        f"SELECT course.created_at, programme_version.id, {', '.join('course.' + name.strip() for name in COPIED.split(','))} "
        "FROM course JOIN programme_version ON programme_version.programme_id = course.programme_id"
    )


def create_recognitions():
    op.create_table('recognition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', exchange.core.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('school_class_id', sa.Integer(), nullable=False),
    sa.Column('school_name', sa.String(length=100), nullable=False),
    sa.Column('taken_on', sa.Date(), nullable=False),
    sa.Column('document', sa.String(length=100), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_recognition_recorded_by_id_user')),
    sa.ForeignKeyConstraint(['school_class_id'], ['school_class.id'], name=op.f('fk_recognition_school_class_id_school_class')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recognition'))
    )
    with op.batch_alter_table('recognition') as recognitions:
        recognitions.create_index(op.f('ix_recognition_school_class_id'), ['school_class_id'], unique=False)
    with op.batch_alter_table('attempt') as attempts:
        attempts.add_column(sa.Column('recognition_id', sa.Integer(), nullable=True))
        attempts.create_foreign_key(op.f('fk_attempt_recognition_id_recognition'), 'recognition', ['recognition_id'], ['id'])
        attempts.create_index(op.f('ix_attempt_recognition_id'), ['recognition_id'], unique=False)


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
