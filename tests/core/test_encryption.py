import base64
import os

import pytest
from flask import Flask
from sqlalchemy import text

from exchange.accounts.events import AccountEvent
from exchange.audit.models import AuditEvent
from exchange.audit.service import record
from exchange.core import encryption
from exchange.core.encryption import Keyring, UnreadableValue, blind_index, decrypt_bytes, encrypt_bytes, new_key
from exchange.core.errors import UsageProblem
from exchange.students.models import Student
from tests.factories.accounts import UserFactory
from tests.factories.students import StudentFactory

OLD, NEW = b"o" * 32, b"n" * 32


@pytest.mark.parametrize("plain", [b"", b"x", "身份证号𠅤".encode(), os.urandom(1_000_000)], ids=len)
def test_what_is_sealed_comes_back(app, plain):
    assert decrypt_bytes(encrypt_bytes(plain)) == plain


def test_same_value_is_sealed_differently_each_time(app):
    assert encrypt_bytes(b"one") != encrypt_bytes(b"one")


@pytest.mark.parametrize("position", [0, 5, 16, -1])
def test_altered_value_is_noticed(app, position):
    altered = bytearray(encrypt_bytes(b"999999201005060026"))

    altered[position] ^= 1

    with pytest.raises(UnreadableValue):
        decrypt_bytes(bytes(altered))


def test_newest_key_encrypts_and_older_keys_still_open():
    before = Keyring((OLD,)).encrypt(b"value")

    rotated = Keyring((NEW, OLD))

    assert rotated.decrypt(before) == b"value"
    assert Keyring((NEW,)).decrypt(rotated.encrypt(b"value")) == b"value"
    with pytest.raises(UnreadableValue):
        Keyring((NEW,)).decrypt(before)


def test_blind_index_outlives_a_rotation():
    assert Keyring((NEW, OLD)).index("1", "resident_id") == Keyring((OLD,)).index("1", "resident_id")


def test_blind_index_depends_on_value_and_purpose(app):
    fingerprints = {blind_index("1", "resident_id"), blind_index("2", "resident_id"), blind_index("1", "phone")}

    assert len(fingerprints) == 3
    assert {len(each) for each in fingerprints} == {64}


def test_database_holds_no_identity_number_in_clear(db):
    student = StudentFactory()
    number = student.resident_id

    record(AccountEvent.CREATED, UserFactory(), by=None, reason=f"为{number}", resident_id=[None, number])
    db.session.commit()

    stored = [
        tuple(row)
        for table in (Student.__table__, AuditEvent.__table__)
        for row in db.session.execute(text(f"SELECT * FROM {table.name}"))
    ]
    assert number not in str(stored)
    assert base64.b64encode(number.encode()).decode()[:20] not in str(stored)
    assert db.session.get(Student, student.id, populate_existing=True).resident_id == number


def test_new_key_is_accepted_as_a_key():
    app = Flask(__name__)
    app.config["FIELD_KEYS"] = f"{new_key()}, {new_key()}"

    encryption.init_app(app)

    assert len(app.extensions["keyring"].keys) == 2


@pytest.mark.parametrize("written", ["secret", "not base64 at all!", base64.b64encode(b"short").decode()])
def test_something_that_is_no_key_is_refused_with_a_sentence(written):
    app = Flask(__name__)
    app.config["FIELD_KEYS"] = written

    with pytest.raises(UsageProblem, match="EXCHANGE_FIELD_KEYS"):
        encryption.init_app(app)


def test_encrypting_without_keys_is_refused_with_a_sentence():
    app = Flask(__name__)
    app.config["FIELD_KEYS"] = ""
    encryption.init_app(app)

    with app.app_context(), pytest.raises(UsageProblem, match="new-key"):
        encrypt_bytes(b"value")
