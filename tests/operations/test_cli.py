from exchange.accounts.roles import Role
from exchange.accounts.service import create_account
from exchange.core.database import db
from exchange.operations.cli import _welcome


def registrar():
    return create_account(username="registrar", name="李明", roles={Role.REGISTRAR}, password="竹海-晨读-2026", by=None)


def test_inhabited_tells_a_new_database_from_one_in_use(runner):
    new = runner.invoke(args=["operations", "inhabited"]).exit_code
    registrar()
    db.session.commit()
    used = runner.invoke(args=["operations", "inhabited"]).exit_code

    assert (new, used) == (1, 0)


def test_welcome_names_the_address_and_in_the_demonstration_the_sign_ins(app, db, monkeypatch):
    registrar()
    ordinary = _welcome(app)
    monkeypatch.setitem(app.config, "DEMO", True)
    demonstration = _welcome(app)

    assert "http://127.0.0.1:8000" in ordinary
    assert "registrar" not in ordinary
    assert "学籍管理员" in demonstration
