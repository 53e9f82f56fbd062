"""A class graduates: whom the audit holds back, and how the order goes on with the others."""

import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import select

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.database import get_or_404
from exchange.orders import checklist, queries, service
from exchange.orders.kinds import OrderKind
from exchange.orders.models import OrderStatus, StatusOrder
from exchange.orders.service.confirming import OrderRefused
from exchange.students.models import StudentStatus
from tests.factories.accounts import HomeroomTeacherFactory, PrincipalFactory, RegistrarFactory
from tests.factories.graduates import behave, study
from tests.factories.orders import draft
from tests.factories.programmes import ProgrammeFactory, SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory

K = OrderKind
JUNE = date(2027, 6, 20)
TERMS = [
    (2024, 1, date(2024, 9, 1), date(2025, 1, 17)),
    (2024, 2, date(2025, 2, 17), date(2025, 7, 4)),
    (2025, 1, date(2025, 9, 1), date(2026, 1, 23)),
    (2025, 2, date(2026, 3, 2), date(2026, 7, 10)),
    (2026, 1, date(2026, 9, 1), date(2027, 1, 22)),
    (2026, 2, date(2027, 2, 22), date(2027, 7, 9)),
]
HELD = 3
PASSED = {"audit_passed_on": date(2027, 6, 11)}


class Leavers:
    """Twelve students in their last June; two lack a mark, one fails a course."""

    def __init__(self):
        terms = [TermFactory(school_year=y, number=n, starts_on=first, ends_on=last) for y, n, first, last in TERMS]
        self.school_class = SchoolClassFactory(
            intake_year=2024,
            programme=ProgrammeFactory(intake_year=2024),
            homeroom_teacher=HomeroomTeacherFactory(),
        )
        same = {"school_class": self.school_class, "enrolled_on": date(2024, 9, 1), "birth_date": date(2009, 3, 1)}
        self.students = StudentFactory.create_batch(12, **same)
        self.unmarked, self.failed, self.ready = self.students[:2], self.students[2], self.students[3:]
        marks = {each: {"语文": None} for each in self.unmarked} | {self.failed: {"前厅服务": Decimal(52)}}
        study(self.school_class, self.students, terms, marks=marks)
        behave(self.students, terms[:-1])
        database.session.commit()

    def draft(self, evidence=None):
        return draft(K.GRADUATION, self.students, effective_on=JUNE, evidence=evidence or PASSED)


@pytest.fixture
def leavers(db):
    with time_machine.travel("2027-06-20T09:00:00+08:00", tick=False):
        yield Leavers()


def statuses(students):
    return {student.status for student in students}


def test_everybody_whom_the_audit_holds_back_is_refused_by_name_with_every_missing_thing(leavers):
    order = leavers.draft()

    with pytest.raises(OrderRefused) as refusal:
        service.confirm_order(order, reason="领导同意", by=None)

    article = "（《浙江省中等职业学校学生学籍管理实施细则（试行）》第42条）"
    first, second = (student.name for student in leavers.unmarked)
    assert str(refusal.value).split("\n") == [
        f"{first}、{second}：GR-01 语文：还没有公布的成绩{article}",
        f"{leavers.failed.name}：GR-01 前厅服务：不及格（52），补考 0 次{article}",
    ]
    database.session.rollback()
    assert statuses(leavers.students) == {StudentStatus.REGISTERED}


@pytest.mark.parametrize("person", [RegistrarFactory, PrincipalFactory])
def test_nobody_confirms_past_the_audit(leavers, sign_in, person):
    order, browser = leavers.draft(), sign_in(person())
    browser.get(f"/orders/{order.id}")

    page = browser.post(f"/orders/{order.id}/confirm", reason="领导同意", expect=409)

    assert "GR-01" in page
    assert statuses(leavers.students) == {StudentStatus.REGISTERED}


