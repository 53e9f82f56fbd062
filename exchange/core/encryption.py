"""Encrypted columns and the blind index: what identifies a person is never stored in clear.

AES-256-GCM with a key id in front of every value; HMAC-SHA-256 for equality search and uniqueness. Keys come from the
configuration (``EXCHANGE_FIELD_KEYS``, newest first) and never from the database.
"""

import base64
import hashlib
import hmac
import json
import os
from typing import Annotated, Any, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, current_app
from sqlalchemy import Dialect, Text
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

from exchange.core.errors import UsageProblem

NO_KEYS = (
    "没有设置 EXCHANGE_FIELD_KEYS，个人信息无法加密。运行 flask operations new-key 生成一个，"
    "写入环境变量或 instance/config.py；演示时设 EXCHANGE_DEMO=1。"
)
NONCE = 12
KEY_ID = 4
KEY_LENGTH = 32


class UnreadableValue(Exception):
    """A stored value that none of the configured keys opens."""


class Keyring:
    """Field keys, newest first: the first encrypts, all decrypt, the oldest indexes.

    What follows from a key is worked out once: an import seals a million values.
    """

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        self.keys = keys
        self._ciphers = {_key_id(key): AESGCM(key) for key in reversed(keys)}
        self._newest = _key_id(keys[0]) if keys else b""
        self._indexes: dict[str, hmac.HMAC] = {}

    def encrypt(self, plain: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return self._newest + nonce + self._ciphers[self._newest].encrypt(nonce, plain, None)

    def decrypt(self, stored: bytes) -> bytes:
        cipher = self._ciphers.get(stored[:KEY_ID])
        if cipher is None:
            raise UnreadableValue("No configured key opens this value.")
        try:
            return cipher.decrypt(stored[KEY_ID : KEY_ID + NONCE], stored[KEY_ID + NONCE :], None)
        except InvalidTag as error:
            raise UnreadableValue("The value was altered.") from error

    def index(self, value: str, purpose: str) -> str:
        if purpose not in self._indexes:
            key = hmac.digest(self.keys[-1], b"blind index:" + purpose.encode(), "sha256")
            self._indexes[purpose] = hmac.new(key, digestmod=hashlib.sha256)
        digest = self._indexes[purpose].copy()
        digest.update(value.encode())
        return digest.hexdigest()


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"key id:" + key).digest()[:KEY_ID]


def _keyring() -> Keyring:
    keyring = cast(Keyring, current_app.extensions["keyring"])
    if not keyring.keys:
        raise UsageProblem(NO_KEYS)
    return keyring


def encrypt_bytes(plain: bytes) -> bytes:
    """Bytes for a file or a column, sealed with the newest key."""
    return _keyring().encrypt(plain)


def decrypt_bytes(stored: bytes) -> bytes:
    """What ``encrypt_bytes`` sealed; raises ``UnreadableValue`` if it was altered or the key is gone."""
    return _keyring().decrypt(stored)


def blind_index(value: str, purpose: str) -> str:
    """A keyed fingerprint (64 hex digits) to find and compare an encrypted value by equality."""
    return _keyring().index(value, purpose)


class EncryptedText(TypeDecorator[str]):
    """Text sealed with AES-GCM, as base64."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else base64.b64encode(encrypt_bytes(value.encode())).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else decrypt_bytes(base64.b64decode(value)).decode()


AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


class EncryptedDocument(TypeDecorator[Any]):
    """A JSON document sealed with AES-GCM."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return base64.b64encode(encrypt_bytes(AS_JSON.encode(value).encode())).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(decrypt_bytes(base64.b64decode(value)).decode())


Encrypted = Annotated[str, mapped_column(EncryptedText())]
EncryptedJSON = Annotated[dict[str, Any], mapped_column(EncryptedDocument())]


def new_key() -> str:
    """A fresh key, written as ``EXCHANGE_FIELD_KEYS`` expects it."""
    return base64.urlsafe_b64encode(os.urandom(KEY_LENGTH)).decode()


def init_app(app: Flask) -> None:
    written = [key.strip() for key in app.config["FIELD_KEYS"].split(",") if key.strip()]
    app.extensions["keyring"] = Keyring(tuple(_key(key) for key in written))


def _key(written: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(written)
    except ValueError:
        key = b""
    if len(key) != KEY_LENGTH:
        raise UsageProblem(
            "EXCHANGE_FIELD_KEYS 里有不是密钥的内容。密钥由 flask operations new-key 生成，多个用逗号隔开。"
        )
    return key
