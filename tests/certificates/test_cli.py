import json

import openpyxl
import pytest
from pypdfium2 import PdfDocument

from exchange.certificates import cli
from exchange.certificates.models import Certificate
from exchange.core.database import db as database
from exchange.students.models import StudentStatus
from tests.factories.accounts import RegistrarFactory, SubjectTeacherFactory
from tests.factories.certificates import issue_letters
from tests.factories.students import SchoolClassFactory, StudentFactory

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def school_class():
    school_class = SchoolClassFactory(name="2026级云南班")
    for _ in range(3):
        StudentFactory(school_class=school_class)
    return school_class


def call(runner, *arguments, status=0):
    result = runner.invoke(args=["certificates", *map(str, arguments)])
    assert result.exit_code == status, result.output
    return result


def issue(runner, out, *more, by=None, approved_by=None, status=0):
    by, approved_by = by or RegistrarFactory().username, approved_by or RegistrarFactory().username
    people = ("--by", by, "--approved-by", approved_by, "--out", out)
    return call(runner, "issue", "--kind", "enrolment_letter", *people, *more, "--json", status=status)


def test_preflight_prints_one_document_and_status_0_when_all_are_ready(runner, school_class):
    result = call(runner, "preflight", "--kind", "enrolment_letter", "--class", school_class.name, "--json")

    assert json.loads(result.stdout) == {"ready": 3, "blocked": 0, "findings": []}


def test_preflight_ends_with_status_1_when_somebody_is_blocked(runner, school_class):
    StudentFactory(school_class=school_class, status=StudentStatus.ON_LEAVE)

    result = call(runner, "preflight", "--kind", "enrolment_letter", "--class", school_class.name, "--json", status=1)

    assert json.loads(result.stdout)["blocked"] == 1


def test_issue_writes_single_files_and_the_merged_one(runner, school_class, tmp_path):
    document = json.loads(issue(runner, tmp_path, "--class", school_class.name).stdout)

    assert (document["issued"], document["failed"]) == (3, 0)
    assert len(PdfDocument(tmp_path / document["merged"])) == 3
    for listed in document["certificates"]:
        assert len(PdfDocument(tmp_path / listed["file"])) == 1


def test_issue_with_the_same_request_prints_the_same_document(runner, school_class, tmp_path):
    by, approver = RegistrarFactory().username, RegistrarFactory().username
    arguments = ("--class", school_class.name, "--request", "spring")

    first = issue(runner, tmp_path / "a", *arguments, by=by, approved_by=approver).stdout
    second = issue(runner, tmp_path / "b", *arguments, by=by, approved_by=approver).stdout

    assert first == second
    assert database.session.query(Certificate).count() == 3


def test_issue_ends_with_status_1_when_somebody_gets_none_and_says_why(runner, school_class, tmp_path):
    gone = StudentFactory(school_class=school_class, status=StudentStatus.WITHDRAWN)

    result = issue(runner, tmp_path, "--class", school_class.name, status=1)

    document = json.loads(result.stdout)
    assert (document["issued"], document["failed"]) == (3, 1)
    assert result.stderr.splitlines() == [f"{gone.student_no} 学籍状态是“{gone.status.label}”，不能开具。"]


def test_issue_for_one_person_who_is_not_ready_says_why(runner, tmp_path):
    student = StudentFactory(status=StudentStatus.WITHDRAWN)

    result = issue(runner, tmp_path, "--student", student.student_no, status=1)

    assert json.loads(result.stdout) == {"issued": 0, "failed": 1, "certificates": [], "merged": None}
    assert student.student_no in result.stderr


def refused(runner, out, *more, by=None, approved_by=None):
    result = issue(runner, out, *more, by=by, approved_by=approved_by, status=2)
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    assert not out.exists() or not list(out.iterdir())
    assert database.session.query(Certificate).count() == 0
    return result.stderr


def test_issue_refuses_one_person_as_maker_and_approver(runner, school_class, tmp_path):
    registrar = RegistrarFactory().username

    assert "同一个人" in refused(
        runner, tmp_path / "out", "--class", school_class.name, by=registrar, approved_by=registrar
    )


def test_issue_refuses_a_person_without_the_permission(runner, school_class, tmp_path):
    teacher = SubjectTeacherFactory().username

    assert teacher in refused(runner, tmp_path / "out", "--class", school_class.name, by=teacher)


@pytest.mark.parametrize(
    ("more", "named"),
    [
        (("--class", "没有的班"), "没有的班"),
        (("--student", "00000000"), "00000000"),
        ((), "--class"),
        (("--class", "2026级云南班", "--student", "1"), "--class"),
        (("--class", "2026级云南班", "--set", "purpose"), "purpose"),
        (("--class", "2026级云南班", "--set", "colour=red"), "colour"),
        (("--class", "2026级云南班", "--set", "valid_days=0"), "有效天数"),
    ],
)
def test_issue_refuses_unusable_arguments_with_one_line(runner, school_class, tmp_path, more, named):
    assert named in refused(runner, tmp_path / "out", *more)


