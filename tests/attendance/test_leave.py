"""Asking for leave, the guardian's yes, the decision, and coming back."""

from datetime import date, timedelta

import pytest
import time_machine

from exchange.attendance import policy, service
from exchange.attendance.events import AttendanceEvent
from exchange.attendance.models import LeaveKind, LeaveRequest, LeaveStatus
from exchange.attendance.queries.waiting import waiting_for
from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.database import now
from exchange.core.workflow import InvalidTransition
from exchange.students.models import StudentStatus
from tests.factories.accounts import (
    GuardianUserFactory,
    HomeroomTeacherFactory,
    RegistrarFactory,
    StudentUserFactory,
    SubjectTeacherFactory,
)
from tests.factories.attendance import LeaveRequestFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import GuardianshipFactory, StudentFactory

TODAY = date(2026, 11, 25)  # a Wednesday, in the third lesson
Is = LeaveStatus


@pytest.fixture(autouse=True)
def wednesday(db):
    with time_machine.travel("2026-11-25 10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def teacher():
    return HomeroomTeacherFactory()


@pytest.fixture
def student(teacher):
    return StudentFactory(user=StudentUserFactory(), school_class=SchoolClassFactory(homeroom_teacher=teacher))


@pytest.fixture
def guardian(student):
    return GuardianshipFactory(student=student, guardian__user=GuardianUserFactory()).guardian.user


def ask(student, by, *, first=0, last=0, **values):
    given = {"kind": LeaveKind.SICK, "reason": "发烧"} | values
    leave = service.ask_leave(
        student, starts_on=TODAY + timedelta(days=first), ends_on=TODAY + timedelta(days=last), by=by, **given
    )
    database.session.commit()
    return leave


def request(student, status=Is.PENDING, **values):
    return LeaveRequestFactory(student=student, status=status, starts_on=TODAY, **values)


def test_minor_waits_for_the_guardian_then_for_the_teacher(student, guardian, teacher):
    leave = ask(student, student.user)
    assert leave.status is Is.AWAITING_GUARDIAN

    service.agree(leave, by=guardian)
    assert (leave.status, leave.agreed_by) == (Is.PENDING, guardian)

    service.approve(leave, by=teacher)
    database.session.commit()
    assert (leave.status, leave.decided_by) == (Is.APPROVED, teacher)
    assert [line.action for line in timeline(leave)] == [
        AttendanceEvent.LEAVE_APPROVED,
        AttendanceEvent.LEAVE_AGREED,
        AttendanceEvent.LEAVE_ASKED,
    ]


def test_reason_is_sealed_and_stays_out_of_the_trail(student, guardian):
    leave = ask(student, guardian, reason="外婆病重")

    stored = database.session.connection().exec_driver_sql("SELECT reason FROM leave_request").scalar_one()

    assert "外婆" not in stored
    assert leave.reason == "外婆病重"
    assert "外婆" not in str([line.changes for line in timeline(leave)])


@pytest.mark.parametrize(
    ("birth_date", "status"), [(date(2008, 11, 25), Is.PENDING), (date(2008, 11, 26), Is.AWAITING_GUARDIAN)]
)
def test_who_is_of_age_asks_alone(teacher, birth_date, status):
    student = StudentFactory(user=StudentUserFactory(), birth_date=birth_date)

    assert ask(student, student.user).status is status


def test_guardian_who_asks_has_agreed(student, guardian):
    leave = ask(student, guardian)

    assert (leave.status, leave.agreed_by) == (Is.PENDING, guardian)


def test_relative_without_authority_agrees_to_nothing(student):
    aunt = GuardianshipFactory(
        student=student, is_legal_guardian=False, guardian__user=GuardianUserFactory()
    ).guardian.user
    leave = ask(student, aunt)
    assert leave.status is Is.AWAITING_GUARDIAN

    with pytest.raises(service.NotAgreed):
        service.agree(leave, by=aunt)

    assert database.session.scalars(policy.requests_agreeable_by(aunt)).all() == []


def test_guardian_who_says_no_ends_the_request(student, guardian):
    leave = ask(student, student.user)

    service.decline(leave, by=guardian)

    assert (leave.status, leave.refusal) == (Is.REFUSED, "监护人不同意。")


def test_teacher_notes_the_call_with_the_guardian(student, teacher):
    leave = ask(student, student.user)
    with pytest.raises(service.NotAgreed):
        service.note_call(leave, spoken_to=" ", by=teacher)

    service.note_call(leave, spoken_to="母亲", by=teacher)

    assert (leave.status, leave.spoken_to, leave.agreed_by_id) == (Is.PENDING, "母亲", teacher.id)


def test_teacher_does_not_approve_before_the_guardian_has_agreed(student, teacher):
    leave = request(student, Is.AWAITING_GUARDIAN)

    with pytest.raises(InvalidTransition):
        service.approve(leave, by=teacher)


def test_refusal_needs_a_reason(student, teacher):
    leave = request(student)
    with pytest.raises(service.NotThese):
        service.refuse(leave, reason="  ", by=teacher)

    service.refuse(leave, reason="那天考试", by=teacher)

    assert (leave.status, leave.refusal) == (Is.REFUSED, "那天考试")


@pytest.mark.parametrize("status", [Is.PENDING, Is.AWAITING_GUARDIAN])
def test_request_is_taken_back_before_the_decision(student, status):
    leave = request(student, status)

    service.withdraw(leave, by=student.user)

    assert leave.status is Is.WITHDRAWN


@pytest.mark.parametrize("status", [Is.APPROVED, Is.REFUSED, Is.RETURNED, Is.WITHDRAWN])
def test_decided_request_is_not_taken_back(student, status):
    leave = request(student, status)

    with pytest.raises(InvalidTransition):
        service.withdraw(leave, by=student.user)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (1, 0, "结束不能早于开始"),
        (-8, 0, "补假只能补最近 7 天"),
        (0, 30, "一次最多请 30 天"),
    ],
)
def test_days_that_cannot_be_meant(student, guardian, first, last, sentence):
    with pytest.raises(service.NotThese, match=sentence):
        ask(student, guardian, first=first, last=last)


