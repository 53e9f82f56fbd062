"""The pages around a student: guardians, contacts, consents, portraits, corrections, and the family's own page."""

from datetime import date
from io import BytesIO

import pytest
import time_machine

from exchange.accounts.models import RoleAssignment
from exchange.accounts.roles import Role
from exchange.attachments.service import attach
from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.jobs import service as jobs
from exchange.partners.models import ProjectRegion
from exchange.students import queries, service
from exchange.students.models import (
    ConsentKind,
    ConsentRecord,
    Contact,
    Correction,
    CorrectionField,
    CorrectionStatus,
    Guardian,
    Guardianship,
    PhotoBatch,
    PhotoBatchStatus,
)
from tests.factories import accounts
from tests.factories.attachments import PDF
from tests.factories.partners import CooperationProjectFactory
from tests.factories.photos import archive, photograph
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import (
    ConsentRecordFactory,
    ContactFactory,
    CorrectionFactory,
    GuardianFactory,
    GuardianshipFactory,
    PhotoItemFactory,
    StudentFactory,
)

NEW = {"name": "刀文忠", "relation": "父亲", "phone": "13800000001", "call_order": "1", "reads_mandarin": ""}


@pytest.fixture(autouse=True)
def children_are_minors():
    """Whatever year the tests run in."""
    with time_machine.travel("2026-11-25T08:00:00+08:00"):
        yield


@pytest.fixture
def registrar(sign_in):
    return sign_in(accounts.RegistrarFactory())


@pytest.fixture
def teacher(db):
    return accounts.HomeroomTeacherFactory()


@pytest.fixture
def own(teacher):
    """A student of the teacher's class."""
    return StudentFactory(school_class=SchoolClassFactory(homeroom_teacher=teacher))


def test_guardian_is_entered_from_the_student_page(registrar):
    student = StudentFactory()
    assert f"/students/{student.id}/guardians/new" in registrar.get(f"/students/{student.id}")
    registrar.get(f"/students/{student.id}/guardians/new")

    registrar.post(f"/students/{student.id}/guardians/new", is_legal_guardian="y", **NEW)

    page = registrar.get(f"/students/{student.id}")
    assert "刀文忠" in page
    assert "13800000001" not in page


def test_known_guardian_is_offered_and_linked_by_choice(registrar):
    elder, younger = StudentFactory(name="刀玉兰"), StudentFactory(name="刀玉香")
    known = GuardianshipFactory(student=elder, guardian=GuardianFactory(name="刀文忠", phone="13800000001")).guardian
    address = f"/students/{younger.id}/guardians/new"
    registrar.get(address)

    page = registrar.post(address, expect=422, **NEW)
    assert "刀玉兰" in page
    assert "不是，另外登记一个人" in page
    assert database.session.query(Guardian).count() == 1
    registrar.post(address, known=str(known.id), **NEW)

    assert database.session.query(Guardian).count() == 1
    assert f'<a href="/students/{elder.id}">刀玉兰</a>' in registrar.get(f"/students/{younger.id}")


def test_edit_form_shows_no_whole_number_and_keeps_what_is_left_empty(registrar):
    bond = GuardianshipFactory(guardian=GuardianFactory(name="刀文忠", phone="13800000001"))
    address = f"/students/{bond.student_id}/guardians/{bond.id}/edit"

    assert "13800000001" not in registrar.get(address)
    registrar.post(address, **NEW | {"phone": "", "language": "傣语", "relation": "叔父"})

    bond = database.session.get(Guardianship, bond.id)
    assert (bond.guardian.phone, bond.guardian.language, bond.relation) == ("13800000001", "傣语", "叔父")
    assert (bond.is_legal_guardian, bond.may_sign) == (False, False)


def test_phone_is_taken_out_by_the_word_for_none(registrar):
    bond = GuardianshipFactory(guardian=GuardianFactory(name="刀文忠", phone="13800000001"))
    address = f"/students/{bond.student_id}/guardians/{bond.id}/edit"
    registrar.get(address)

    registrar.post(address, **NEW | {"phone": "无"})

    assert database.session.get(Guardian, bond.guardian_id).phone is None


