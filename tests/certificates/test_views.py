import html
import io
import re

import pytest
import zxingcpp
from pypdfium2 import PdfDocument

from exchange.certificates import queries, service
from exchange.certificates.models import BatchStatus, Certificate, CertificateBatch, CertificateKind, CertificateStatus
from exchange.core.database import db as database
from exchange.core.storage import store
from exchange.jobs.service import run_pending
from tests.factories.accounts import (
    AidOfficerFactory,
    AuditorFactory,
    GuardianUserFactory,
    HomeroomTeacherFactory,
    RegistrarFactory,
    StudentUserFactory,
)
from tests.factories.certificates import issue_letters, requested_letters
from tests.factories.students import GuardianFactory, GuardianshipFactory, SchoolClassFactory, StudentFactory
from tests.factories.three_years import three_years

pytestmark = pytest.mark.usefixtures("db")


def one_batch():
    return database.session.query(CertificateBatch).one()


def test_maker_requests_and_another_registrar_approves(sign_in):
    school_class = SchoolClassFactory()
    for _ in range(2):
        StudentFactory(school_class=school_class)
    maker = sign_in(RegistrarFactory())
    approver = sign_in(RegistrarFactory())

    maker.get("/certificates/new")
    maker.post("/certificates/new", kind="enrolment_letter", school_class=school_class.name)
    maker.get(maker.response.location)
    address = maker.response.request.full_path
    maker.post(address, purpose="申领补助", valid_days="60", request="page-1")
    batch = one_batch()
    approver.get(f"/certificates/batches/{batch.id}")
    approver.post(f"/certificates/batches/{batch.id}/approval")
    run_pending()

    assert batch.status == BatchStatus.ISSUED
    page = approver.get(f"/certificates/batches/{batch.id}")
    numbers = [paper.number for paper in database.session.query(Certificate)]
    assert len(numbers) == 2
    assert all(number in page for number in numbers)


def links_to(page, words):
    """The address behind a link with these words."""
    (address,) = {html.unescape(found) for found in re.findall(rf'href="([^"]+)">{words}</a>', page)}
    return address


@pytest.mark.parametrize("start", ["/programmes/classes/{id}", "/coursework/graduation/classes/{id}"])
def test_registrar_has_the_transcripts_of_a_class_in_three_clicks(sign_in, start):
    """Open the check, send it, and open the file that a colleague has approved meanwhile."""
    students = three_years(2)
    maker, approver = sign_in(RegistrarFactory()), sign_in(RegistrarFactory())

    address = links_to(maker.get(start.format(id=students[0].school_class_id)), "打印学生成绩单")
    assert "提交 2 人" in maker.get(address)
    maker.post(address, request="page-1")
    batch = one_batch()
    approver.get(f"/certificates/batches/{batch.id}")
    approver.post(f"/certificates/batches/{batch.id}/approval")
    run_pending()
    content = maker.get(links_to(maker.get(f"/certificates/batches/{batch.id}"), "打开合并的 PDF"))

    assert len(PdfDocument(content)) == 4
    assert {member.student for member in queries.members(batch)} == set(students)


def test_transcript_of_one_student_is_asked_for_from_the_results(sign_in):
    student, _classmate = three_years(2)
    maker = sign_in(RegistrarFactory())

    address = links_to(maker.get(f"/coursework/transcripts/{student.id}"), "打印成绩单")
    page = maker.get(address)
    maker.post(address, request="page-1")

    assert "提交 1 人" in page
    assert f'href="/students/{student.id}/certificates">上一步' in page
    assert [member.student for member in queries.members(one_batch())] == [student]
    assert f"<dt>学生</dt><dd>{student.name}</dd>" in maker.get(f"/certificates/batches/{one_batch().id}")


def test_every_kind_of_paper_is_asked_for_on_the_page_of_a_student(sign_in):
    student = StudentFactory()
    maker = sign_in(RegistrarFactory())

    page = maker.get(f"/students/{student.id}/certificates")
    address = links_to(page, "开在读证明")
    maker.get(address)
    maker.post(address, purpose="申领补助", valid_days="60", request="page-1")

    assert all(f"开{kind.label}</a>" in page for kind in CertificateKind)
    assert [member.student for member in queries.members(one_batch())] == [student]