@pytest.mark.parametrize(("first", "last"), [(0, 0), (-7, 0), (0, 29)])
def test_days_at_the_edge_are_taken(student, guardian, first, last):
    assert ask(student, guardian, first=first, last=last).span.days == last - first + 1


def test_lessons_of_one_day_must_follow_each_other(student, guardian):
    with pytest.raises(service.NotThese, match="结束不能早于开始"):
        ask(student, guardian, first_place=5, last_place=4)

    assert ask(student, guardian, first_place=5, last_place=5).span.lessons_on(TODAY) == {5}


@pytest.mark.parametrize("status", [Is.AWAITING_GUARDIAN, Is.PENDING, Is.APPROVED])
def test_overlapping_request_is_refused_with_a_sentence(student, guardian, status):
    request(student, status, first_place=1, last_place=4)

    with pytest.raises(service.NotThese, match="已经有一件请假"):
        ask(student, guardian, first_place=4)
    database.session.rollback()

    assert ask(student, guardian, first_place=5).status is Is.PENDING


@pytest.mark.parametrize("status", [Is.REFUSED, Is.WITHDRAWN])
def test_request_that_came_to_nothing_is_not_in_the_way(student, guardian, status):
    request(student, status)

    assert ask(student, guardian).status is Is.PENDING


def test_who_is_not_registered_needs_no_leave(guardian, student):
    student.status = StudentStatus.ON_LEAVE
    database.session.commit()

    with pytest.raises(service.NotThese, match="不在读"):
        ask(student, guardian)


def test_only_the_sick_lie_in_hospital(student, guardian):
    assert not ask(student, guardian, kind=LeaveKind.PERSONAL, in_hospital=True).in_hospital
    assert ask(student, guardian, first=1, last=1, in_hospital=True).in_hospital


def test_who_comes_back_early_is_excused_up_to_this_lesson(student, teacher):
    leave = request(student, Is.APPROVED, ends_on=TODAY + timedelta(days=3))

    service.come_back(leave, by=teacher)
    database.session.commit()

    assert (leave.status, leave.ends_on, leave.last_place) == (Is.RETURNED, TODAY, 2)
    assert timeline(leave)[0].changes["days"] == [
        ["2026-11-25 0", "2026-11-28 9"],
        ["2026-11-25 0", "2026-11-25 2"],
    ]
    assert policy_allows_another(student, teacher)


def policy_allows_another(student, teacher):
    return ask(student, teacher, first_place=3).status is Is.AWAITING_GUARDIAN


def test_who_comes_back_after_the_end_keeps_the_whole_leave(student, teacher):
    leave = LeaveRequestFactory(student=student, starts_on=TODAY - timedelta(days=2))

    service.come_back(leave, by=teacher)

    assert (leave.status, leave.ends_on, leave.last_place) == (Is.RETURNED, TODAY - timedelta(days=2), 9)


def test_leave_that_never_began_is_cancelled(student, teacher):
    leave = LeaveRequestFactory(student=student, starts_on=TODAY + timedelta(days=1))

    service.come_back(leave, by=teacher)
    database.session.commit()

    assert (leave.status, timeline(leave)[0].action) == (Is.WITHDRAWN, AttendanceEvent.LEAVE_CANCELLED)


