"""Poverty in a sheet: read by whoever brought the sheet and by the aid officer, by no other colleague."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from exchange.accounts.models import RoleAssignment
from exchange.accounts.roles import Role
from exchange.core.database import db as database
from exchange.imports import service
from tests.factories.accounts import RegistrarFactory, UserFactory
from tests.factories.programmes import SchoolClassFactory

CLASS = "2026级云南班"
SHEET = "姓名,身份证号,困难类型\n刀玉兰,999999201105161012,监测对象\n岩罕,999999201105163017,脱贫不稳定户九"
WORDS = ("监测对象", "脱贫不稳定户九")


@pytest.fixture
def owner(db):
    return RegistrarFactory()


@pytest.fixture
def import_(owner):
    SchoolClassFactory(name=CLASS, number=7)
    uploaded = service.upload(SHEET.encode(), filename="x.csv", kind="roster", target=CLASS, by=owner)
    service.review(uploaded, by=owner)
    database.session.commit()
    assert uploaded.rejected == 2
    return uploaded


def workbook(content):
    rows = list(load_workbook(BytesIO(content)).active.values)
    return [str(cell or "") for row in rows for cell in row]


def read_by(user, import_, sign_in):
    """The page and the workbook of rejected rows."""
    browser = sign_in(user)
    browser.get(f"/imports/{import_.id}")
    page = browser.response.get_data(as_text=True)
    browser.post(f"/imports/{import_.id}/rejected", expect=200)
    return page, workbook(browser.response.data)


def test_a_colleague_reads_no_poverty(import_, sign_in):
    page, cells = read_by(RegistrarFactory(), import_, sign_in)

    assert not set(WORDS) & set(cells)
    assert "脱贫不稳定户九" not in "".join(cells)
    assert "脱贫不稳定户九" not in page
    assert "困难类型" in cells
    assert any("***" in cell for cell in cells)


def test_whoever_brought_the_sheet_reads_it_again(import_, owner, sign_in):
    page, cells = read_by(owner, import_, sign_in)

    assert "监测对象" in cells
    assert "脱贫不稳定户九" in cells
    assert "脱贫不稳定户九" in page


def test_who_may_see_poverty_reads_it(import_, sign_in):
    assigned = [RoleAssignment(role=role) for role in (Role.REGISTRAR, Role.AID_OFFICER)]
    both = UserFactory(assignments=assigned)

    _page, cells = read_by(both, import_, sign_in)

    assert "监测对象" in cells
    assert "脱贫不稳定户九" in cells