def test_homeroom_teacher_changes_contact_data_of_the_own_class_and_nothing_else(sign_in, teacher, own):
    bond = GuardianshipFactory(student=own)
    browser = sign_in(teacher)
    address = f"/students/{own.id}/guardians/{bond.id}/edit"
    assert 'name="is_legal_guardian"' not in browser.get(address)

    browser.post(address, phone="13800000007", language="景颇语", reads_mandarin="no", name="别人", relation="父亲")

    bond = database.session.get(Guardianship, bond.id)
    assert (bond.guardian.phone, bond.guardian.reads_mandarin, bond.relation) == ("13800000007", False, "母亲")
    assert bond.guardian.name != "别人"
    browser.get(f"/students/{own.id}/guardians/new", expect=403)
    browser.get(f"/students/{own.id}/guardians/{bond.id}/end", expect=403)


def test_homeroom_teacher_who_sees_all_students_keeps_contacts_of_the_own_class_only(sign_in, teacher):
    teacher.assignments.append(RoleAssignment(role=Role.SUBJECT_TEACHER))
    database.session.commit()
    foreign = GuardianshipFactory()
    browser = sign_in(teacher)

    browser.get(f"/students/{foreign.student_id}")
    browser.get(f"/students/{foreign.student_id}/guardians/{foreign.id}/edit", expect=403)
    browser.get(f"/students/{foreign.student_id}/contacts/new", expect=403)
    browser.get(f"/students/{foreign.student_id}/consents", expect=403)


def test_guardian_of_another_student_is_not_found_behind_this_one(registrar):
    bond, other = GuardianshipFactory(), StudentFactory()

    registrar.get(f"/students/{other.id}/guardians/{bond.id}/edit", expect=404)


def test_guardian_page_shows_the_children_in_scope(sign_in, teacher, own):
    bond = GuardianshipFactory(student=own)
    foreign = GuardianshipFactory(student=StudentFactory(name="早文瑞"), guardian=bond.guardian)
    stranger = GuardianshipFactory().guardian
    browser = sign_in(teacher)

    page = browser.get(f"/students/guardians/{bond.guardian_id}")

    assert own.name in page
    assert foreign.student.name not in page
    browser.get(f"/students/guardians/{stranger.id}", expect=404)


def test_guardianship_is_ended_with_a_reason(registrar):
    bond = GuardianshipFactory()
    address = f"/students/{bond.student_id}/guardians/{bond.id}/end"
    registrar.get(address)
    registrar.post(address, expect=422, until="2026-01-02", reason="")

    registrar.post(address, until="2026-01-02", reason="监护人变更")

    assert database.session.get(Guardianship, bond.id).until == date(2026, 1, 2)
    assert "2026年1月2日 起不再是" in registrar.get(f"/students/{bond.student_id}")


def test_contact_is_entered_changed_and_removed(sign_in, teacher, own):
    browser = sign_in(teacher)
    browser.get(f"/students/{own.id}/contacts/new")
    browser.post(f"/students/{own.id}/contacts/new", kind="village", name="排勒干", phone="13800000005")
    contact = database.session.query(Contact).one()
    address = f"/students/{own.id}/contacts/{contact.id}"

    assert "13800000005" not in browser.get(f"{address}/edit")
    assert "没有电话" in browser.post(f"{address}/edit", expect=422, kind="village", name="排勒干", phone="无")
    browser.post(f"{address}/edit", kind="village", name="排勒干", phone="", position="村主任")
    assert database.session.get(Contact, contact.id).phone == "13800000005"
    assert "村主任" in browser.get(f"/students/{own.id}")
    browser.post(f"{address}/remove")

    assert database.session.query(Contact).count() == 0


def test_contact_of_another_student_is_not_found(registrar):
    contact = ContactFactory()

    registrar.get(f"/students/{StudentFactory().id}/contacts/{contact.id}/edit", expect=404)


