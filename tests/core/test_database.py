from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from exchange.accounts.models import RoleAssignment, User
from exchange.accounts.roles import Role
from exchange.core.database import UTCDateTime, lock, now, today, write_apart
from exchange.partners.models import HostOrganisation
from tests.core.conftest import add_user
from tests.factories.accounts import UserFactory

CHINA = timezone(timedelta(hours=8))


def usernames(db):
    return set(db.session.scalars(select(User.username)))


def test_moment_comes_back_aware_and_equal(db):
    moment = datetime(2026, 3, 6, 7, 30, tzinfo=CHINA)
    user = UserFactory(locked_until=moment)

    db.session.expire_all()

    assert user.locked_until == moment
    assert user.locked_until.utcoffset() is not None


def test_moment_is_compared_in_utc_by_the_database(db):
    UserFactory(locked_until=datetime(2026, 3, 6, 7, 30, tzinfo=CHINA))
    half_past_eleven = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)

    found = db.session.scalars(select(User).where(User.locked_until == half_past_eleven)).unique().all()

    assert len(found) == 1


def test_moment_without_a_zone_is_refused():
    with pytest.raises(TypeError):
        UTCDateTime().process_bind_param(datetime(2026, 3, 6), None)


def test_now_is_in_utc_and_today_is_at_the_school():
    assert now().utcoffset() == timedelta(0)
    assert today() == now().astimezone(CHINA).date()


def test_status_is_stored_by_its_value(db):
    UserFactory(role=Role.AID_OFFICER)

    stored = db.session.scalar(text("SELECT role FROM role_assignment"))

    assert stored == "aid_officer"


def test_sqlite_keeps_foreign_keys(db):
    db.session.add(RoleAssignment(user_id=99_999, role=Role.STUDENT))

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize(("code", "kept"), [(200, True), (302, True), (400, False), (409, False), (422, False)])
def test_post_commits_below_400_and_rolls_back_from_400(probe, db, code, kept):
    probe.get("/probe/note")

    probe.post(f"/probe/status/{code}", expect=code)

    assert (f"status{code}" in usernames(db)) is kept


@pytest.mark.parametrize("code", [200, 409])
def test_write_apart_survives_whatever_the_request_ends_with(probe, db, code):
    probe.get("/probe/note")

    probe.post(f"/probe/status/{code}", expect=code)

    assert f"apart{code}" in usernames(db)


def test_write_apart_outside_of_a_request_is_committed_at_once(db):
    write_apart(lambda: add_user("apart"))
    db.session.rollback()

    assert usernames(db) == {"apart"}


def test_get_never_commits(probe, db):
    probe.get("/probe/write")

    assert usernames(db) == set()


def test_get_or_404_stays_within_its_scope(probe):
    inside, outside = UserFactory(name="里"), UserFactory(active=False)

    assert probe.get(f"/probe/users/{inside.id}") == "里"
    probe.get(f"/probe/users/{outside.id}", expect=404)


@pytest.mark.parametrize("record_id", [0, 99_999, 2**31, 10**40])
def test_get_or_404_knows_no_record_of_an_impossible_number(probe, record_id):
    probe.get(f"/probe/users/{record_id}", expect=404)


def test_lock_reads_the_row_anew(db):
    user = UserFactory()
    db.session.execute(text('UPDATE "user" SET failures = 3'))

    lock(user)

    assert user.failures == 3
    db.session.rollback()


def test_sqlite_waits_for_writers_instead_of_losing_updates(app, tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'own.db'}")

    with engine.connect() as connection:
        names = ("journal_mode", "foreign_keys", "busy_timeout")
        settings = [connection.scalar(text(f"PRAGMA {name}")) for name in names]
    engine.dispose()

    assert settings == ["wal", 1, 10_000]


def test_table_is_named_after_its_class():
    assert HostOrganisation.__tablename__ == "host_organisation"


def test_failure_of_a_statement_names_nobody(db):
    with pytest.raises(DBAPIError) as failure:
        db.session.execute(text("SELECT * FROM no_such_table WHERE name = :name"), {"name": "刀示范"})

    assert "刀示范" not in str(failure.value)
