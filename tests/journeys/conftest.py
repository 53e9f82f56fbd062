"""A running installation with the demonstration year in it, and browsers for the people of the stories."""

import shutil
from contextlib import contextmanager

import pytest

from tests.journeys.installation import Installation, told_once
from tests.journeys.visit import Visits


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory, worker_id):
    """A folder that nobody writes to; workers that test side by side share it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    return told_once(shared / "demonstration")


@pytest.fixture(scope="session")
def school(demonstration, tmp_path_factory):
    """A server with its worker, for stories in which people only read."""
    with _running(demonstration, tmp_path_factory) as installation:
        yield installation


@pytest.fixture(scope="module")
def own_school(demonstration, tmp_path_factory):
    """The same for the stories of one file that write, stop or kill: the file calls it ``school``."""
    with _running(demonstration, tmp_path_factory) as installation:
        yield installation


@contextmanager
def _running(demonstration, tmp_path_factory):
    folder = tmp_path_factory.mktemp("school") / "installation"
    shutil.copytree(demonstration, folder)
    installation = Installation(folder)
    installation.start()
    yield installation
    installation.stop()


@pytest.fixture
def visit(school, chromium):
    """``visit("registrar", phone=True)`` opens a browser in which that person has signed in; ``visit()`` a stranger's.

    When the test is over, no browser may have met an error, a broken policy or another host.
    """
    visits = Visits(school, chromium)
    yield visits
    visits.close()
