import json

from exchange.jobs import service
from tests.factories.accounts import RegistrarFactory


def test_person_follows_the_own_job(sign_in, db):
    user = RegistrarFactory()
    job = service.enqueue("task", by=user, total=35)
    db.session.commit()

    answer = json.loads(sign_in(user).get(f"/jobs/{job.id}"))

    assert answer == {"state": "queued", "done": 0, "total": 35, "error": "", "url": ""}


def test_job_of_somebody_else_is_not_found(sign_in, db):
    job = service.enqueue("task", by=RegistrarFactory())
    db.session.commit()

    sign_in(RegistrarFactory()).get(f"/jobs/{job.id}", expect=404)
