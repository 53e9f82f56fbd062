"""Choices: who may make which, until when, and who has not."""

from datetime import date

import pytest
import time_machine

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.partners.values import Hazard
from exchange.selection import queries, service
from exchange.selection.models import InternshipApplication, OpeningClass
from exchange.students.models import Sex, StudentStatus
from tests.factories.accounts import (
    GuardianUserFactory,
    HomeroomTeacherFactory,
    InternshipOfficerFactory,
    StudentUserFactory,
)
from tests.factories.partners import PostFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.selection import (
    AFTERWARDS,
    IN_TIME,
    InternshipBatchFactory,
    OpeningFactory,
    applied,
    taking_part,
)
from tests.factories.students import GuardianshipFactory, StudentFactory

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def batch(db):
    return InternshipBatchFactory()


@time_machine.travel(IN_TIME)
def test_choices_are_kept_in_order_and_can_be_changed(batch):
    first, second, third = OpeningFactory.create_batch(3, batch=batch)
    student = taking_part(batch)

    service.apply(batch, student, opening_ids=[first.id, second.id], by=None)
    application = service.apply(batch, student, opening_ids=[third.id, first.id], by=None)
    database.session.commit()

    assert [choice.opening_id for choice in queries.application_of(batch, student).choices] == [third.id, first.id]
    assert timeline(application)[0].changes["openings"] == [[first.id, second.id], [third.id, first.id]]


@time_machine.travel(IN_TIME)
def test_two_choices_change_places(batch):
    first, second = OpeningFactory.create_batch(2, batch=batch)
    student = taking_part(batch)
    for ids in ([first.id, second.id], [second.id, first.id]):
        service.apply(batch, student, opening_ids=ids, by=None)
        database.session.commit()
        database.session.expire_all()

    assert queries.application_of(batch, student).opening_ids == [second.id, first.id]


@pytest.mark.parametrize("moment", ["2026-11-30 04:00", AFTERWARDS])
def test_outside_of_the_days_nothing_is_taken(batch, moment):
    opening, student = OpeningFactory(batch=batch), taking_part(batch)

    with time_machine.travel(moment), pytest.raises(NotPossible):
        service.apply(batch, student, opening_ids=[opening.id], by=None)


@time_machine.travel("2026-12-10 15:59")  # a minute before midnight at the school
def test_last_day_counts_to_its_end(batch):
    opening, student = OpeningFactory(batch=batch), taking_part(batch)

    assert service.apply(batch, student, opening_ids=[opening.id], by=None).opening_ids == [opening.id]


@time_machine.travel(IN_TIME)
def test_choices_that_cannot_be_meant_are_refused(batch):
    openings, student = OpeningFactory.create_batch(4, batch=batch), taking_part(batch)
    ids, elsewhere = [each.id for each in openings], OpeningFactory()

    for wrong, sentence in (
        ([], "至少选一个"),
        (ids, "最多选 3 个"),
        ([ids[0], ids[0]], "只能选一次"),
        ([elsewhere.id], "不在这个批次里"),
    ):
        with pytest.raises(service.NotTheseChoices, match=sentence):
            service.apply(batch, student, opening_ids=wrong, by=None)


@time_machine.travel(IN_TIME)
def test_who_does_not_take_part_cannot_apply(batch):
    opening, gone = OpeningFactory(batch=batch), taking_part(batch, status=StudentStatus.ON_LEAVE)

    with pytest.raises(service.NotTheseChoices, match="不在读"):
        service.apply(batch, gone, opening_ids=[opening.id], by=None)
    with pytest.raises(service.NotTheseChoices, match="不参加这个批次"):
        service.apply(batch, StudentFactory(), opening_ids=[opening.id], by=None)


@time_machine.travel(IN_TIME)
@pytest.mark.parametrize(
    ("student", "post", "sentence"),
    [
        ({"birth_date": date(2011, 3, 1)}, {}, "未满16周岁"),
        ({"enrolled_on": date(2026, 9, 1)}, {}, "一年级"),
        ({"birth_date": date(2009, 6, 1)}, {"hazards": [Hazard.COLD_WATER.value]}, "未成年"),
        ({"sex": Sex.FEMALE}, {"hazards": [Hazard.UNDERGROUND.value]}, "女学生"),
        ({"sex": Sex.MALE}, {"hazards": None}, "危害"),
    ],
)
def test_the_law_is_asked_before_anybody_chooses(batch, student, post, sentence):
    opening, who = OpeningFactory(batch=batch, post=PostFactory(**post)), taking_part(batch, **student)

    with pytest.raises(service.NotTheseChoices) as refusal:
        service.apply(batch, who, opening_ids=[opening.id], by=None)

    assert sentence in str(refusal.value)


