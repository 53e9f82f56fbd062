"""Who sees which sheets and whose results."""

import pytest

from exchange.accounts.models import User
from exchange.accounts.roles import Role
from exchange.core.database import db as database
from exchange.coursework import policy, queries
from exchange.coursework.models import SheetStatus
from exchange.coursework.workflow import SHEET_WORKFLOW
from tests.factories.accounts import (
    FACTORIES,
    GuardianUserFactory,
    HomeroomTeacherFactory,
    PrincipalFactory,
    RegistrarFactory,
    StudentUserFactory,
    SubjectTeacherFactory,
)
from tests.factories.coursework import AssessmentFactory, MarkFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory, StudentFactory


@pytest.fixture
def published(db):
    """The mark of one student on a published sheet; another student of the class has one, too."""
    column = AssessmentFactory(sheet__status=SheetStatus.PUBLISHED)
    student, other = (StudentFactory(school_class=column.sheet.school_class) for _each in range(2))
    MarkFactory(assessment=column, student=other)
    return MarkFactory(assessment=column, student=student)


def sheets_of(user: User) -> set[int]:
    return {sheet.id for sheet in database.session.scalars(policy.visible_to(user))}


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.PRINCIPAL])
def test_who_answers_for_the_school_sees_every_sheet(published, role):
    assert sheets_of(FACTORIES[role]()) == {published.assessment.sheet_id}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.REGISTRAR, Role.PRINCIPAL}))
def test_everyone_else_sees_no_foreign_sheet(published, role):
    assert sheets_of(FACTORIES[role]()) == set()


def test_subject_teacher_sees_own_sheets(published):
    sheet = published.assessment.sheet

    assert sheets_of(sheet.teacher) == {sheet.id}


def test_homeroom_teacher_sees_the_sheets_of_the_own_class_but_does_not_write(published):
    sheet = published.assessment.sheet
    sheet.school_class.homeroom_teacher = HomeroomTeacherFactory()
    database.session.flush()

    assert sheets_of(sheet.school_class.homeroom_teacher) == {sheet.id}
    assert not policy.may_record(sheet.school_class.homeroom_teacher, sheet)


def test_only_the_own_teacher_and_the_registrar_may_record(published):
    sheet = published.assessment.sheet

    assert policy.may_record(sheet.teacher, sheet)
    assert policy.may_record(RegistrarFactory(), sheet)
    assert not policy.may_record(SubjectTeacherFactory(), sheet)


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("submit", {"teacher", "registrar"}),
        ("confirm", {"registrar", "principal"}),
        ("publish", {"registrar"}),
        ("lock", {"registrar"}),
        ("return", {"registrar", "principal"}),
        ("reopen", {"principal"}),
    ],
)
def test_teacher_hands_in_registrar_publishes_and_only_the_principal_opens_again(published, name, may):
    sheet, step = published.assessment.sheet, SHEET_WORKFLOW.transitions[name]
    people = {"teacher": sheet.teacher, "registrar": RegistrarFactory(), "principal": PrincipalFactory()}
    people["stranger"] = SubjectTeacherFactory()

    assert {who for who, person in people.items() if policy.may_take(person, sheet, step)} == may


def test_who_handed_in_does_not_confirm(published):
    sheet, registrar = published.assessment.sheet, RegistrarFactory()
    sheet.submitted_by_id = registrar.id

    assert not policy.may_take(registrar, sheet, SHEET_WORKFLOW.transitions["confirm"])
    assert policy.may_take(RegistrarFactory(), sheet, SHEET_WORKFLOW.transitions["confirm"])


def lines_for(user, student):
    return queries.transcript(student, sheets=policy.on_transcript_of(student, user)).lines


def test_family_reads_published_results_only(published):
    student = published.student
    student.user = StudentUserFactory()
    guardian = GuardianFactory(user=GuardianUserFactory())
    GuardianshipFactory(student=student, guardian=guardian)

    for user in (student.user, guardian.user):
        published.assessment.sheet.status = SheetStatus.PUBLISHED
        assert len(lines_for(user, student)) == 1
        published.assessment.sheet.status = SheetStatus.SUBMITTED
        assert lines_for(user, student) == []


@pytest.mark.parametrize("factory", [StudentUserFactory, GuardianUserFactory, SubjectTeacherFactory])
def test_strangers_read_no_result(published, factory):
    assert lines_for(factory(), published.student) == []


def test_teacher_reads_results_of_own_sheets_before_they_are_published(published):
    published.assessment.sheet.status = SheetStatus.DRAFT
    foreign = AssessmentFactory(sheet__status=SheetStatus.PUBLISHED)
    MarkFactory(assessment=foreign, student=published.student)

    lines = lines_for(published.assessment.sheet.teacher, published.student)

    assert [line.code for line in lines] == [published.assessment.sheet.course.code]