def test_issue_spends_no_number_where_the_folder_cannot_be_made(runner, school_class, tmp_path):
    (tmp_path / "file").touch()

    result = issue(runner, tmp_path / "file" / "out", "--class", school_class.name, status=2)

    assert len(result.stderr.strip().splitlines()) == 1
    assert database.session.query(Certificate).count() == 0


def test_issue_spends_no_number_where_no_file_can_be_written(runner, school_class):
    result = issue(runner, "/proc", "--class", school_class.name, status=2)

    assert len(result.stderr.strip().splitlines()) == 1
    assert database.session.query(Certificate).count() == 0


@pytest.mark.parametrize(("more", "named"), [(("--request", "spring"), "spring"), ((), "/certificates/batches/")])
def test_issue_whose_files_cannot_be_written_says_how_to_have_them(
    runner, school_class, tmp_path, monkeypatch, more, named
):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cli, "_write_out", full)
    result = issue(runner, tmp_path, "--class", school_class.name, *more, status=1)

    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    assert named in result.stderr
    assert "No space left" in result.stderr
    assert database.session.query(Certificate).count() == 3
    assert list(tmp_path.iterdir()) == []


def test_verify_agrees_about_number_and_file(runner, tmp_path, school_class):
    document = json.loads(issue(runner, tmp_path, "--class", school_class.name).stdout)
    listed = document["certificates"][0]

    by_number = json.loads(call(runner, "verify", listed["number"], "--json").stdout)
    by_file = json.loads(call(runner, "verify", tmp_path / listed["file"], "--json").stdout)

    assert by_number | {"hash_matches": True} == by_file


def test_verify_of_a_changed_file_ends_with_status_1(runner, tmp_path, school_class):
    document = json.loads(issue(runner, tmp_path, "--class", school_class.name).stdout)
    file = tmp_path / document["certificates"][0]["file"]
    content = bytearray(file.read_bytes())
    content[2000] ^= 1
    file.write_bytes(content)

    verdict = json.loads(call(runner, "verify", file, "--json", status=1).stdout)

    assert verdict["hash_matches"] is False


def test_verify_knows_the_merged_file_and_says_so_beside_the_document(runner, tmp_path, school_class):
    document = json.loads(issue(runner, tmp_path, "--class", school_class.name).stdout)

    result = call(runner, "verify", tmp_path / document["merged"], "--json")

    verdict = json.loads(result.stdout)
    assert (verdict["status"], verdict["hash_matches"]) == ("valid", True)
    assert "3 份证书" in result.stderr


def test_verify_of_a_file_that_is_no_pdf_ends_with_status_2(runner, tmp_path):
    (tmp_path / "README.md").write_text("# notes\n", "utf-8")

    result = call(runner, "verify", tmp_path / "README.md", "--json", status=2)

    assert result.stdout == ""
    assert result.stderr.strip() == "这不是 PDF 文件。请选学校发的证书 PDF 原件。"


def test_verify_of_an_unknown_number_ends_with_status_1(runner):
    result = call(runner, "verify", "DQZJ-ZD-2026-000001-1", "--json", status=1)

    assert json.loads(result.stdout)["status"] == "unknown"


def test_verify_of_a_missing_file_ends_with_status_2(runner, tmp_path):
    result = call(runner, "verify", tmp_path / "none.pdf", status=2)

    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    assert "none.pdf" in result.stderr


def test_revoke_and_reissue_print_the_papers(runner):
    void, lost = issue_letters([StudentFactory(), StudentFactory()])
    by, approver = RegistrarFactory().username, RegistrarFactory().username

    revoked = json.loads(call(runner, "revoke", void.number, "--reason", "写错", "--by", by, "--json").stdout)
    people = ("--by", by, "--approved-by", approver)
    reissued = json.loads(call(runner, "reissue", lost.number, "--reason", "遗失", *people, "--json").stdout)

    assert revoked["status"] == "revoked"
    assert reissued["replaced"]["status"] == "replaced"
    assert reissued["certificate"]["status"] == "valid"


def test_register_writes_a_workbook_with_numbers_as_text(runner, tmp_path):
    papers = issue_letters([StudentFactory(), StudentFactory()])
    file = tmp_path / "register.xlsx"

    result = call(runner, "register", file, "--kind", "enrolment_letter", "--json")

    rows = list(openpyxl.load_workbook(file).active.iter_rows(min_row=2, values_only=True))
    assert json.loads(result.stdout) == {"rows": 2}
    assert [row[0] for row in rows] == [paper.number for paper in papers]
    assert [row[2] for row in rows] == [paper.student.student_no for paper in papers]


@pytest.mark.parametrize("name", ["register.txt", "missing/register.xlsx"])
def test_register_writes_only_workbooks_and_only_where_there_is_a_folder(runner, tmp_path, name):
    result = call(runner, "register", tmp_path / name, "--json", status=2)

    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