def test_home_page_tells_guardian_and_teacher(app, student, guardian, teacher):
    request(student, Is.AWAITING_GUARDIAN)
    request(StudentFactory(school_class=student.school_class), Is.PENDING)
    request(StudentFactory(), Is.PENDING)
    with app.test_request_context():
        told = {
            who: [str(row.title) for row in waiting_for(user)]
            for who, user in {
                "guardian": guardian,
                "teacher": teacher,
                "other": HomeroomTeacherFactory(),
                "student": student.user,
            }.items()
        }

    assert told == {
        "guardian": ["孩子要请假，等您同意"],
        "teacher": ["1 件请假等你批", "1 件请假还没有监护人同意"],
        "other": [],
        "student": [],
    }


def test_whose_leave_is_seen_and_decided_by_whom(student, guardian, teacher):
    leave = request(student)
    scopes = {
        "teacher": policy.requests_decidable_by(teacher),
        "registrar": policy.requests_decidable_by(RegistrarFactory()),
        "another teacher": policy.requests_decidable_by(HomeroomTeacherFactory()),
        "subject teacher": policy.requests_decidable_by(SubjectTeacherFactory()),
        "guardian": policy.requests_of_family(guardian),
        "student": policy.requests_of_family(student.user),
        "another guardian": policy.requests_of_family(GuardianUserFactory()),
    }

    seen = {who for who, scope in scopes.items() if database.session.scalars(scope).all() == [leave]}

    assert seen == {"teacher", "registrar", "guardian", "student"}


def test_nothing_is_written_when_a_request_is_refused(student, guardian):
    with pytest.raises(service.NotThese):
        ask(student, guardian, first=1, last=0)
    database.session.rollback()

    assert database.session.query(LeaveRequest).count() == 0


# What was decided


@pytest.fixture
def home(app):
    """home(user): what the rows of leave say on this person's home."""

    def rows(user):
        with app.test_request_context():
            return [(str(row.title), str(row.detail), row.url) for row in waiting_for(user)]

    return rows


def test_family_reads_that_leave_was_approved(student, guardian, teacher, home):
    leave = ask(student, guardian, last=1)
    service.approve(leave, by=teacher)
    database.session.commit()

    address = f"/attendance/mine?student={student.id}"
    assert home(student.user) == [("你的请假批准了", "病假，2026年11月25日 到 2026年11月26日", address)]
    assert home(guardian) == [(f"{student.name}的请假批准了", "病假，2026年11月25日 到 2026年11月26日", address)]
    assert home(teacher) == []


def test_family_reads_that_leave_was_refused(student, guardian, teacher, home):
    service.refuse(ask(student, guardian), reason="有考试", by=teacher)
    database.session.commit()

    assert [(title, detail) for title, detail, _url in home(student.user)] == [
        ("你的请假没有批准", "2026年11月25日。看答复")
    ]
    assert [title for title, *_rest in home(guardian)] == [f"{student.name}的请假没有批准"]


def test_guardians_no_is_read_by_the_student(student, guardian, home):
    service.decline(ask(student, student.user), by=guardian)
    database.session.commit()

    assert [title for title, *_rest in home(student.user)] == ["你的请假没有批准"]


@pytest.mark.parametrize(
    ("status", "last_day", "decided", "is_told"),
    [
        (Is.APPROVED, 0, 30, True),
        (Is.APPROVED, -1, 0, False),
        (Is.REFUSED, -1, 2, True),
        (Is.REFUSED, -1, 3, False),
        (Is.REFUSED, 0, 3, True),
        (Is.RETURNED, 0, 0, False),
        (Is.WITHDRAWN, 0, 0, False),
    ],
)
def test_decision_is_told_until_it_no_longer_matters(student, home, status, last_day, decided, is_told):
    LeaveRequestFactory(
        student=student,
        status=status,
        starts_on=TODAY - timedelta(days=5),
        ends_on=TODAY + timedelta(days=last_day),
        decided_at=now() - timedelta(days=decided),
    )

    assert bool(home(student.user)) is is_told


def test_teacher_reads_what_somebody_else_has_decided(student, guardian, teacher, home):
    leave = ask(student, guardian)
    service.approve(leave, by=RegistrarFactory(name="沈老师"))
    database.session.commit()

    assert home(teacher) == [
        (f"沈老师批准了{student.name}的请假", "病假，2026年11月25日", f"/attendance/leave/{leave.id}")
    ]
    assert home(HomeroomTeacherFactory()) == []


def test_nobody_reads_of_the_leave_of_others(student, guardian, teacher, home):
    service.approve(ask(student, guardian), by=teacher)
    database.session.commit()

    assert home(StudentFactory(user=StudentUserFactory()).user) == []
    assert home(GuardianUserFactory()) == []
