"""What a bureau and the auditor read of students: their list and one page, masked, and nothing that can be changed."""

import json
from datetime import UTC, date, datetime

import pytest

from exchange.accounts.models import RoleAssignment
from exchange.accounts.roles import GRANTS, Permission, Role
from exchange.core.database import db as database
from exchange.orders.evidence import Ground
from exchange.orders.kinds import OrderKind
from exchange.partners.models import PartnerRegion
from exchange.placements.models import PlacementStatus
from exchange.students import policy, queries
from tests.factories.accounts import AuditorFactory, HomeroomTeacherFactory, PartnerUserFactory, RegistrarFactory
from tests.factories.enrolment import ApplicantFactory
from tests.factories.orders import confirmed
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import ContactFactory, GuardianshipFactory, StudentFactory
from tests.factories.welfare import HolidayStayFactory, SeatFactory

MANGSHI, LIANGHE, CHENGDU = "533103", "533122", "510104"
DAY = date(2026, 10, 8)


def bureau(*regions):
    user = PartnerUserFactory()
    database.session.add_all(PartnerRegion(user_id=user.id, area=region) for region in regions)
    database.session.commit()
    return user


def listed(user):
    return {student.name for student in database.session.scalars(policy.listed_for(user))}


@pytest.fixture
def three(db):
    return [StudentFactory(name=f"刀{county}", county_of_origin=county) for county in (MANGSHI, LIANGHE, CHENGDU)]


@pytest.mark.parametrize(
    ("regions", "seen"),
    [
        ([], []),
        ([MANGSHI], [MANGSHI]),
        ([MANGSHI, CHENGDU], [MANGSHI, CHENGDU]),
        (["533100"], [MANGSHI, LIANGHE]),
        (["530000"], [MANGSHI, LIANGHE]),
        (["510000"], [CHENGDU]),
    ],
)
def test_a_bureau_lists_the_students_of_its_regions(three, regions, seen):
    assert listed(bureau(*regions)) == {f"刀{county}" for county in seen}


def test_who_comes_from_nowhere_known_is_on_no_bureaus_list(db):
    StudentFactory(county_of_origin="")

    assert listed(bureau("530000")) == set()


def test_the_list_gives_no_other_feature_anything(three):
    for user in (bureau("533100"), AuditorFactory()):
        assert database.session.scalars(policy.visible_to(user)).all() == []
        assert database.session.scalars(policy.guardians_visible_to(user)).all() == []


def test_the_auditor_lists_everybody_and_no_whole_name(three, sign_in):
    browser = sign_in(AuditorFactory())

    page = browser.get("/students")

    assert listed(AuditorFactory()) == {student.name for student in three}
    for student in three:
        assert student.student_no in page
        assert student.name not in page
        assert student.pinyin not in page
        assert student.name not in browser.get(f"/students/{student.id}")
    assert "刀****3" in page
    assert {row["label"] for row in json.loads(browser.get("/finder?q=刀"))} == {"刀****3", "刀****2", "刀****4"}


def test_a_list_is_searched_filtered_sorted_and_paged_as_every_list(three, sign_in):
    browser = sign_in(bureau("533100"))

    assert "刀533103" in browser.get("/students?q=刀")
    assert "刀510104" not in browser.get("/students?q=刀")
    assert "没有找到" in browser.get(f"/students?q={three[2].student_no}")
    assert browser.get("/finder?q=刀510104") == "[]\n"
    page = browser.get("/students?sort=-number")
    assert page.index("刀533122") < page.index("刀533103")
    page = browser.get(f"/students?county={LIANGHE}")
    assert ("刀533122" in page, "刀533103" in page) == (True, False)
    assert "刀510104" not in browser.get(f"/students?county={CHENGDU}")
    assert "刀533122" not in browser.get(f"/students?class={three[0].school_class.name}")


def test_a_bureau_of_one_county_is_offered_no_choice_of_counties(three, sign_in):
    assert 'name="county"' in sign_in(bureau("533100")).get("/students")
    assert 'name="county"' not in sign_in(bureau(MANGSHI)).get("/students")
    assert 'name="county"' not in sign_in(RegistrarFactory()).get("/students")


def test_a_namesake_of_another_county_does_not_show(three, sign_in):
    StudentFactory(name="刀533103", county_of_origin=CHENGDU)

    assert "2010-05 生" not in sign_in(bureau("533100")).get("/students")
    assert "2010-05 生" in sign_in(RegistrarFactory()).get("/students")


