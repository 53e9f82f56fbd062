"""Agreements and consent forms in versions, their signatures, amendments and early ends.

Revision: 0028
After: 0027
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import exchange.core.database
import exchange.core.encryption

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade():
    moment = exchange.core.database.UTCDateTime(timezone=True)
    sealed = exchange.core.encryption.EncryptedDocument()
    op.create_table('agreement_document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', moment, nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('agreement', 'consent', name='documentkind', native_enum=False, length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('template', sa.String(length=40), nullable=False),
    sa.Column('content', sealed, nullable=False),
    sa.Column('terms', sealed, nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('plan_digest', sa.String(length=64), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('issued_by_id', sa.Integer(), nullable=True),
    sa.Column('voided_at', moment, nullable=True),
    sa.Column('void_reason', sa.Enum('replaced', 'plan_changed', 'text_changed', name='voidreason', native_enum=False, length=40), nullable=True),
    sa.ForeignKeyConstraint(['issued_by_id'], ['user.id'], name=op.f('fk_agreement_document_issued_by_id_user')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_agreement_document_placement_id_placement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement_document')),
    sa.UniqueConstraint('placement_id', 'kind', 'version', name=op.f('uq_agreement_document_placement_id'))
    )
    with op.batch_alter_table('agreement_document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreement_document_placement_id'), ['placement_id'], unique=False)

    op.create_table('signature',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', moment, nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('party', sa.Enum('school', 'host', 'student', 'guardian', name='party', native_enum=False, length=40), nullable=False),
    sa.Column('answer', sa.Enum('signed', 'declined', name='answer', native_enum=False, length=40), nullable=False),
    sa.Column('route', sa.Enum('link', 'account', 'on_site', 'paper', name='route', native_enum=False, length=40), nullable=False),
    sa.Column('signed_by', sa.String(length=100), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('guardianship_id', sa.Integer(), nullable=True),
    sa.Column('witness', sa.String(length=60), nullable=False),
    sa.Column('reason', exchange.core.encryption.EncryptedText(), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['agreement_document.id'], name=op.f('fk_signature_document_id_agreement_document')),
    sa.ForeignKeyConstraint(['guardianship_id'], ['guardianship.id'], name=op.f('fk_signature_guardianship_id_guardianship'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_signature_recorded_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signature'))
    )
    with op.batch_alter_table('signature', schema=None) as batch_op:
        batch_op.create_index('ix_signature_document_party', ['document_id', 'party'], unique=False)

    json = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
    words = exchange.core.encryption.EncryptedText()
    op.create_table('amendment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', moment, nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('kinds', json, nullable=False),
    sa.Column('changes', json, nullable=False),
    sa.Column('reason', words, nullable=False),
    sa.Column('decided_by', sa.String(length=100), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_amendment_placement_id_placement')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_amendment_recorded_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_amendment'))
    )
    with op.batch_alter_table('amendment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_amendment_placement_id'), ['placement_id'], unique=False)

    op.create_table('termination',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', moment, nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Enum('mutual', 'student_request', 'host_breach', 'student_breach', 'force_majeure', 'health', 'family', 'host_change', 'recall', 'employed', name='terminationreason', native_enum=False, length=40), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('asked_on', sa.Date(), nullable=True),
    sa.Column('decided_by', sa.String(length=100), nullable=False),
    sa.Column('note', words, nullable=False),
    sa.Column('next_step', words, nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_termination_placement_id_placement')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_termination_recorded_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_termination')),
    sa.UniqueConstraint('placement_id', name=op.f('uq_termination_placement_id'))
    )
    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.add_column(sa.Column('left_on', sa.Date(), nullable=True))
    _tell_early_ends()


def _tell_early_ends():
    """Who had begun before the end came early worked until the day on which the trail has the end."""
    connection = op.get_bind()
    days = {'starts_on': sa.Date(), 'ends_on': sa.Date(), 'left_on': sa.Date()}
    placement = sa.table('placement', sa.column('id'), sa.column('status'), *(sa.column(name, kind) for name, kind in days.items()))
    moment = exchange.core.database.UTCDateTime(timezone=True)
    event = sa.table('audit_event', *map(sa.column, ('subject_type', 'subject_id', 'action')), sa.column('created_at', moment))
    of_it = sa.and_(event.c.subject_type == 'placement', event.c.subject_id == placement.c.id)
    begun = sa.exists().where(of_it, event.c.action == 'placement.started').correlate(placement)
    ended = sa.select(placement, event.c.created_at).join(event, of_it)
    ended = ended.where(placement.c.status == 'terminated', event.c.action == 'placement.terminated', begun)
    for row in connection.execute(ended).all():
        day = min(max(row.created_at.astimezone(exchange.core.database.SCHOOL_TIME).date(), row.starts_on), row.ends_on)
        connection.execute(placement.update().where(placement.c.id == row.id).values(left_on=day))


def downgrade():
    raise NotImplementedError("The way back is a backup, not a downgrade.")
