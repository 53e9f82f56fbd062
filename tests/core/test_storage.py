from pathlib import Path

import pytest
from flask import Flask

from exchange.core import storage
from exchange.core.database import db as database
from exchange.core.errors import UsageProblem
from exchange.core.storage import store


def stored_files(app):
    return [path for path in Path(app.config["STORAGE_URL"]).rglob("*") if path.is_file()]


def test_file_comes_back_and_lies_encrypted(app):
    key = store().put("身份证号 999999201005060026".encode(), suffix=".txt")

    at_rest = b"".join(path.read_bytes() for path in stored_files(app))

    assert store().get(key).decode() == "身份证号 999999201005060026"
    assert b"999999201005060026" not in at_rest
    assert key.endswith(".txt")


def test_deleted_file_is_gone_and_may_be_deleted_again(app):
    key = store().put(b"x")

    store().delete(key)
    store().delete(key)

    with pytest.raises(FileNotFoundError):
        store().get(key)


def test_file_is_let_go_with_the_commit_and_kept_by_a_rollback(app, db):
    kept, gone = store().put(b"kept"), store().put(b"gone")
    database.session.begin()

    store().delete_after_commit(kept)
    database.session.rollback()
    store().delete_after_commit(gone)
    assert store().get(gone) == b"gone"
    database.session.commit()

    assert store().get(kept) == b"kept"
    with pytest.raises(FileNotFoundError):
        store().get(gone)


def test_key_cannot_leave_the_folder(app):
    (Path(app.config["STORAGE_URL"]).parent / "secret").write_bytes(b"secret")

    with pytest.raises(FileNotFoundError):
        store().get("../secret")


def test_usable_leaves_nothing_behind(app):
    before = len(stored_files(app))

    assert store().usable()
    assert len(stored_files(app)) == before


def test_place_that_is_no_folder_is_refused_with_a_sentence():
    app = Flask(__name__)
    app.config["STORAGE_URL"] = "s3://bucket"

    with pytest.raises(UsageProblem, match="s3://bucket"):
        storage.init_app(app)