def test_nobody_else_is_offered_to_print(sign_in):
    student = StudentFactory(user=StudentUserFactory())
    teacher = student.school_class.homeroom_teacher = HomeroomTeacherFactory()
    database.session.commit()

    own = sign_in(student.user).get(f"/students/{student.id}/certificates")
    by_teacher = sign_in(teacher)
    pages = [
        own,
        by_teacher.get(f"/students/{student.id}/certificates"),
        by_teacher.get(f"/programmes/classes/{student.school_class_id}"),
        by_teacher.get(f"/coursework/transcripts/{student.id}"),
        by_teacher.get(f"/coursework/graduation/classes/{student.school_class_id}"),
    ]

    assert not any("/certificates/preflight" in page for page in pages)
    assert "请到教务处申请" in own


def test_student_nobody_has_is_said_to_be_unknown(sign_in):
    page = sign_in(RegistrarFactory()).get("/certificates/preflight?kind=transcript&student=1", expect=409)

    assert "没有学号 1 的学生" in page


def test_county_is_chosen_from_its_line_and_requested_with_the_preset_purpose(sign_in):
    first, second = StudentFactory(county_of_origin="533124"), StudentFactory(county_of_origin="533124")
    StudentFactory(county_of_origin="533103")
    maker = sign_in(RegistrarFactory())

    lines = maker.get("/certificates/counties")
    maker.get("/certificates/new?kind=enrolment_letter&county=533124")
    maker.post("/certificates/new", kind="enrolment_letter", of="county", school_class="", county="533124")
    page = maker.get(maker.response.location)
    address = maker.response.request.full_path
    maker.post(address, purpose="办理雨露计划补助", valid_days="180", request="page-1")

    assert "county=533124" in lines
    assert "办理雨露计划补助" in page
    assert one_batch().county == "533124"
    assert {member.student for member in queries.members(one_batch())} == {first, second}
    assert "陇川县" in maker.get(f"/certificates/batches/{one_batch().id}")


@pytest.mark.parametrize("fields", [{"of": "class", "school_class": ""}, {"of": "county", "county": ""}, {}])
def test_choice_of_nobody_is_refused(sign_in, fields):
    browser = sign_in(RegistrarFactory())
    browser.get("/certificates/new")

    browser.post("/certificates/new", expect=422, kind="enrolment_letter", **fields)


def test_aid_officer_sees_what_is_issued_per_county_and_makes_nothing(sign_in):
    student = StudentFactory(county_of_origin="533124")
    StudentFactory(county_of_origin="533124")
    issue_letters([student])
    browser = sign_in(AidOfficerFactory())

    page = browser.get("/certificates/counties")

    assert "还差 1 人" in page
    assert "/certificates/new" not in page
    browser.get("/certificates/new", expect=403)


def test_maker_sees_no_button_and_is_refused(sign_in):
    maker = RegistrarFactory()
    batch = requested_letters([StudentFactory()], by=maker)
    browser = sign_in(maker)

    page = browser.get(f"/certificates/batches/{batch.id}")
    browser.post(f"/certificates/batches/{batch.id}/approval", expect=409)

    assert "/approval" not in page
    assert batch.status == BatchStatus.REQUESTED


def test_request_page_sent_twice_makes_one_batch(sign_in):
    school_class = StudentFactory().school_class
    browser = sign_in(RegistrarFactory())
    address = f"/certificates/preflight?kind=enrolment_letter&school_class={school_class.name}"
    browser.get(address)

    for _ in range(2):
        browser.post(address, purpose="申领补助", valid_days="60", request="page-1")

    assert database.session.query(CertificateBatch).count() == 1


def test_preflight_page_keeps_what_was_typed_when_it_is_wrong(sign_in):
    school_class = StudentFactory().school_class
    browser = sign_in(RegistrarFactory())
    address = f"/certificates/preflight?kind=enrolment_letter&school_class={school_class.name}"
    browser.get(address)

    page = browser.post(address, purpose="申领补助", valid_days="soon", request="page-1", expect=422)

    assert "申领补助" in page
    assert "有效天数" in page
    assert database.session.query(CertificateBatch).count() == 0


def test_preflight_page_names_every_field_that_is_empty(sign_in):
    school_class = StudentFactory().school_class
    browser = sign_in(RegistrarFactory())
    address = f"/certificates/preflight?kind=honour_certificate&school_class={school_class.name}"

    fresh = browser.get(address)
    page = browser.post(address, title="", event="", school_year="", expect=422)

    assert ">检查</button>" in fresh
    assert "重新检查" not in fresh + page
    assert page.count('class="field__error"') == 3
    filled = browser.post(address, title="三好学生", event="学习", school_year="2026", expect=200)
    assert "重新检查" in filled