def test_details_are_edited_and_sealed_values_kept(registrar):
    student = StudentFactory(phone="13800000001", address="勐戛镇一号")
    address = f"/students/{student.id}/edit"
    page = registrar.get(address)
    assert [secret for secret in ("13800000001", "勐戛镇一号") if secret in page] == []

    registrar.post(address, native_name="ᥘᥧᥐ", home_school="芒市职校", county_of_origin="533123", phone="", address="")

    page = registrar.get(f"/students/{student.id}")
    assert "芒市职校" in page
    database.session.refresh(student)
    assert (student.phone, student.address, student.native_name) == ("13800000001", "勐戛镇一号", "ᥘᥧᥐ")


def test_consent_on_paper_is_recorded_with_its_scan(sign_in, teacher, own):
    bond = GuardianshipFactory(student=own)
    browser = sign_in(teacher)
    address = f"/students/{own.id}/consents/publicity/record"
    browser.get(address)
    answer = {"answer": "given", "giver": str(bond.id), "answered_on": "2026-09-02", "channel": "paper"}
    assert "扫描件" in browser.post(address, expect=422, **answer)

    browser.post(address, **answer, scans=(BytesIO(PDF), "同意书.pdf"))

    page = browser.get(f"/students/{own.id}/consents")
    assert "同意书.pdf" in page
    assert database.session.query(ConsentRecord).one().given_by == bond.guardian.name


def test_list_of_a_class_shows_who_is_missing_in_the_own_class_only(sign_in, teacher, own):
    foreign = StudentFactory(name="早文瑞")
    page = sign_in(teacher).get("/students/consents")

    assert own.name in page
    assert "差 5 份" in page
    assert "5 missing" in sign_in(teacher).get("/students/consents?lang=en")
    assert foreign.name not in page


def test_consent_is_withdrawn_by_the_office(registrar):
    consent = ConsentRecordFactory()
    address = f"/students/{consent.student_id}/consents/{consent.id}/withdraw"
    registrar.get(address)

    registrar.post(address, withdrawn_by="本人", on="2026-10-01", reason="")

    assert database.session.get(ConsentRecord, consent.id).withdrawn_on == date(2026, 10, 1)


def test_unknown_kind_of_consent_is_not_found(registrar):
    registrar.get(f"/students/{StudentFactory().id}/consents/religion/record", expect=404)


def test_photographs_are_uploaded_reviewed_and_written(registrar):
    student = StudentFactory(student_no="20260701")
    registrar.get("/students/photos")
    upload = (BytesIO(archive({"20260701.jpg": photograph(), "x.txt": b"x"})), "照片.zip")
    registrar.post("/students/photos", file=upload, school_class="")
    batch = database.session.query(PhotoBatch).one()
    address = f"/students/photos/{batch.id}"
    registrar.get(address)
    jobs.run_pending()

    page = registrar.get(address)
    assert "不是照片" in page
    item = next(each for each in queries.photos.matched(batch))
    assert registrar.get(f"{address}/items/{item.id}").startswith(b"\xff\xd8\xff")
    registrar.post(f"{address}/commit")

    assert f'src="/students/{student.id}/photo"' in registrar.get(f"/students/{student.id}")
    assert registrar.get(f"/students/{student.id}/photo").startswith(b"\xff\xd8\xff")


def test_upload_that_is_no_archive_comes_back(registrar):
    registrar.get("/students/photos")

    page = registrar.post("/students/photos", expect=422, file=(BytesIO(b"x"), "a.zip"), school_class="")

    assert "不是 ZIP" in page


def test_upload_for_an_unknown_class_comes_back(registrar):
    registrar.get("/students/photos")

    upload = (BytesIO(archive({"a.jpg": b"x"})), "a.zip")
    page = registrar.post("/students/photos", expect=422, file=upload, school_class="没有的班")

    assert "没有名为“没有的班”的班级" in page


def test_dropped_upload_is_said_to_be_dropped(registrar):
    batch_id = PhotoItemFactory().batch_id
    registrar.get(f"/students/photos/{batch_id}")

    registrar.post(f"/students/photos/{batch_id}/cancel")

    assert database.session.get(PhotoBatch, batch_id).status is PhotoBatchStatus.CANCELLED


