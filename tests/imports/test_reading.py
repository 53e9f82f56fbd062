"""How a file is read: its sheets and columns, changed by hand on the page and on the command line."""

import io
import json

import openpyxl
import pytest
from sqlalchemy import select

from exchange.core.database import db as database
from exchange.core.spreadsheets import read
from exchange.imports.models import HeadingMapping, Import, ImportRow, ImportStatus
from exchange.jobs.service import run_pending
from exchange.students.models import Student
from tests.factories.accounts import RegistrarFactory
from tests.factories.imports import upload_form
from tests.factories.programmes import SchoolClassFactory
from tests.students.roster.rosters import resident_id

CLASS = "2026级云南班"
BUREAU = "芒市教育局"
HEAD = ["姓名", "身份证号", "联系电话", "家庭住址"]


@pytest.fixture
def registrar(sign_in):
    SchoolClassFactory(name=CLASS, number=7)
    return sign_in(RegistrarFactory())


def row(name, serial, phone="13800000001"):
    return [name, resident_id(serial=serial), phone, "芒市"]


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for cells in rows:
            page.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


TWO_CLASSES = workbook(一班=[HEAD, row("岩温", 301)], 二班=[HEAD, row("岩保", 303), row("岩三", 301)])
OTHER = workbook(
    名单=[HEAD, row("岩温", 301)], 去年=[["姓名", "身份证号", "班主任"], ["岩保", resident_id(serial=303), "x"]]
)


def upload(browser, content, name="a.xlsx", target=CLASS, sender=""):
    browser.get("/imports")
    browser.post("/imports", **upload_form(content, name), target=target, sender=sender)
    run_pending()
    return database.session.scalars(select(Import).order_by(Import.id.desc())).first()


def again(import_):
    run_pending()
    database.session.expire_all()
    return database.session.get(Import, import_.id)


def csv(*rows):
    return "\n".join(map(",".join, rows)).encode()


def field_for(page, heading):
    """The name of the choice for this heading."""
    return page.split(f"表头“{heading}”读作")[0].rpartition('for="')[2].partition('"')[0]


def test_every_column_is_listed_with_what_it_is_read_as(registrar):
    import_ = upload(registrar, csv([*HEAD, "序号"], [*row("岩温", 301), "1"]), "a.csv")

    page = registrar.get(f"/imports/{import_.id}")

    assert "表头“身份证号”读作“身份证件号”" in page
    assert "表头“家庭住址”读作“家庭现地址”" in page
    assert '<details class="mapping">' in page


def test_list_of_columns_is_open_where_one_was_not_recognised(registrar):
    import_ = upload(registrar, csv([*HEAD, "鞋码"], [*row("岩温", 301), "37"]), "a.csv")

    page = registrar.get(f"/imports/{import_.id}")

    assert '<details class="mapping" open>' in page
    assert "没有认出 1 列，不会导入：鞋码" in page


def test_column_that_was_recognised_is_read_as_something_else_and_remembered(registrar):
    import_ = upload(registrar, csv(HEAD, row("岩温", 301)), "a.csv", sender=BUREAU)
    page = registrar.get(f"/imports/{import_.id}/columns")

    decided = {field_for(page, "联系电话"): "home_phone", field_for(page, "家庭住址"): "-"}
    registrar.post(f"/imports/{import_.id}/columns", sender=BUREAU, **decided)
    import_ = again(import_)
    later = upload(registrar, csv(HEAD, row("岩温", 301)), "b.csv", sender=BUREAU)

    for each in (import_, later):
        assert (each.columns["联系电话"], each.ignored, each.unmapped) == ("home_phone", ["家庭住址"], [])
    kept = {each.heading: each.field for each in database.session.scalars(select(HeadingMapping))}
    assert kept == {"联系电话": "home_phone", "家庭住址": ""}


def test_one_field_for_two_columns_is_refused_with_one_sentence(registrar):
    import_ = upload(registrar, csv([*HEAD, "寨子"], [*row("岩温", 301), "勐戛"]), "a.csv")
    page = registrar.get(f"/imports/{import_.id}/columns")

    decided = {field_for(page, "寨子"): "home_address"}
    refused = registrar.post(f"/imports/{import_.id}/columns", expect=422, sender="", **decided)

    assert "“寨子”和“家庭住址”都选了“家庭现地址”。一个字段只能由一列来填。" in refused
    assert '<option selected value="home_address">' in refused
    assert database.session.get(Import, import_.id).status is ImportStatus.REVIEWED


