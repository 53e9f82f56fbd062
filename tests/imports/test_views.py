"""The pages of imports, as a registrar uses them."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from exchange.audit.models import AuditEvent
from exchange.core.database import db as database
from exchange.core.spreadsheets import reading
from exchange.core.storage import store
from exchange.imports.models import Import, ImportRow, ImportStatus
from exchange.jobs.service import run_pending
from exchange.students.models import Student
from tests.factories.accounts import RegistrarFactory, SubjectTeacherFactory
from tests.factories.imports import upload_form
from tests.factories.programmes import SchoolClassFactory
from tests.factories.workbooks import BOOK
from tests.students.roster.rosters import resident_id

ROSTER = Path(__file__).parents[1] / "data" / "roster-2026-national.xlsx"
CLASS = "2026级云南班"


@pytest.fixture
def registrar(sign_in):
    SchoolClassFactory(name=CLASS, number=7)
    return sign_in(RegistrarFactory())


def upload(browser, content=None, target=CLASS, expect=302, name="roster.xlsx"):
    browser.get("/imports")
    browser.post("/imports", expect=expect, **upload_form(content or ROSTER.read_bytes(), name), target=target)
    run_pending()
    return database.session.scalars(select(Import).order_by(Import.id.desc())).first()


def count():
    return database.session.scalar(select(func.count()).select_from(Student))


def test_empty_list_says_what_it_is_for(registrar):
    registrar.get("/imports")

    assert "还没有导入过" in registrar.page.text


def test_upload_is_read_by_a_job_and_shows_exceptions_first(registrar):
    import_ = upload(registrar)

    page = registrar.get(f"/imports/{import_.id}")

    assert (import_.status, import_.new, import_.rejected, import_.warned) == (ImportStatus.REVIEWED, 35, 6, 5)
    assert page.index("校验码不对") < page.index("间隔号已改为") < page.index("雷玉喃")
    assert "999999201105161011" not in page
    assert "999999********1011" in page


def test_page_shows_progress_while_the_job_waits(registrar):
    registrar.get("/imports")
    registrar.post("/imports", **upload_form(ROSTER.read_bytes()), target=CLASS)
    import_ = database.session.scalars(select(Import)).one()

    page = registrar.get(f"/imports/{import_.id}")

    assert "data-progress" in page


def test_commit_writes_all_and_undo_needs_a_reason(registrar):
    import_ = upload(registrar)

    registrar.get(f"/imports/{import_.id}")
    registrar.post(f"/imports/{import_.id}/commit")
    run_pending()
    committed = count()
    registrar.get(f"/imports/{import_.id}/undo")
    registrar.post(f"/imports/{import_.id}/undo", expect=422, reason="")
    registrar.post(f"/imports/{import_.id}/undo", reason="传错了班级")
    run_pending()

    assert (committed, count()) == (35, 0)
    assert "传错了班级" in registrar.get(f"/imports/{import_.id}")


def test_commit_of_selected_rows_writes_only_these(registrar):
    import_ = upload(registrar)
    page = registrar.get(f"/imports/{import_.id}?show=new")
    ids = [part.split('"')[0] for part in page.split('name="ids" value="')[1:4]]

    registrar.post(f"/imports/{import_.id}/commit", ids=ids)
    run_pending()

    assert count() == 3
    page = registrar.get(f"/imports/{import_.id}?show=new")
    assert page.count('<small class="quiet">已写入</small>') == 3
    assert '<small class="quiet">没有写入</small>' in page


def test_every_row_that_can_be_written_has_a_box_under_every_tab(registrar):
    import_ = upload(registrar)
    boxes = {
        show: registrar.get(f"/imports/{import_.id}?show={show}").count('name="ids"')
        for show in ("", "new", "rejected", "warned")
    }
    page = registrar.get(f"/imports/{import_.id}")

    assert boxes == {"": 35, "new": 35, "rejected": 0, "warned": 5}
    assert "选中这一页能写入的 35 行" in page
    assert "选择第 2 行 " in page
    registrar.post(f"/imports/{import_.id}/commit")
    run_pending()
    assert 'name="ids"' not in registrar.get(f"/imports/{import_.id}")


def test_all_but_the_chosen_rows_are_written(registrar):
    import_ = upload(registrar)
    page = registrar.get(f"/imports/{import_.id}?show=new")
    ids = [part.split('"')[0] for part in page.split('name="ids" value="')[1:4]]

    registrar.post(f"/imports/{import_.id}/commit", ids=ids, others="1", version=import_.version)
    run_pending()

    left = {row.id for row in database.session.scalars(select(ImportRow)) if row.is_writable}
    assert (count(), left) == (32, set(map(int, ids)))


def test_rows_of_another_import_are_none(registrar):
    other, import_ = upload(registrar), upload(registrar)
    ids = list(database.session.scalars(select(ImportRow.id).where(ImportRow.import_id == other.id)))

    registrar.post(f"/imports/{import_.id}/commit", expect=409, ids=ids[:2])

    assert count() == 0


def test_before_anything_is_written_no_row_says_so(registrar):
    import_ = upload(registrar)

    assert '<small class="quiet">没有写入</small>' not in registrar.get(f"/imports/{import_.id}?show=new")


def test_undone_import_is_not_said_to_be_written(registrar):
    import_ = upload(registrar)
    address = f"/imports/{import_.id}"
    registrar.post(f"{address}/commit")
    run_pending()
    assert "<dt>已写入</dt><dd>35</dd>" in registrar.get(address)

    registrar.post(f"{address}/undo", reason="传错了班级")
    run_pending()

    page = registrar.get(address)
    assert "<dt>已写入</dt><dd>0</dd>" in page
    assert "<dt>已撤销</dt><dd>35</dd>" in page
    assert '<td data-label="已写入" class="number"><span>0</span>' in registrar.get("/imports")


def test_import_without_a_row_to_write_offers_no_writing_and_waits_for_nobody(registrar):
    import_ = upload(registrar, "姓名,身份证号\n".encode(), name="empty.csv")

    page = registrar.get(f"/imports/{import_.id}")

    assert import_.status is ImportStatus.REVIEWED
    assert "没有可写入的行" in page
    assert "/commit" not in page
    assert "empty.csv" not in registrar.get("/")


def test_reviewed_import_can_be_dropped_with_its_file_and_leaves_a_line(registrar):
    import_ = upload(registrar)
    number, key = import_.id, import_.upload
    assert f"/imports/{number}/discard" in registrar.get(f"/imports/{number}")

    registrar.post(f"/imports/{number}/discard")

    assert "已放弃“roster.xlsx”" in registrar.get("/imports")
    registrar.get(f"/imports/{number}", expect=404)
    assert database.session.scalar(select(func.count()).select_from(ImportRow)) == 0
    with pytest.raises(FileNotFoundError):
        store().get(key)
    line = database.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (line.action, line.subject_id, line.changes["filename"]) == ("import.discarded", number, "roster.xlsx")


def test_file_that_cannot_be_read_can_be_dropped_too(registrar):
    import_ = upload(registrar, b"a,b\n1,2\n", name="x.csv")

    registrar.post(f"/imports/{import_.id}/discard")

    assert database.session.scalar(select(func.count()).select_from(Import)) == 0


def test_written_import_cannot_be_dropped(registrar):
    import_ = upload(registrar)
    registrar.post(f"/imports/{import_.id}/commit")
    run_pending()

    assert "/discard" not in registrar.get(f"/imports/{import_.id}")
    refusal = registrar.post(f"/imports/{import_.id}/discard", expect=409)

    assert "不能放弃" in refusal
    assert store().get(import_.upload)


def test_second_commit_is_refused_with_a_sentence(registrar):
    import_ = upload(registrar)
    registrar.get(f"/imports/{import_.id}")
    registrar.post(f"/imports/{import_.id}/commit")
    run_pending()

    refusal = registrar.post(f"/imports/{import_.id}/commit", expect=409)

    assert "已经写入过了" in refusal
    assert count() == 35


def test_file_that_is_no_roster_is_told_on_the_page(registrar):
    import_ = upload(registrar, b"a,b\n1,2\n", name="x.csv")

    page = registrar.get(f"/imports/{import_.id}")

    assert import_.status is ImportStatus.FAILED
    assert "没有找到表头" in page


def test_unknown_class_and_wrong_type_come_back_with_the_form(registrar):
    registrar.get("/imports")

    unknown = registrar.post("/imports", expect=422, **upload_form(ROSTER.read_bytes()), target="没有的班")
    wrong = registrar.post("/imports", expect=422, **upload_form(b"x", "a.pdf"), target=CLASS)

    assert "没有名为“没有的班”的班级" in unknown
    assert "只能读取" in wrong
    assert database.session.scalar(select(func.count()).select_from(Import)) == 0


def test_heading_mapped_by_hand_is_read(registrar):
    text = "姓名,身份证号,寨子\n刀玉兰,999999201105161011,芒市\n"
    import_ = upload(registrar, text.encode(), name="x.csv")
    registrar.get(f"/imports/{import_.id}")

    registrar.post(f"/imports/{import_.id}/columns", **{"heading-0": "home_address"}, sender="")
    run_pending()

    import_ = database.session.get(Import, import_.id)
    assert (import_.unmapped, import_.columns["寨子"]) == ([], "home_address")


def test_rejected_rows_come_back_as_a_workbook_with_reasons(registrar, tmp_path):
    import_ = upload(registrar)
    registrar.get(f"/imports/{import_.id}")

    content = registrar.post(f"/imports/{import_.id}/rejected", expect=200)

    (tmp_path / "rejected.xlsx").write_bytes(content)
    sheet = list(load_workbook(tmp_path / "rejected.xlsx").active.values)
    assert sheet[0][0] == "姓名"
    assert sheet[0][-2:] == ("原行号", "原因")
    assert [row[-2] for row in sheet[1:]] == ["4", "7", "10", "13", "16", "19"]
    assert all(row[-1] for row in sheet[1:])


def test_corrected_workbook_of_rejected_rows_imports(registrar, tmp_path):
    import_ = upload(registrar)
    registrar.get(f"/imports/{import_.id}")
    registrar.post(f"/imports/{import_.id}/commit")
    run_pending()
    registrar.get(f"/imports/{import_.id}")
    (tmp_path / "rejected.xlsx").write_bytes(registrar.post(f"/imports/{import_.id}/rejected", expect=200))
    book = load_workbook(tmp_path / "rejected.xlsx")
    correct(book.active)
    book.save(tmp_path / "corrected.xlsx")

    again = upload(registrar, (tmp_path / "corrected.xlsx").read_bytes(), name="corrected.xlsx")
    registrar.get(f"/imports/{again.id}")
    registrar.post(f"/imports/{again.id}/commit")
    run_pending()

    assert (again.new, again.rejected, again.unmapped, again.ignored) == (6, 0, [], [])
    assert count() == 41


def correct(sheet):
    """A person mends what the last column names: here with other numbers, and without what the numbers tell."""
    places = {cell.value: cell.column for cell in sheet[1]}
    for serial, row in enumerate(range(2, sheet.max_row + 1)):
        number = resident_id("20101103", 501 + 2 * serial)
        better = {
            "身份证件号": number,
            "出生日期": None,
            "性别": None,
            "民族": "傣族",
            "姓名": f"岩{'甲乙丙丁戊己'[serial]}",
        }
        for heading, value in better.items():
            sheet.cell(row, places[heading]).value = value


def test_worker_goes_on_after_a_file_that_cannot_be_read(registrar):
    registrar.get("/imports")
    for content in (BOOK[:-200], ROSTER.read_bytes()):
        registrar.get("/imports")
        registrar.post("/imports", **upload_form(content), target=CLASS, sender="")
    run_pending()

    broken, whole = database.session.scalars(select(Import).order_by(Import.id))
    page = registrar.get(f"/imports/{broken.id}")

    assert (broken.status, whole.status) == (ImportStatus.FAILED, ImportStatus.REVIEWED)
    assert "文件已损坏" in page


def test_reader_that_is_killed_leaves_a_sentence(registrar, monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.001)

    import_ = upload(registrar)

    assert import_.status is ImportStatus.FAILED
    assert "文件太大" in registrar.get(f"/imports/{import_.id}")


def test_teacher_sees_no_imports(sign_in):
    teacher = sign_in(SubjectTeacherFactory())

    teacher.get("/imports", expect=403)


def test_forged_token_writes_nothing(registrar):
    import_ = upload(registrar)
    registrar.get(f"/imports/{import_.id}")
    registrar.page.csrf_token = "forged"

    registrar.post(f"/imports/{import_.id}/commit", expect=400)

    assert database.session.get(Import, import_.id).status is ImportStatus.REVIEWED