@pytest.mark.parametrize("query", ["kind=diploma&school_class=x", "kind=enrolment_letter&school_class=x", ""])
def test_preflight_page_with_a_wrong_address_says_so(sign_in, query):
    sign_in(RegistrarFactory()).get(f"/certificates/preflight?{query}", expect=409)


def test_batch_page_says_what_each_paper_waits_for_and_offers_to_decline_above_the_names(sign_in):
    batch = requested_letters([StudentFactory(name="刀玉兰")], by=RegistrarFactory())

    page = sign_in(RegistrarFactory()).get(f"/certificates/batches/{batch.id}")

    assert page.index("退回这批申请") < page.index("<h2>名单</h2>") < page.rindex("刀玉兰")
    assert "待编号" in page
    assert '<td data-label="状态"><span>待批准</span>' in page


def test_decline_needs_a_reason_and_keeps_it(sign_in):
    batch = requested_letters([StudentFactory()], by=RegistrarFactory())
    browser = sign_in(RegistrarFactory())
    browser.get(f"/certificates/batches/{batch.id}")

    browser.post(f"/certificates/batches/{batch.id}/refusal", reason="")
    assert batch.status == BatchStatus.REQUESTED
    browser.post(f"/certificates/batches/{batch.id}/refusal", reason="用途不对")

    assert batch.status == BatchStatus.DECLINED


def test_specimen_shows_the_paper_without_a_number(sign_in):
    batch = requested_letters([StudentFactory(name="刀玉兰")], by=RegistrarFactory())

    content = sign_in(RegistrarFactory()).get(f"/certificates/batches/{batch.id}/specimen.pdf")

    text = PdfDocument(content)[0].get_textpage().get_text_range()
    assert "刀玉兰" in text
    assert "样张" in text
    assert database.session.query(Certificate).count() == 0


def test_download_gives_the_issued_bytes(sign_in):
    (paper,) = issue_letters([StudentFactory()])

    browser = sign_in(RegistrarFactory())

    assert browser.get(f"/certificates/{paper.id}.pdf") == store().get(paper.pdf_key)
    assert browser.response.headers["Cache-Control"] == "no-store"


def test_people_see_their_own_papers_only(sign_in):
    own = StudentFactory(user=StudentUserFactory())
    guardian = GuardianFactory(user=GuardianUserFactory())
    GuardianshipFactory(student=own, guardian=guardian)
    teacher = HomeroomTeacherFactory()
    own.school_class.homeroom_teacher = teacher
    database.session.commit()
    paper, foreign = issue_letters([own, StudentFactory()])

    for user in (own.user, guardian.user, teacher):
        browser = sign_in(user)
        browser.get(f"/certificates/{paper.id}")
        browser.get(f"/certificates/{foreign.id}", expect=404)
        browser.get(f"/certificates/{foreign.id}.pdf", expect=404)
        shown = browser.get(f"/students/{own.id}/certificates")
        assert paper.number in shown
        assert foreign.number not in shown


def test_student_with_papers_is_led_to_them(sign_in):
    own = StudentFactory(user=StudentUserFactory())
    browser = sign_in(own.user)

    browser.get("/certificates", expect=302)

    assert browser.response.location == f"/students/{own.id}/certificates"


def test_auditor_reads_the_register_masked_and_no_paper(sign_in):
    (paper,) = issue_letters([StudentFactory(name="刀玉兰")])
    browser = sign_in(AuditorFactory())

    register, shown = browser.get("/certificates"), browser.get(f"/certificates/{paper.id}")
    browser.get(f"/certificates/{paper.id}.pdf", expect=403)

    assert "刀*兰" in register
    assert "刀玉兰" not in register + shown


def test_revoked_paper_says_so_to_everybody(sign_in, stranger):
    (paper,) = issue_letters([StudentFactory()])
    browser = sign_in(RegistrarFactory())
    browser.get(f"/certificates/{paper.id}")

    browser.post(f"/certificates/{paper.id}/revocation", reason="姓名写错")

    assert paper.status == CertificateStatus.REVOKED
    assert "已经作废" in stranger.get(f"/verify/{paper.number}")


def test_register_asks_the_same_number_of_statements_for_one_and_three_papers(sign_in, count_queries):
    issue_letters([StudentFactory()])
    browser = sign_in(RegistrarFactory())
    with count_queries() as one:
        browser.get("/certificates")
    issue_letters([StudentFactory(), StudentFactory()])

    with count_queries() as three:
        browser.get("/certificates")

    assert one.count == three.count