@time_machine.travel(IN_TIME)
def test_opening_of_another_class_is_no_choice(batch):
    opening, student, other = OpeningFactory(batch=batch), taking_part(batch), SchoolClassFactory()
    opening.class_rows.append(OpeningClass(class_id=other.id))
    database.session.commit()

    with pytest.raises(service.NotTheseChoices, match="不面向这个班"):
        service.apply(batch, student, opening_ids=[opening.id], by=None)


@time_machine.travel(IN_TIME)
def test_student_ranks_choices_on_the_phone_and_takes_them_back(sign_in, home, batch):
    near, far = OpeningFactory.create_batch(2, batch=batch)
    student, friend = taking_part(batch, user=StudentUserFactory()), taking_part(batch)
    browser, url = sign_in(student.user), f"/selection/batches/{batch.id}/students/{student.id}/application"
    assert home(student.user) == [f"交实习志愿：{batch.name}"]
    browser.get(url)

    browser.post(url, **{"choices-0": far.id, "choices-1": near.id, "choices-2": 0, "companion_id": friend.id})
    page = browser.get("/selection/mine")
    assert page.index(far.title) < page.index(near.title)
    assert friend.name in page
    assert home(student.user) == []
    browser.get(url)
    browser.post(url, **{"choices-0": 0, "choices-1": 0, "choices-2": 0, "companion_id": 0})

    assert "还没有交志愿" in browser.get("/selection/mine")
    assert database.session.query(InternshipApplication).one().choices == []


@time_machine.travel(IN_TIME)
def test_page_says_why_an_opening_cannot_be_chosen(sign_in, batch):
    opening = OpeningFactory(batch=batch, post=PostFactory(hazards=[Hazard.UNDERGROUND.value]))
    student = taking_part(batch, user=StudentUserFactory())

    page = sign_in(student.user).get(f"/selection/batches/{batch.id}/students/{student.id}/application")

    assert "不能选：岗位含有" in page
    assert f'<option value="{opening.id}">' not in page


@time_machine.travel(IN_TIME)
def test_guardian_sees_the_choices_and_does_not_make_them(sign_in, batch):
    opening = OpeningFactory(batch=batch)
    child = applied(batch, opening, birth_date=date(2009, 6, 1))
    guardian = GuardianshipFactory(student=child, guardian__user=GuardianUserFactory()).guardian
    database.session.commit()
    browser = sign_in(guardian.user)

    page = browser.get("/selection/mine")

    assert opening.title in page
    assert "志愿由孩子自己" in page
    browser.get(f"/selection/batches/{batch.id}/students/{child.id}/application", expect=403)


@time_machine.travel(IN_TIME)
def test_teacher_enters_paper_for_the_own_class_only(sign_in, batch):
    opening, student = OpeningFactory(batch=batch), taking_part(batch)
    other = taking_part(batch, school_class=SchoolClassFactory())
    teacher = HomeroomTeacherFactory()
    student.school_class.homeroom_teacher_id = teacher.id
    database.session.commit()
    browser, url = sign_in(teacher), f"/selection/batches/{batch.id}/students/{student.id}/application"

    page = browser.get(f"/selection/batches/{batch.id}/applications")
    assert student.name in page
    assert other.name not in page
    browser.get(url)
    browser.post(url, **{"choices-0": opening.id, "companion_id": 0})

    assert queries.application_of(batch, student).handed_in_by_id == teacher.id
    browser.get(f"/selection/batches/{batch.id}/students/{other.id}/application", expect=404)


@time_machine.travel(IN_TIME)
def test_list_names_who_has_not_applied(sign_in, batch):
    opening = OpeningFactory(batch=batch)
    there, missing = applied(batch, opening), taking_part(batch)

    page = sign_in(InternshipOfficerFactory()).get(f"/selection/batches/{batch.id}/applications")

    assert "还没有交的 1 人" in page
    assert page.index(missing.name) < page.index("已交 1 人") < page.index(f">{there.name}<")


@time_machine.travel(IN_TIME)
def test_page_answers_in_english(sign_in, batch):
    OpeningFactory(batch=batch, pay=2600)
    student = taking_part(batch, user=StudentUserFactory())

    page = sign_in(student.user).get(f"/selection/batches/{batch.id}/students/{student.id}/application?lang=en")

    assert "Hand in choices" in page
    assert "¥2,600.00 a month" in page