def test_page_says_each_thing_once_and_leads_to_what_mends_it(leavers, sign_in):
    order = leavers.draft(evidence={"audit_passed_on": None})

    page = sign_in(RegistrarFactory()).get(f"/orders/{order.id}")

    assert page.count("缺少毕业审核通过的日期") == 1
    assert "全部 12 人" in page
    assert f'href="/orders/{order.id}/edit#evidence_audit_passed_on"' in page
    assert page.count("语文：还没有公布的成绩") == 1
    assert "以下 2 人：" in page
    for student in [*leavers.unmarked, leavers.failed]:
        assert f'href="/coursework/graduation/students/{student.id}">{student.name}' in page
    assert f'href="/coursework/graduation/students/{leavers.ready[0].id}"' not in page


def test_the_field_that_the_page_leads_to_is_there(leavers, sign_in):
    order = leavers.draft(evidence={"audit_passed_on": None})

    assert 'id="evidence_audit_passed_on"' in sign_in(RegistrarFactory()).get(f"/orders/{order.id}/edit")


def test_order_goes_on_with_the_others_and_completion_is_offered(leavers, sign_in):
    order, browser = leavers.draft(), sign_in(RegistrarFactory())
    page = browser.get(f"/orders/{order.id}")
    assert "3 人现在不能办，其余 9 人可以先办。" in page
    offered = re.search(r'href="(/orders/new/completion[^"]+)"', page)[1].replace("&amp;", "&")

    form = browser.get(offered)
    assert form.count("checked") == HELD
    browser.get(f"/orders/{order.id}")
    browser.post(f"/orders/{order.id}/leave-out")
    assert f"移出了 3 人：{leavers.unmarked[0].name}、" in browser.get(f"/orders/{order.id}")
    browser.post(f"/orders/{order.id}/confirm")

    assert order.status is OrderStatus.CONFIRMED
    assert statuses(leavers.ready) == {StudentStatus.GRADUATED}
    assert statuses([*leavers.unmarked, leavers.failed]) == {StudentStatus.REGISTERED}
    left_out = next(line.changes["left_out"] for line in timeline(order) if "left_out" in (line.changes or {}))
    assert sorted(left_out) == sorted(each.student_no for each in leavers.students[:HELD])


def test_form_chooses_those_who_may_graduate_and_names_the_others(leavers, sign_in):
    browser = sign_in(RegistrarFactory())
    assert "起草毕业单" in browser.get(f"/coursework/graduation/classes/{leavers.school_class.id}")

    page = browser.get(f"/orders/new/graduation?class={leavers.school_class.name}")

    assert "以下 3 人审核没有通过，没有选上" in page
    for student in leavers.students:
        is_chosen = re.search(rf'<input[^>]*checked[^>]*value="{student.id}"', page) is not None
        assert is_chosen == (student in leavers.ready), student.name


def test_nobody_can_be_left_out_where_nobody_would_remain(leavers):
    order = leavers.draft()

    with pytest.raises(service.NotDraftable, match="作废草稿"):
        service.leave_out(order, leavers.students, by=None)


def test_homeroom_teacher_reads_what_is_missing_and_changes_nothing(leavers, sign_in):
    order, browser = leavers.draft(), sign_in(leavers.school_class.homeroom_teacher)

    page = browser.get(f"/orders/{order.id}")

    assert "语文：还没有公布的成绩" in page
    assert "leave-out" not in page
    browser.post(f"/orders/{order.id}/leave-out", expect=403)


def test_a_larger_class_takes_no_more_statements(leavers, count_queries):
    one = draft(K.GRADUATION, leavers.unmarked[:1], effective_on=JUNE, evidence=PASSED).id
    everybody = leavers.draft().id

    def weigh(order_id):
        database.session.expunge_all()
        with count_queries() as statements:
            checklist.rows(get_or_404(queries.for_page(select(StatusOrder)), order_id))
        return statements.count

    assert weigh(everybody) <= weigh(one)