def test_the_list_speaks_of_any_day_and_any_status(sign_in, db):
    student = StudentFactory(birth_date=date(2008, 5, 6))
    proof = {"student_applied_on": DAY, "guardian_applied_on": DAY}
    confirmed(OrderKind.WITHDRAWAL, [student], effective_on=DAY, evidence=proof)
    browser = sign_in(bureau(MANGSHI))

    for query, is_there in (
        ("as_of=2026-10-07", True),
        ("as_of=2026-10-08", False),
        ("status=03", True),
        ("status=01", False),
        ("status=01&as_of=2026-10-07", True),
        ("status=03&as_of=2026-10-07", False),
        ("status=none", True),
    ):
        assert (student.student_no in browser.get(f"/students?{query}")) == is_there, query


def test_page_of_a_student_says_how_things_stand(sign_in, db):
    teacher = HomeroomTeacherFactory(name="段老师")
    student = StudentFactory(school_class=SchoolClassFactory(homeroom_teacher=teacher), poverty="脱贫户")
    ApplicantFactory(arrived=True, student=student, arrived_at=datetime(2026, 9, 1, 6, tzinfo=UTC))
    SeatFactory(student=student, group__name="芒市组", arrived_at=datetime(2027, 1, 22, 2, tzinfo=UTC))
    placement = PlacementFactory(student=student, status=PlacementStatus.ACTIVE)
    proof = {"ground": Ground.ILLNESS, "hospital_certificate_on": DAY}
    leave = confirmed(OrderKind.LEAVE, [student], evidence=proof, reason="家里的事")
    confirmed(OrderKind.SANCTION, [student])

    page = sign_in(bureau(MANGSHI)).get(f"/students/{student.id}")

    for words in ("段老师", student.school_class.name, "9月1日", "芒市组", placement.host.name, "实习中"):
        assert words in page, words
    assert leave.number in page
    assert "999999********" in page
    for words in ("疾病", "家里的事", "处分", "脱贫户", student.resident_id):
        assert words not in page, words


def test_page_without_anything_says_so(sign_in, db):
    student = StudentFactory()

    page = sign_in(bureau(MANGSHI)).get(f"/students/{student.id}")

    assert "没有异动" in page
    assert "没有安排" in page


def test_who_stays_in_the_holiday_is_told_as_such(sign_in, db):
    student = StudentFactory()
    HolidayStayFactory(student=student, trip__name="2027年寒假")

    assert "2027年寒假不回家" in sign_in(bureau(MANGSHI)).get(f"/students/{student.id}")


@pytest.mark.parametrize("person", [lambda: bureau(MANGSHI), AuditorFactory])
def test_no_number_of_the_family_and_no_way_to_change_anything(sign_in, db, person):
    student = StudentFactory(phone="13900001111", address="芒市示范路1号")
    bond = GuardianshipFactory(student=student, guardian__phone="13900002222")
    ContactFactory(student=student, phone="13900003333")
    browser = sign_in(person())

    page = browser.get(f"/students/{student.id}")

    for hidden in ("1111", "2222", "3333", bond.guardian.name, "示范路", "查看完整信息", "修改资料", "导出", "成绩"):
        assert hidden not in page, hidden
    browser.get(f"/students/guardians/{bond.guardian_id}", expect=404)
    for closed in ("edit", "transcript", "orders", "consents", "welfare"):
        assert browser.client.get(f"/students/{student.id}/{closed}").status_code in {403, 404}, closed
    browser.get("/students/export", expect=403)
    browser.post(f"/students/{student.id}/reveal", expect=403, field="phone", reason="看一看")


def test_the_family_can_read_that_the_bureau_has_looked(sign_in, db):
    student = StudentFactory()
    sign_in(bureau(MANGSHI)).get(f"/students/{student.id}")

    assert queries.looks_by_role(student) == [(Role.PARTNER, 1, 0)]


def test_students_of_other_counties_are_not_found(three, sign_in):
    browser = sign_in(bureau("533100"))

    browser.get(f"/students/{three[2].id}", expect=404)
    browser.get(f"/students/{three[0].id}/photo", expect=404)


def test_a_homeroom_teacher_who_is_also_an_auditor_keeps_the_whole_page_of_the_own_class(sign_in, db):
    teacher = HomeroomTeacherFactory()
    teacher.assignments.append(RoleAssignment(role=Role.AUDITOR))
    own = StudentFactory(school_class=SchoolClassFactory(homeroom_teacher=teacher))
    other = StudentFactory()
    database.session.commit()
    browser = sign_in(teacher)

    assert "监护人" in browser.get(f"/students/{own.id}")
    assert "监护人" not in browser.get(f"/students/{other.id}")


def test_a_bureau_without_regions_is_told_whom_to_ask(sign_in, db):
    StudentFactory()

    page = sign_in(bureau()).get("/students")

    assert "联系学校的学籍管理员" in page
    assert "导入名册" not in page


def test_the_auditor_may_do_nothing_but_read():
    reading = {Permission.AUDIT_VIEW, Permission.CERTIFICATE_VIEW, Permission.STUDENT_VIEW}

    assert GRANTS[Role.AUDITOR] == reading
