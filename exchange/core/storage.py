"""Files that belong to records: put, get, delete. What is stored is encrypted like the columns it comes from."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import cast

from flask import Flask, current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from exchange.core.database import db
from exchange.core.encryption import decrypt_bytes, encrypt_bytes
from exchange.core.errors import UsageProblem


class FolderStore:
    """Files below one folder; a file appears whole or not at all."""

    def __init__(self, folder: Path):
        self.folder = folder

    def put(self, content: bytes, *, suffix: str = "") -> str:
        """Store the bytes and give back the key to find them by."""
        key = f"{secrets.token_hex(16)}{suffix}"
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(path.name + ".part")
        temporary.write_bytes(encrypt_bytes(content))
        os.replace(temporary, path)
        return key

    def get(self, key: str) -> bytes:
        """The bytes under the key; raises ``FileNotFoundError``."""
        return decrypt_bytes(self._path(key).read_bytes())

    def delete(self, key: str) -> None:
        """Forget the file; one that is gone already is no error."""
        self._path(key).unlink(missing_ok=True)

    def delete_after_commit(self, key: str) -> None:
        """Forget the file once the record that named it is gone for good; a rollback keeps both."""
        db.session().info.setdefault("let go", []).append(key)

    def usable(self) -> bool:
        """Whether a file can be written and read back."""
        key = self.put(b"usable")
        content = self.get(key)
        self.delete(key)
        return content == b"usable"

    def _path(self, key: str) -> Path:
        return self.folder / hashlib.sha256(key.encode()).hexdigest()[:2] / Path(key).name


def store() -> FolderStore:
    """The file store of this installation."""
    return cast(FolderStore, current_app.extensions["storage"])


def _delete_after_commit(session: Session) -> None:
    if session.in_nested_transaction():  # a savepoint was released: nothing is committed yet
        return
    for key in session.info.pop("let go", []):
        store().delete(key)


def _keep_after_rollback(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop("let go", None)


def init_app(app: Flask) -> None:
    place = str(app.config["STORAGE_URL"])
    if "://" in place:
        raise UsageProblem(f"EXCHANGE_STORAGE_URL: “{place}” 不是文件夹。这一版只把文件存在本机文件夹里。")
    app.extensions["storage"] = FolderStore(Path(place))
    if not event.contains(db.session.session_factory, "after_commit", _delete_after_commit):
        event.listen(db.session.session_factory, "after_commit", _delete_after_commit)
        event.listen(db.session.session_factory, "after_rollback", _keep_after_rollback)
