"""The county's sheet of applicants: reviewed, written and taken back, on the command line and in the browser."""

import json
from datetime import date

import pytest
from sqlalchemy import func, select

from exchange.accounts.roles import GRANTS, Permission
from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.core.spreadsheets import write
from exchange.core.storage import store
from exchange.enrolment import service as enrolment
from exchange.enrolment.importer import ApplicantImporter
from exchange.enrolment.models import Applicant, ApplicantStatus
from exchange.imports import service
from exchange.imports.models import Import, ImportRow, Outcome
from exchange.imports.report import report
from exchange.jobs.service import run_pending
from tests.factories.accounts import RegistrarFactory
from tests.factories.enrolment import ApplicantFactory
from tests.factories.imports import upload_form
from tests.factories.partners import CooperationProjectFactory
from tests.factories.students import StudentFactory, resident_id

HEADS = ["姓名", "性别", "身份证号", "生源地", "毕业学校", "监护人姓名", "监护人电话", "志愿", "困难类型"]
RIGHT = ["刀玉兰", "女", resident_id(1), "芒市", "芒市示范中学", "刀母", "13800000001", "旅游服务与管理", "脱贫户"]
CHANGED = "酒店管理"


def row(**changes):
    return [changes.get(head, cell) for head, cell in zip(HEADS, RIGHT, strict=True)]


def other(number=2, name="排木果", **changes):
    return row(**{"姓名": name, "身份证号": resident_id(number), **changes})


@pytest.fixture
def project(db):
    return CooperationProjectFactory(name="东西部协作")


def reviewed(*rows, heads=HEADS, target="2026 东西部协作"):
    content = write(list(rows), columns=heads)
    import_ = service.upload(content, filename="报名表.xlsx", kind="applicants", target=target, by=None)
    service.review(import_, by=None)
    database.session.commit()
    return import_


def committed(*rows):
    import_ = reviewed(*rows)
    service.begin_commit(import_)
    service.commit(import_, by=None)
    database.session.commit()
    return import_


def undo(import_):
    service.begin_undo(import_, reason="测试")
    service.undo(import_, reason="测试", by=None)
    database.session.commit()


def found(import_):
    told = report(import_, service.importer_of(import_.kind))["findings"]
    return [(each["row"], each["code"]) for each in told if each["severity"] == "error"]


def applicants():
    return list(database.session.scalars(select(Applicant).order_by(Applicant.id)))


def test_commit_enters_what_the_county_wrote_and_no_poverty(project):
    import_ = committed(RIGHT)

    (applicant,) = applicants()
    assert (import_.new, import_.committed, import_.unmapped) == (1, 1, ["困难类型"])
    assert (applicant.name, applicant.county, applicant.home_school) == ("刀玉兰", "533103", "芒市示范中学")
    assert (applicant.guardian_name, applicant.guardian_phone) == ("刀母", "13800000001")
    assert (applicant.wishes, applicant.status) == ("旅游服务与管理", ApplicantStatus.APPLIED)
    assert (applicant.project, applicant.intake_year) == (project, 2026)
    assert timeline(applicant)[0].changes["import"] == import_.id


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"姓名": ""}, "name.missing"),
        ({"姓名": "刀玉兰2"}, "name.characters"),
        ({"身份证号": ""}, "id.missing"),
        ({"身份证号": resident_id(1)[:-1]}, "id.length"),
        ({"性别": "男"}, "id.sex_mismatch"),
        ({"生源地": "冕宁县"}, "area.unknown"),
        ({"生源地": ""}, "area.unknown"),
        ({"毕业学校": "中" * 101}, "value.too_long"),
        ({"志愿": "游" * 201}, "value.too_long"),
    ],
)
def test_row_that_cannot_be_right_is_rejected(project, changes, code):
    assert found(reviewed(row(**changes))) == [(2, code)]


@pytest.mark.parametrize(
    "changes", [{"毕业学校": "中" * 100}, {"志愿": "游" * 200}, {"性别": ""}, {"生源地": "533103"}]
)
def test_row_at_the_edge_is_taken(project, changes):
    assert reviewed(row(**changes)).new == 1


def test_number_that_stands_twice_keeps_its_first_row(project):
    assert found(reviewed(RIGHT, RIGHT)) == [(3, "id.duplicate_in_file")]


def test_county_need_not_be_written_where_the_project_has_one(project):
    project.regions[0].area = "533103"

    assert reviewed(row(生源地="")).new == 1


def test_somebody_elses_number_is_for_a_person_to_decide(project):
    ApplicantFactory(project=project, resident_id=resident_id(1), name="别人")

    assert found(reviewed(RIGHT)) == [(2, "id.belongs_to_other")]


def test_who_has_applied_to_another_project_is_rejected(project):
    ApplicantFactory(resident_id=resident_id(1), name="刀玉兰")

    assert found(reviewed(RIGHT)) == [(2, "applicant.elsewhere")]


def test_who_is_on_the_register_is_rejected(project):
    StudentFactory(resident_id=resident_id(1), name="刀玉兰")

    assert found(reviewed(RIGHT)) == [(2, "applicant.on_register")]


def test_second_sheet_changes_only_what_differs_and_empties_nothing(project):
    committed(RIGHT)

    same, changed = reviewed(row(毕业学校="")), committed(row(志愿=CHANGED))

    assert (same.unchanged, same.changed) == (1, 0)
    assert (changed.changed, changed.committed) == (1, 1)
    assert [each.wishes for each in applicants()] == [CHANGED]


def test_sheet_does_not_change_who_was_decided_upon(project):
    committed(RIGHT)
    enrolment.change_status(applicants()[0], "reject", by=None, reason="测试")

    assert reviewed(RIGHT).unchanged == 1
    assert found(reviewed(row(志愿=CHANGED))) == [(2, "applicant.decided")]


