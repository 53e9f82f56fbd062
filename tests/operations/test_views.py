from exchange.core.storage import FolderStore
from exchange.operations import health


def test_healthz_answers_without_a_sign_in(stranger):
    assert stranger.get("/healthz") == '{"status":"ok"}\n'


def test_readyz_says_that_everything_can_be_used(installation):
    response = installation.test_client().get("/readyz")

    assert response.status_code == 200
    assert response.json == {"status": "ok", "database": True, "migrations": True, "queue": True, "storage": True}


def test_readyz_names_what_cannot_be_used_and_not_why(installation, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    installation.extensions["storage"] = FolderStore(blocked)

    response = installation.test_client().get("/readyz")

    assert response.status_code == 503
    assert response.json == {
        "status": "unavailable",
        "database": True,
        "migrations": True,
        "queue": True,
        "storage": False,
    }


def test_one_failing_check_does_not_hide_another(installation, monkeypatch):
    monkeypatch.setitem(health.CHECKS, "database", lambda: 1 / 0)

    assert health.readiness() == {"database": False, "migrations": True, "queue": True, "storage": True}