def test_portrait_is_seen_within_the_scope_only(sign_in, registrar, teacher, own):
    foreign = StudentFactory(student_no="20260701")
    batch = service.upload_photos(
        archive({"20260701.jpg": photograph(), f"{own.student_no}.jpg": photograph()}),
        filename="a.zip",
        by=accounts.RegistrarFactory(),
    )
    database.session.commit()
    jobs.run_pending()
    service.commit_photos(database.session.get(PhotoBatch, batch.id), by=accounts.RegistrarFactory())
    database.session.commit()
    browser = sign_in(teacher)

    browser.get(f"/students/{own.id}/photo")
    browser.get(f"/students/{foreign.id}/photo", expect=404)


def test_student_asks_and_reads_the_answer(sign_in, registrar):
    user = accounts.StudentUserFactory()
    student = StudentFactory(user=user, phone="13800000001")
    browser = sign_in(user)
    address = f"/students/mine/{student.id}/corrections/new"
    browser.get(address)
    browser.post(address, field="phone", new_value="13800000002", reason="换了号码")
    assert "等待处理" in browser.get("/students/mine")
    correction = database.session.query(Correction).one()
    assert "处理 1 件更正申请" in registrar.get("/")
    assert "138****0002" in registrar.get("/students/corrections")
    registrar.get(f"/students/corrections/{correction.id}")

    registrar.post(f"/students/corrections/{correction.id}/refuse", refusal="号码打不通")

    assert "更正申请有答复：联系电话" in browser.get("/")
    assert "号码打不通" in browser.get("/students/mine")
    assert "更正申请有答复" not in browser.get("/")


def test_registrar_approves_key_data_and_files_it(registrar):
    student = StudentFactory(name="刀玉兰")
    correction = CorrectionFactory(student=student, field=CorrectionField.NAME, old_value="刀玉兰", new_value="刀玉香")
    address = f"/students/corrections/{correction.id}"
    registrar.get(address)
    registrar.post(f"{address}/approve", filed_on="")
    assert "还没有报备" in registrar.get("/students/corrections?show=unfiled")

    registrar.get(address)
    registrar.post(f"{address}/filing", filed_on="2026-11-02")

    correction = database.session.get(Correction, correction.id)
    assert (correction.student.name, correction.filed_on) == ("刀玉香", date(2026, 11, 2))


def test_refused_approval_stays_on_the_page(registrar):
    correction = CorrectionFactory(old_value="13800000009")
    address = f"/students/corrections/{correction.id}"
    registrar.get(address)

    page = registrar.post(f"{address}/approve", expect=422, filed_on="")

    assert "已经改过" in page
    assert database.session.get(Correction, correction.id).status is CorrectionStatus.PENDING


def test_second_request_for_the_same_field_comes_back(sign_in):
    user = accounts.StudentUserFactory()
    student = StudentFactory(user=user, phone="13800000001")
    CorrectionFactory(student=student, asked_by=user)
    browser = sign_in(user)
    browser.get(f"/students/mine/{student.id}/corrections/new")

    wish = {"field": "phone", "new_value": "13800000003", "reason": "又换了"}
    page = browser.post(f"/students/mine/{student.id}/corrections/new", expect=422, **wish)

    assert "在等待处理" in page


def test_guardian_asks_for_the_own_phone_with_the_child_and_withdraws(sign_in):
    user = accounts.GuardianUserFactory()
    bond = GuardianshipFactory(guardian=GuardianFactory(user=user))
    browser = sign_in(user)
    address = f"/students/mine/{bond.student_id}/corrections/new"
    browser.get(address)
    browser.post(address, field=f"guardian-{bond.guardian_id}", new_value="13800000002", reason="换了号码")
    correction = database.session.query(Correction).one()
    browser.get("/students/mine")

    browser.post(f"/students/mine/corrections/{correction.id}/withdraw")

    assert database.session.get(Correction, correction.id).status is CorrectionStatus.WITHDRAWN


def test_requests_of_others_are_not_theirs_to_withdraw(sign_in):
    user = accounts.StudentUserFactory()
    StudentFactory(user=user)
    foreign = CorrectionFactory()
    browser = sign_in(user)
    browser.get("/students/mine")

    browser.post(f"/students/mine/corrections/{foreign.id}/withdraw", expect=404)
    browser.get(f"/students/mine/{foreign.student_id}/corrections/new", expect=404)
    browser.get(f"/students/mine/{foreign.student_id}/consents/publicity", expect=404)


