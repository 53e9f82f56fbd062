"""Links without an account.

Revision: 0016
After: 0015
"""

import sqlalchemy as sa
from alembic import op

import exchange.core.database

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade():
    moment = exchange.core.database.UTCDateTime(timezone=True)
    op.create_table('link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', moment, nullable=False),
    sa.Column('purpose', sa.String(length=40), nullable=False),
    sa.Column('subject_type', sa.String(length=60), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('about', sa.String(length=60), nullable=False),
    sa.Column('recipient', sa.String(length=100), nullable=False),
    sa.Column('token_index', sa.String(length=64), nullable=False),
    sa.Column('asked', sa.String(length=64), nullable=False),
    sa.Column('expires_at', moment, nullable=False),
    sa.Column('opened_at', moment, nullable=True),
    sa.Column('used_at', moment, nullable=True),
    sa.Column('revoked_at', moment, nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_link_made_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_link')),
    sa.UniqueConstraint('token_index', name=op.f('uq_link_token_index'))
    )
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_link_made_by_id'), ['made_by_id'], unique=False)
        batch_op.create_index('ix_link_subject', ['subject_type', 'subject_id'], unique=False)


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
