"""Static files as the server sends them: compressed once, under addresses that change with their content.

One digest names the whole set, as a folder: ``/static/1f0c…/js/grid.js``. A module's relative imports and the pictures
of a style sheet stay inside it, so browsers may keep everything for good and never mix two versions.
"""

import hashlib
import shutil
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

PLAIN_MAX_AGE = 300  # seconds; for the addresses without a digest: the service worker, the manifest
KEPT_VERSIONS = 2


def digest_of(folder: Path) -> str:
    """A short name for the content of all files of a folder."""
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def publish(folder: Path, target: Path) -> Path:
    """Copy the folder to ``target/<digest>`` with compressed variants; nothing happens where that is done already."""
    published = target / digest_of(folder)
    if not published.is_dir():
        unfinished = published.with_name(f"{published.name}.part")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(folder, unfinished)
        _compress(unfinished)
        unfinished.rename(published)
    published.touch()
    _forget_old(target)
    return published


def serve_published(app: Flask, published: Path) -> None:
    """Let WhiteNoise answer for static files before Flask does, and let pages name the lasting addresses."""
    lasting = f"/static/{published.name}/"
    files = WhiteNoise(
        app.wsgi_app,
        max_age=PLAIN_MAX_AGE,
        allow_all_origins=False,
        immutable_file_test=lambda _path, url: url.startswith(lasting),
        add_headers_function=lambda headers, _path, _url: headers.add_header("X-Content-Type-Options", "nosniff"),
    )
    files.add_files(str(published), prefix=lasting)
    files.add_files(str(published), prefix="/static/")
    app.wsgi_app = files  # type: ignore[method-assign]  # Flask's own documented way

    @app.url_defaults
    def name_lasting_address(endpoint: str, values: dict) -> None:
        if endpoint == "static" and values.get("filename"):
            values["filename"] = f"{published.name}/{values['filename']}"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _compress(folder: Path) -> None:
    compressor = Compressor(quiet=True)
    for path in _files(folder):
        if compressor.should_compress(path.name):
            compressor.compress(str(path))


def _forget_old(target: Path) -> None:
    versions = sorted((path for path in target.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
    for version in versions[:-KEPT_VERSIONS]:
        shutil.rmtree(version, ignore_errors=True)