def test_year_that_no_database_can_keep_is_told_as_such(sign_in):
    browser = sign_in(RegistrarFactory())

    page = browser.get("/certificates?year=" + "9" * 21, expect=400)

    assert "太长的数字" in page
    assert "放得太久" not in page
    assert "a number that is too long" in browser.get("/certificates?lang=en&year=" + "9" * 21, expect=400)


def test_stranger_verifies_a_number_without_learning_the_name(stranger):
    (paper,) = issue_letters([StudentFactory(name="刀玉兰")], purpose="申领补助")

    page = stranger.get(f"/verify/{paper.number}")

    assert "这张证书是真的" in page
    assert "刀*兰" in page
    assert "刀玉兰" not in page


def test_stranger_verifies_in_english(stranger):
    (paper,) = issue_letters([StudentFactory()])

    stranger.get(f"/verify/{paper.number}?lang=en")

    assert stranger.page.language == "en"


def test_unknown_number_is_told_apart(stranger):
    assert "没有这个编号" in stranger.get("/verify/DQZJ-ZD-2026-000001-1", expect=404)


def test_typed_number_leads_to_its_page(stranger):
    (paper,) = issue_letters([StudentFactory()])

    stranger.get(f"/verify?number={paper.number.lower()}", expect=302)

    assert "/verify/" in stranger.response.location


@pytest.mark.parametrize(("change", "sentence"), [(b"", "一个字节都没有改动"), (b" ", "被改动过")])
def test_dropped_file_is_compared_byte_for_byte(stranger, change, sentence):
    (paper,) = issue_letters([StudentFactory()])
    content = store().get(paper.pdf_key) + change
    stranger.get("/verify")

    page = stranger.post("/verify", file=(io.BytesIO(content), "paper.pdf"), expect=200)

    assert sentence in page


@pytest.mark.parametrize("content", [b"", b"some notes", b"\x89PNG\r\n\x1a\n"])
def test_dropped_file_that_is_no_pdf_is_told_under_the_field(stranger, content):
    stranger.get("/verify")

    page = stranger.post("/verify", file=(io.BytesIO(content), "notes.txt"), expect=422)

    assert "这不是 PDF 文件" in page
    assert "没有这个编号" not in page


def test_dropped_pdf_without_a_number_is_not_said_to_have_one(stranger):
    stranger.get("/verify")

    page = stranger.post("/verify", file=(io.BytesIO(b"%PDF-1.7\n%%EOF\n"), "other.pdf"), expect=200)

    assert "这个 PDF 里没有证书编号" in page
    assert "没有这个编号" not in page


def test_dropped_merged_file_of_the_school_is_genuine(stranger):
    _first, second = issue_letters([StudentFactory(), StudentFactory()])
    content = store().get(one_batch().merged_key)
    service.revoke(second, reason="写错", by=None)
    database.session.commit()
    stranger.get("/verify")

    page = stranger.post("/verify", file=(io.BytesIO(content), "letters.pdf"), expect=200)
    altered = stranger.post("/verify", file=(io.BytesIO(content + b" "), "letters.pdf"), expect=200)

    assert "合并了 2 份证书" in page
    assert f"其中 1 份现在无效：{second.number}" in page
    assert "被改动过" not in page
    assert "不是学校印制的合并文件" in altered


def test_verify_with_nothing_chosen_says_what_is_missing(stranger):
    assert "输入证书上的编号。" not in stranger.get("/verify")
    assert "输入证书上的编号。" in stranger.get("/verify?number=+", expect=422)
    assert "选择一个文件。" in stranger.post("/verify", expect=422)
    assert "Choose a file." in stranger.post("/verify?lang=en", expect=422)


def test_typed_number_may_lack_its_hyphens(stranger):
    (paper,) = issue_letters([StudentFactory()])

    assert "这张证书是真的" in stranger.get(f"/verify/{paper.number.replace('-', ' ')}")


def test_qr_code_on_the_paper_leads_to_its_page(app):
    (paper,) = issue_letters([StudentFactory()])
    bitmap = PdfDocument(store().get(paper.pdf_key))[0].render(scale=3).to_pil()

    (code,) = zxingcpp.read_barcodes(bitmap)

    assert code.text == f"{app.config['PUBLIC_URL']}/verify/{paper.number}"