def test_row_that_was_overtaken_since_the_review_is_refused_with_the_reason(project):
    import_ = reviewed(RIGHT, other())
    ApplicantFactory(project=project, resident_id=resident_id(2), name="排木果")

    service.begin_commit(import_)
    service.commit(import_, by=None)

    assert (import_.committed, found(import_)) == (1, [(3, "applicant.refused")])


def test_undo_takes_back_who_was_entered_and_restores_what_was_changed(project):
    first = committed(RIGHT)
    second = committed(row(志愿=CHANGED), other())

    undo(second)
    after_second = [(each.name, each.wishes) for each in applicants()]
    undo(first)

    assert after_second == [("刀玉兰", "旅游服务与管理")]
    assert applicants() == []


@pytest.mark.parametrize(("step", "word"), [("admit", "已录取"), ("reject", "未录取")])
def test_undo_names_who_was_decided_upon_and_touches_nobody(project, step, word):
    import_ = committed(RIGHT, other())
    enrolment.change_status(applicants()[0], step, by=None, reason="测试")

    with pytest.raises(NotPossible, match=f"刀玉兰{word}"):
        undo(import_)

    assert len(applicants()) == 2


def test_undo_names_who_was_changed_since(project):
    import_ = committed(RIGHT)
    applicants()[0].wishes = CHANGED
    database.session.commit()

    with pytest.raises(NotPossible, match="刀玉兰的“志愿”后来又改过"):
        undo(import_)


def test_who_is_forgotten_is_forgotten_in_the_sheet_and_its_file_too(project):
    import_ = committed(RIGHT, other(), row(身份证号="123", 姓名="线果"))
    enrolment.change_status(applicants()[0], "reject", by=None, reason="测试")
    applicants()[0].closed_on = date(2020, 1, 1)
    database.session.commit()

    forgotten = enrolment.forget_not_taken(by=None)
    database.session.commit()

    rows = list(database.session.scalars(select(ImportRow).order_by(ImportRow.number)))
    assert forgotten == 1
    assert [bool(each.values) for each in rows] == [False, True, False]
    assert [each.written for each in rows if each.outcome is Outcome.REJECTED] == [{}]
    with pytest.raises(FileNotFoundError):
        store().get(import_.upload)


@pytest.mark.parametrize("target", ["2026 东西部协作", "2026年 东西部协作", "2026/东西部协作"])
def test_intake_is_found_as_people_write_it(project, target):
    assert ApplicantImporter().target_of(target) == f"2026/{project.id}"
    assert ApplicantImporter().target_words(f"2026/{project.id}") == "2026 东西部协作"


@pytest.mark.parametrize("target", ["", "东西部协作", "2026 没有的项目", "1999 东西部协作", "2026 99999999999"])
def test_intake_that_does_not_exist_is_refused(project, runner, tmp_path, target):
    path = tmp_path / "a.xlsx"
    path.write_bytes(write([RIGHT], columns=HEADS))

    result = runner.invoke(args=["imports", "review", str(path), "--kind", "applicants", "--intake", target])

    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert database.session.scalar(select(func.count()).select_from(Import)) == 0


def test_commands_review_commit_and_undo(project, runner, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(write([RIGHT, other(姓名="")], columns=HEADS))

    def run(*arguments, expect):
        result = runner.invoke(args=["imports", *arguments, "--json"])
        assert result.exit_code == expect, result.output
        return json.loads(result.stdout)

    told = run("review", str(path), "--kind", "applicants", "--intake", "2026/东西部协作", expect=1)
    written = run("commit", str(told["import"]), expect=0)
    undone = run("undo", str(told["import"]), expect=0)

    assert (told["rows"], told["new"], told["rejected"]) == (2, 1, 1)
    assert told["columns"]["毕业学校"] == "home_school"
    assert (written["status"], written["committed"], undone["status"], applicants()) == ("committed", 1, "undone", [])


def test_class_and_intake_together_are_refused(project, runner, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(write([RIGHT], columns=HEADS))

    result = runner.invoke(args=["imports", "review", str(path), "--class", "1", "--intake", "2026 东西部协作"])

    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_registrar_imports_from_the_page_of_the_intake_and_takes_back(project, sign_in):
    registrar = sign_in(RegistrarFactory())
    intake = registrar.get(f"/enrolment/intakes/{project.id}/2026")

    page = registrar.get("/imports?kind=applicants&target=2026 东西部协作")
    registrar.post(
        "/imports?kind=applicants",
        expect=302,
        **upload_form(write([RIGHT], columns=HEADS), "报名表.xlsx"),
        target="2026 东西部协作",
    )
    run_pending()
    number = database.session.scalars(select(Import.id)).one()
    review = registrar.get(f"/imports/{number}")
    registrar.post(f"/imports/{number}/commit")
    run_pending()
    entered = len(applicants())
    undoing = registrar.get(f"/imports/{number}/undo")
    registrar.post(f"/imports/{number}/undo", reason="测试")
    run_pending()

    assert "导入报名表" in page
    assert "/imports?kind=applicants" in intake
    assert "2026 东西部协作" in review
    assert "已经录取或不录取的人会使撤销停下" in undoing
    assert (entered, applicants()) == (1, [])


def test_kind_that_does_not_exist_is_not_found(project, sign_in):
    sign_in(RegistrarFactory()).get("/imports?kind=nothing", expect=404)


def test_whoever_imports_may_enter_applicants():
    importing = [role for role, granted in GRANTS.items() if Permission.IMPORT_USE in granted]

    assert [role for role in importing if Permission.ENROLMENT_APPLY not in GRANTS[role]] == []
