import json

from sqlalchemy import text

from exchange.core.database import db
from exchange.operations import doctor, machine
from exchange.operations.machine import Need


def names(complaints):
    return [complaint.name for complaint in complaints]


def test_doctor_asks_for_a_migration_where_the_database_is_older(installation):
    db.session.execute(text("DELETE FROM alembic_version"))
    db.session.commit()

    complaint = doctor._database()

    assert complaint.name == "migrations"
    assert complaint.command == "flask db upgrade"


def test_doctor_makes_no_database_by_looking_for_one(installation, tmp_path):
    db.session.remove()
    db.engine.dispose()
    for path in tmp_path.glob("exchange.db*"):
        path.unlink()

    assert doctor._database().name == "migrations"
    assert list(tmp_path.glob("exchange.db*")) == []


def test_doctor_names_the_package_and_the_command_for_a_missing_font(installation, monkeypatch):
    monkeypatch.setattr(machine, "FONTS", (Need("fonts-lxgw-wenkai", "Kai", lambda: False),))

    complaint = next(each for each in doctor.examine() if each.name == "fonts-lxgw-wenkai")

    assert complaint.command.endswith("sudo apt-get install -y --no-install-recommends fonts-lxgw-wenkai")


def test_doctor_says_how_to_make_a_missing_key(installation):
    installation.config["SECRET_KEY"] = ""

    complaint = doctor._keys()

    assert "EXCHANGE_SECRET_KEY" in complaint.message
    assert complaint.command == doctor.MAKE_KEY


def test_doctor_command_prints_one_document_and_status_1(installation, monkeypatch):
    monkeypatch.setattr(doctor, "CHECKS", (lambda: doctor.Complaint("sqlite", "太旧", "mend"),))
    monkeypatch.setattr(machine, "missing", lambda _needs: [])

    result = installation.test_cli_runner().invoke(args=["doctor", "--json"])

    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "well": False,
        "findings": [{"name": "sqlite", "message": "太旧", "command": "mend"}],
    }
