"""A running installation with the demonstration year in it, and browsers for the people of the stories."""

import shutil

import pytest

from tests.journeys.installation import Installation, told_once
from tests.journeys.visit import Visits


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory, worker_id):
    """A folder that nobody writes to; workers that test side by side share it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    return told_once(shared / "demonstration")


@pytest.fixture(scope="module")
def school(demonstration, tmp_path_factory):
    """The server, its worker and a database of its own for the stories of one file."""
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