def test_own_page_shows_masked_values_and_who_looked_by_role(sign_in, registrar):
    user = accounts.StudentUserFactory()
    student = StudentFactory(user=user, resident_id="999999201005062018", phone="13800000001")
    registrar.get(f"/students/{student.id}")
    registrar.get(f"/students/{student.id}")

    page = sign_in(user).get("/students/mine")

    assert [secret for secret in ("999999201005062018", "13800000001") if secret in page] == []
    assert queries.looks_by_role(student) == [(Role.REGISTRAR, 2, 0)]
    assert "2 次" in page
    assert timeline(student, without=["student.opened"]) == []


def test_opening_the_own_record_is_no_look(sign_in):
    user = accounts.StudentUserFactory()
    student = StudentFactory(user=user)

    sign_in(user).get("/students/mine")

    assert queries.looks_by_role(student) == []


def test_guardian_of_two_children_chooses_between_them(sign_in):
    user = accounts.GuardianUserFactory()
    guardian = GuardianFactory(user=user)
    one, two = (GuardianshipFactory(guardian=guardian).student for _number in range(2))
    foreign = StudentFactory()
    browser = sign_in(user)

    page = browser.get(f"/students/mine?student={two.id}")

    assert f"student={one.id}" in page
    assert f"<h1>{two.name}的资料</h1>" in page
    assert foreign.name not in browser.get(f"/students/mine?student={foreign.id}")


def test_guardian_of_an_adult_is_told_why_nothing_is_there(sign_in):
    user = accounts.GuardianUserFactory()
    GuardianshipFactory(student=StudentFactory(birth_date=date(2000, 1, 1)), guardian=GuardianFactory(user=user))

    assert "年满十八周岁" in sign_in(user).get("/students/mine")


def test_family_answers_and_takes_back_on_the_phone(sign_in):
    user = accounts.GuardianUserFactory()
    bond = GuardianshipFactory(guardian=GuardianFactory(user=user))
    browser = sign_in(user)
    address = f"/students/mine/{bond.student_id}/consents/publicity"
    browser.get(address)
    browser.post(address, agree="1")
    assert queries.has_agreed(bond.student, ConsentKind.PUBLICITY)

    browser.get(address)
    browser.post(address, withdraw="1")

    assert not queries.has_agreed(bond.student, ConsentKind.PUBLICITY)


def test_family_is_told_who_answers_instead(sign_in):
    user = accounts.GuardianUserFactory()
    bond = GuardianshipFactory(guardian=GuardianFactory(user=user))
    browser = sign_in(user)
    address = f"/students/mine/{bond.student_id}/consents/guardian_after_18"

    assert "由学生本人决定" in browser.get(address)
    browser.post(address, expect=422, agree="1")


def test_scan_of_a_consent_is_not_open_to_teachers_who_only_see_the_student(sign_in):
    scan = attach(ConsentRecordFactory(), filename="a.pdf", content=PDF, by=None)
    database.session.commit()
    browser = sign_in(accounts.SubjectTeacherFactory())
    browser.get("/students")

    browser.post(f"/attachments/{scan.id}", expect=404)


def test_county_of_origin_is_chosen_by_name(registrar):
    student = StudentFactory()
    address = f"/students/{student.id}/edit"
    CooperationProjectFactory(regions=[ProjectRegion(area="513400")])

    page = registrar.get(address)

    assert 'value="云南省德宏傣族景颇族自治州芒市"' in page
    assert page.index("瑞丽市 533102") < page.index("西昌市 513401") < page.index("官渡区 530111")
    registrar.post(address, county_of_origin="盈江县", phone="", address="")
    assert "盈江县" in registrar.get(f"/students/{student.id}")
    database.session.refresh(student)
    assert student.county_of_origin == "533123"
    assert "没有“火星”" in registrar.post(address, expect=422, county_of_origin="火星", phone="", address="")