def test_columns_are_swapped_in_one_go(registrar):
    import_ = upload(registrar, csv([*HEAD, "家庭电话"], [*row("岩温", 301), "0692-2100001"]), "a.csv")
    page = registrar.get(f"/imports/{import_.id}/columns")

    decided = {field_for(page, "联系电话"): "home_phone", field_for(page, "家庭电话"): "phone"}
    registrar.post(f"/imports/{import_.id}/columns", sender="", **decided)

    columns = again(import_).columns
    assert (columns["联系电话"], columns["家庭电话"]) == ("home_phone", "phone")


def test_required_field_that_no_column_gives_is_said(registrar):
    import_ = upload(registrar, csv(["姓名", "民族"], ["岩温", "傣族"]), "a.csv", target="")

    page = registrar.get(f"/imports/{import_.id}")

    assert "没有一行能写入：身份证件号、班级名称。" in page


def test_sheet_whose_head_nobody_knows_is_explained_by_hand(registrar):
    import_ = upload(registrar, csv(["大名", "号码"], ["岩温", resident_id(serial=301)]), "a.csv", sender=BUREAU)
    page = registrar.get(f"/imports/{import_.id}")
    assert import_.status is ImportStatus.FAILED
    assert "没有找到表头" in page
    assert f"/imports/{import_.id}/columns" in page

    page = registrar.get(f"/imports/{import_.id}/columns")
    decided = {field_for(page, "大名"): "name", field_for(page, "号码"): "resident_id"}
    registrar.post(f"/imports/{import_.id}/columns", sender=BUREAU, **decided)
    import_ = again(import_)
    later = upload(registrar, csv(["大名", "号码"], ["岩温", resident_id(serial=301)]), "b.csv", sender=BUREAU)

    assert [(each.status, each.new) for each in (import_, later)] == [(ImportStatus.REVIEWED, 1)] * 2


def test_page_that_is_no_longer_true_reads_nothing_again(registrar):
    import_ = upload(registrar, csv(HEAD, row("岩温", 301)), "a.csv")
    page = registrar.get(f"/imports/{import_.id}/columns")
    seen, decided = import_.version, {field_for(page, "联系电话"): "home_phone"}
    registrar.post(f"/imports/{import_.id}/columns", sender="", version=seen, **decided)
    again(import_)

    refused = registrar.post(f"/imports/{import_.id}/columns", expect=422, sender="x", version=seen)
    overtaken = registrar.post(f"/imports/{import_.id}/commit", expect=409, version=seen)

    assert "别人刚刚动过这次导入" in refused
    assert "别人刚刚动过这次导入" in overtaken


def test_import_that_is_written_is_not_read_again(registrar):
    import_ = upload(registrar, csv(HEAD, row("岩温", 301)), "a.csv")
    registrar.post(f"/imports/{import_.id}/commit")
    run_pending()

    assert "不能再改怎么读" in registrar.get(f"/imports/{import_.id}/columns")
    registrar.post(f"/imports/{import_.id}/columns", expect=422, sender="x")
    assert database.session.get(Import, import_.id).status is ImportStatus.COMMITTED


def test_sheets_headed_alike_are_shown_with_their_row_numbers_and_written(registrar):
    import_ = upload(registrar, TWO_CLASSES)
    page = registrar.get(f"/imports/{import_.id}")

    registrar.post(f"/imports/{import_.id}/commit")
    run_pending()

    assert "<dt>工作表</dt><dd>一班、二班</dd>" in page
    assert "没有读的工作表" not in page
    assert '<span>2</span> <small class="quiet">二班</small>' in page
    assert "身份证件号和工作表“一班”第 2 行相同" in page
    assert sorted(database.session.scalars(select(Student.name))) == ["岩保", "岩温"]


def test_rejected_rows_of_several_sheets_name_their_sheet_and_come_back(registrar):
    import_ = upload(registrar, TWO_CLASSES)
    registrar.get(f"/imports/{import_.id}")
    registrar.post(f"/imports/{import_.id}/rejected", expect=200)
    content = registrar.response.data

    (sheet,) = read(content, "a.xlsx")
    heads, cells = [each.cells for each in sheet.rows()]
    corrected = upload(registrar, content)

    assert heads[-3:] == ("原工作表", "原行号", "原因")
    assert cells[-3:-1] == ("二班", "3")
    assert (corrected.sheets, corrected.rows, corrected.unmapped) == (["Sheet1"], 1, [])


