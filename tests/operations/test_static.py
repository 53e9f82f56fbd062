import gzip

import pytest
from flask import Flask, url_for

from exchange.operations.static import KEPT_VERSIONS, digest_of, publish, serve_published

STYLE = "body { color: green; }\n" * 100


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "static"
    (folder / "css").mkdir(parents=True)
    (folder / "css" / "app.css").write_text(STYLE)
    return folder


@pytest.fixture
def served(folder, tmp_path):
    application = Flask("served", static_folder=str(folder))
    application.get("/name")(lambda: url_for("static", filename="css/app.css"))
    serve_published(application, publish(folder, tmp_path / "published"))
    return application.test_client()


def test_digest_changes_with_content_and_with_names(folder):
    before = digest_of(folder)
    (folder / "css" / "app.css").rename(folder / "css" / "main.css")
    renamed = digest_of(folder)
    (folder / "css" / "main.css").write_text("changed")

    assert len({before, renamed, digest_of(folder)}) == 3


def test_publish_does_its_work_once_and_forgets_old_versions(folder, tmp_path):
    first = publish(folder, tmp_path / "published")
    again = publish(folder, tmp_path / "published")
    for number in range(3):
        (folder / "css" / "app.css").write_text(f"{STYLE}{number}")
        newest = publish(folder, tmp_path / "published")

    assert first == again
    assert newest.is_dir()
    assert len(list((tmp_path / "published").iterdir())) == KEPT_VERSIONS


def test_pages_name_addresses_that_may_be_kept_for_good(served, folder):
    address = served.get("/name").text
    response = served.get(address, buffered=True)

    assert address == f"/static/{digest_of(folder)}/css/app.css"
    assert response.text == STYLE
    assert "immutable" in response.headers["Cache-Control"]


def test_plain_address_is_kept_for_minutes_only(served):
    response = served.get("/static/css/app.css", buffered=True)

    assert response.headers["Cache-Control"] == "max-age=300, public"


def test_compressed_variant_goes_to_those_who_take_it(served):
    response = served.get("/static/css/app.css", headers={"Accept-Encoding": "gzip"}, buffered=True)

    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.data).decode() == STYLE
    assert len(response.data) < len(STYLE) / 10
