"""Batches and openings: what makes sense, who sees them, and what the trail says."""

from datetime import date

import pytest
import time_machine

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.selection import service
from exchange.selection.models import BatchStatus, InternshipBatch
from tests.factories.accounts import (
    HomeroomTeacherFactory,
    InternshipOfficerFactory,
    PrincipalFactory,
    StudentUserFactory,
)
from tests.factories.partners import PostFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.selection import InternshipBatchFactory, OpeningFactory, applied, taking_part

BATCH = {
    "name": "2027 年春季岗位实习",
    "school_year": 2026,
    "term_number": 2,
    "starts_on": date(2027, 3, 1),
    "ends_on": date(2027, 8, 27),
    "applications_from": date(2026, 12, 1),
    "applications_until": date(2026, 12, 10),
}


def test_batch_takes_the_numbers_of_the_school_where_none_are_given(db):
    batch = service.create_batch(class_ids=[SchoolClassFactory().id], by=InternshipOfficerFactory(), **BATCH)

    assert (batch.status, batch.most_choices, batch.appeal_days) == (BatchStatus.DRAFT, 3, 5)
    assert [event.label for event in timeline(batch)] == ["建立实习批次"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ends_on": date(2027, 2, 1)}, "最后一天不能早于第一天"),
        ({"ends_on": date(2037, 2, 1)}, "最长两年"),
        ({"applications_until": date(2026, 11, 1)}, "志愿截止日期不能早于开始日期"),
        ({"applications_until": date(2027, 3, 1)}, "以前截止"),
        ({"class_ids": []}, "至少选一个班级"),
    ],
)
def test_batch_that_cannot_be_meant_is_refused(db, changed, sentence):
    values = BATCH | {"class_ids": [SchoolClassFactory().id]} | changed

    with pytest.raises(service.NotThisBatch, match=sentence):
        service.create_batch(by=None, **values)


def test_name_of_another_batch_is_refused(db):
    other = InternshipBatchFactory()

    with pytest.raises(service.NotThisBatch, match="换一个名称"):
        service.create_batch(class_ids=[SchoolClassFactory().id], by=None, **BATCH | {"name": other.name})


def test_class_with_applications_stays_in_the_batch(db):
    batch = InternshipBatchFactory()
    applied(batch, OpeningFactory(batch=batch))

    with pytest.raises(service.NotThisBatch, match="已有 1 人"):
        service.change_batch(batch, class_ids=[SchoolClassFactory().id], by=None, **BATCH)


def test_batch_is_announced_only_with_something_to_choose(db):
    batch = InternshipBatchFactory(status=BatchStatus.DRAFT)
    with pytest.raises(service.NotThisBatch, match="至少一个岗位"):
        service.announce(batch, by=None)

    OpeningFactory(batch=batch)
    service.announce(batch, by=None)

    assert batch.status is BatchStatus.ANNOUNCED


def test_post_is_offered_once_and_only_to_classes_of_the_batch(db):
    batch, post = InternshipBatchFactory(), PostFactory()
    taking_part(batch)
    service.add_opening(batch, post, places=3, by=None)
    database.session.commit()

    with pytest.raises(service.NotThisOpening, match="已经在这个批次里"):
        service.add_opening(batch, post, places=3, by=None)
    with pytest.raises(service.NotThisOpening, match="参加这个批次的班级"):
        service.add_opening(batch, PostFactory(), places=3, class_ids=[SchoolClassFactory().id], by=None)
    with pytest.raises(service.NotThisOpening, match="至少要两个"):
        service.add_opening(batch, PostFactory(), places=1, in_company=True, by=None)


def test_published_batch_stays_as_it_is(db):
    batch = InternshipBatchFactory(status=BatchStatus.PUBLISHED)

    with pytest.raises(NotPossible, match="已经公布"):
        service.add_opening(batch, PostFactory(), places=3, by=None)


def test_office_sets_up_a_batch_on_its_pages(sign_in, db):
    school_class, post = SchoolClassFactory(), PostFactory()
    officer = sign_in(InternshipOfficerFactory())
    officer.get("/selection/batches/new")
    values = {name: str(value) for name, value in BATCH.items()}

    officer.post("/selection/batches/new", **values, class_ids=[school_class.id], most_choices="3", appeal_days="5")
    batch = database.session.query(InternshipBatch).one()
    url = f"/selection/batches/{batch.id}"
    officer.get(f"{url}/openings/new")
    officer.post(
        f"{url}/openings/new", post_id=post.id, places="4", pay="2600", hours_per_week="40", beds_for_women="2"
    )
    officer.post(f"{url}/rounds/usual")
    officer.post(f"{url}/announce")
    page = officer.get(url)

    assert "选拔中" in page
    assert "¥2,600.00" in page
    assert all(name in page for name in ("推荐", "学校测试", "单位面试", "体检", "政审"))


def test_form_with_a_mistake_comes_back(sign_in, db):
    officer = sign_in(InternshipOfficerFactory())
    school_class = SchoolClassFactory()
    officer.get("/selection/batches/new")
    values = {name: str(value) for name, value in BATCH.items()} | {"ends_on": "2027-01-01"}

    page = officer.post(
        "/selection/batches/new", expect=422, **values, class_ids=[school_class.id], most_choices="3", appeal_days="5"
    )

    assert "最后一天不能早于第一天" in page
    assert BATCH["name"] in page


@time_machine.travel("2026-12-05 04:00")
def test_who_sees_a_batch(sign_in, db):
    batch = InternshipBatchFactory(name="看得见的批次")
    student = taking_part(batch, user=StudentUserFactory())
    own, other = HomeroomTeacherFactory(), HomeroomTeacherFactory()
    student.school_class.homeroom_teacher_id = own.id
    database.session.commit()
    url = f"/selection/batches/{batch.id}"

    assert "看得见的批次" in sign_in(PrincipalFactory()).get(url)
    assert student.name in sign_in(own).get(f"{url}/applications")
    sign_in(other).get(f"{url}/applications", expect=404)
    assert "看得见的批次" in sign_in(student.user).get("/selection/mine")
    sign_in(student.user).get(url, expect=403)


def test_draft_is_not_shown_to_families(sign_in, db):
    batch = InternshipBatchFactory(status=BatchStatus.DRAFT)
    student = taking_part(batch, user=StudentUserFactory())
    OpeningFactory(batch=batch)

    browser = sign_in(student.user)

    assert batch.name not in browser.get("/selection/mine")
    browser.get(f"/selection/batches/{batch.id}/students/{student.id}/application", expect=404)