def test_undo_names_the_sheet_of_the_row_that_stands_in_its_way(registrar):
    import_ = upload(registrar, TWO_CLASSES)
    registrar.post(f"/imports/{import_.id}/commit")
    run_pending()
    database.session.scalars(select(Student).where(Student.name == "岩保")).one().phone = "13700000007"
    database.session.commit()

    registrar.post(f"/imports/{import_.id}/undo", reason="传错了")
    run_pending()

    assert "“二班”第 2 行：岩保的“联系电话”后来又改过。" in registrar.get(f"/imports/{import_.id}")


def test_another_sheet_is_read_instead(registrar):
    import_ = upload(registrar, OTHER)
    page = registrar.get(f"/imports/{import_.id}")
    registrar.get(f"/imports/{import_.id}/columns")

    registrar.post(f"/imports/{import_.id}/sheets", names=["去年"])
    import_ = again(import_)

    assert "没有读的工作表：去年。" in page
    assert (import_.sheets, import_.other_sheets, import_.unmapped) == (["去年"], ["名单"], ["班主任"])
    names = [each.values["name"] for each in database.session.scalars(select(ImportRow))]
    assert names == ["岩保"]


def test_one_of_several_sheets_is_left_out(registrar):
    import_ = upload(registrar, TWO_CLASSES)
    registrar.get(f"/imports/{import_.id}/columns")

    registrar.post(f"/imports/{import_.id}/sheets", names=["二班"])

    import_ = again(import_)
    assert (import_.sheets, import_.new, import_.rejected) == (["二班"], 2, 0)


def test_no_sheet_at_all_is_refused_and_unlike_ones_are_told(registrar):
    import_ = upload(registrar, OTHER)
    registrar.get(f"/imports/{import_.id}/columns")

    refused = registrar.post(f"/imports/{import_.id}/sheets", expect=422)
    registrar.post(f"/imports/{import_.id}/sheets", names=["名单", "去年"])
    again(import_)

    assert "至少选一张工作表" in refused
    page = registrar.get(f"/imports/{import_.id}")
    assert "“名单”和“去年”的列名不一样，不能一起读" in page
    assert f"/imports/{import_.id}/columns" in page


def run(runner, *arguments, expect=0):
    result = runner.invoke(args=["imports", *arguments])
    assert result.exit_code == expect, result.output + repr(result.exception)
    return result


@pytest.fixture
def two_classes(db, tmp_path):
    SchoolClassFactory(name=CLASS, number=7)
    path = tmp_path / "two.xlsx"
    path.write_bytes(TWO_CLASSES)
    return str(path)


def test_report_of_several_sheets_says_on_which_each_finding_is(runner, two_classes):
    told = json.loads(run(runner, "review", two_classes, "--class", CLASS, "--json", expect=1).stdout)

    (error,) = [each for each in told["findings"] if each["severity"] == "error"]
    assert (told["sheet"], told["sheets"], told["rows"], told["rejected"]) == ("一班", ["一班", "二班"], 3, 1)
    assert (error["sheet"], error["row"], error["code"]) == ("二班", 3, "id.duplicate_in_file")


def test_report_of_one_sheet_is_as_it_was(runner, two_classes):
    told = json.loads(run(runner, "review", two_classes, "--class", CLASS, "--sheet", "二班", "--json").stdout)

    assert (told["sheet"], told["rows"], "sheets" in told) == ("二班", 2, False)
    assert {key for each in told["findings"] for key in each} == {"row", "column", "code", "severity", "message"}


def test_sheet_that_does_not_exist_ends_with_two(runner, two_classes):
    result = run(runner, "review", two_classes, "--class", CLASS, "--sheet", "三班", expect=2)

    assert "三班" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(("rows", "names"), [("二班!2", ["岩保"]), ("一班!2, 二班!2", ["岩保", "岩温"])])
def test_rows_of_several_sheets_are_named_with_their_sheet(runner, two_classes, rows, names):
    told = json.loads(run(runner, "review", two_classes, "--class", CLASS, "--json", expect=1).stdout)

    run(runner, "commit", str(told["import"]), "--rows", rows)

    assert sorted(database.session.scalars(select(Student.name))) == names


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [("2", "不止一张工作表"), ("三班!2", "没有读工作表“三班”"), ("一班!3", "没有第 一班!3 行"), ("3", "有错误")],
)
def test_rows_that_are_not_meant_clearly_stop_the_commit(runner, two_classes, rows, sentence):
    told = json.loads(run(runner, "review", two_classes, "--class", CLASS, "--json", expect=1).stdout)

    result = run(runner, "commit", str(told["import"]), "--rows", rows, expect=2)

    assert sentence in result.stderr
    assert list(database.session.scalars(select(Student))) == []
