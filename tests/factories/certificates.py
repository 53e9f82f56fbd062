"""Papers as they stand in the register, made by issuing them."""

from exchange.certificates import queries, service
from exchange.certificates.kinds import kind_named, read_settings
from exchange.core.database import db
from tests.factories.accounts import RegistrarFactory


def issue_letters(students, **settings):
    """Issue enrolment letters by two registrars; gives the papers in the order of the students."""
    batch, _blocked = service.issue_at_once(
        kind=kind_named("enrolment_letter"),
        students=students,
        settings=read_settings(kind_named("enrolment_letter"), list(settings.items())),
        by=RegistrarFactory(),
        approved_by=RegistrarFactory(),
    )
    db.session.commit()
    return queries.certificates_of_batch(batch)


def requested_letters(students, *, by):
    """A batch that waits for its second signature."""
    kind = kind_named("enrolment_letter")
    batch = service.request_batch(kind=kind, students=students, settings=read_settings(kind, []), by=by)
    db.session.commit()
    return batch
