"""What of a term and a class may still change, and what no more."""

from datetime import date

import pytest

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.programmes import queries, service
from tests.factories.accounts import RegistrarFactory, SubjectTeacherFactory
from tests.factories.coursework import MarkSheetFactory
from tests.factories.enrolment import ApplicantFactory
from tests.factories.partners import CooperationProjectFactory
from tests.factories.programmes import ProgrammeFactory, SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory

FIRST = {"starts_on": date(2026, 9, 1), "ends_on": date(2027, 1, 22)}
SECOND = {"starts_on": date(2027, 2, 22), "ends_on": date(2027, 7, 9)}


@pytest.fixture
def year(db):
    """The two terms of 2026–2027."""
    return TermFactory(number=1, **FIRST), TermFactory(number=2, **SECOND)


def test_change_term_records_old_and_new_days(year):
    registrar = RegistrarFactory()

    service.change_term(year[0], starts_on=date(2026, 9, 2), ends_on=FIRST["ends_on"], by=registrar)

    [event] = timeline(year[0])
    assert (event.action, event.actor) == ("term.changed", registrar)
    assert event.changes == {"starts_on": ["2026-09-01", "2026-09-02"]}


def test_change_term_without_a_difference_leaves_no_line(year):
    service.change_term(year[0], **FIRST, by=None)

    assert timeline(year[0]) == []


@pytest.mark.parametrize(
    ("days", "fits"),
    [
        ({"ends_on": date(2027, 2, 21)}, True),
        ({"ends_on": date(2027, 2, 22)}, False),  # the first day of the second term
        ({"starts_on": date(2026, 8, 1), "ends_on": date(2027, 1, 1)}, True),
        ({"starts_on": date(2026, 7, 31), "ends_on": date(2027, 1, 1)}, False),  # the year before
        ({"ends_on": date(2026, 9, 1)}, False),
        ({"ends_on": date(2026, 9, 2)}, True),
        ({"starts_on": date(2027, 7, 10), "ends_on": date(2027, 8, 31)}, False),  # after the second
    ],
)
def test_change_term_refuses_days_that_cannot_be(year, days, fits):
    if fits:
        service.change_term(year[0], **FIRST | days, by=None)
        assert len(timeline(year[0])) == 1
        return
    with pytest.raises(service.OutOfRange):
        service.change_term(year[0], **FIRST | days, by=None)
    assert year[0].starts_on == FIRST["starts_on"]


@pytest.mark.parametrize(("last", "fits"), [(date(2027, 4, 29), True), (date(2027, 4, 30), False)])
def test_a_term_is_no_longer_than_eight_months(db, last, fits):
    term = TermFactory(number=1, **FIRST)
    if fits:
        service.change_term(term, starts_on=FIRST["starts_on"], ends_on=last, by=None)
        assert term.ends_on == last
        return
    with pytest.raises(service.OutOfRange, match="八个月"):
        service.change_term(term, starts_on=FIRST["starts_on"], ends_on=last, by=None)


def test_create_term_refuses_one_that_overlaps(db):
    TermFactory(number=1, **FIRST)

    with pytest.raises(service.OutOfRange, match="重叠"):
        service.create_term(school_year=2026, number=2, starts_on=date(2027, 1, 22), ends_on=SECOND["ends_on"], by=None)
    assert service.create_term(
        school_year=2026, number=2, starts_on=date(2027, 1, 23), ends_on=SECOND["ends_on"], by=None
    )


def test_class_is_renamed_for_a_reason(db):
    school_class = SchoolClassFactory(name="2026级云南班")

    service.change_class(
        school_class, name="2026级云南一班", project=school_class.project, reason=" 又招了一个班 ", by=None
    )

    [event] = timeline(school_class)
    assert (event.action, event.reason) == ("school_class.renamed", "又招了一个班")
    assert event.changes == {"name": ["2026级云南班", "2026级云南一班"]}


def test_class_is_not_renamed_without_a_reason_or_to_a_name_in_use(db):
    school_class, other = SchoolClassFactory(), SchoolClassFactory()

    with pytest.raises(service.ReasonMissing):
        service.change_class(school_class, name="别的班", project=None, reason=" ", by=None)
    with pytest.raises(service.AlreadyThere, match=other.name):
        service.change_class(school_class, name=other.name, project=None, reason="写错了", by=None)
    assert timeline(school_class) == []


def test_class_goes_to_another_project_at_any_time(db):
    school_class, project = StudentFactory().school_class, CooperationProjectFactory()
    former = school_class.project_id

    service.change_class(school_class, name=school_class.name, project=project, by=None)

    assert timeline(school_class)[0].changes == {"project_id": [former, project.id]}


def test_empty_class_goes_to_another_programme_and_its_intake(db):
    school_class = SchoolClassFactory(number=4)
    programme = ProgrammeFactory(intake_year=2027)

    service.change_class(
        school_class, name=school_class.name, project=school_class.project, programme=programme, by=None
    )

    assert (school_class.intake_year, school_class.number) == (2027, 4)


@pytest.mark.parametrize("make", [StudentFactory, MarkSheetFactory, ApplicantFactory])
def test_class_in_use_keeps_programme_and_number(db, make):
    school_class = SchoolClassFactory(number=4)
    make(school_class=school_class)
    same = {"name": school_class.name, "project": school_class.project}

    with pytest.raises(service.InUse, match=school_class.name):
        service.change_class(school_class, **same, programme=ProgrammeFactory(intake_year=2027), by=None)
    with pytest.raises(service.InUse):
        service.change_class(school_class, **same, number=5, by=None)
    service.change_class(school_class, **same, programme=school_class.programme, number=4, by=None)
    assert timeline(school_class) == []


@pytest.mark.parametrize(
    ("number", "refusal"), [(0, service.OutOfRange), (1000, service.OutOfRange), (7, service.AlreadyThere)]
)
def test_create_class_refuses_a_number_that_is_taken_or_none(db, number, refusal):
    programme = ProgrammeFactory()
    SchoolClassFactory(programme=programme, number=7)

    with pytest.raises(refusal):
        service.create_class(name="2026级云南班", programme=programme, number=number, by=None)


@pytest.mark.parametrize("number", [1, 999])
def test_create_class_takes_a_free_number(db, number):
    assert service.create_class(name="云南班", programme=ProgrammeFactory(), number=number, by=None).number == number


def test_numbers_are_free_again_in_another_intake(db):
    SchoolClassFactory(number=7)

    school_class = service.create_class(
        name="2027级云南班", programme=ProgrammeFactory(intake_year=2027), number=7, by=None
    )

    assert school_class.intake_year == 2027


def test_create_class_refuses_a_teacher_of_another_role(db):
    with pytest.raises(service.NotATeacher):
        service.create_class(
            name="云南班", programme=ProgrammeFactory(), homeroom_teacher=SubjectTeacherFactory(), by=None
        )


@pytest.mark.parametrize(
    ("major", "year", "fits"),
    [("740104", 2021, True), ("740104", 2020, False), ("130100", 2020, True), ("130100", 2021, False)],
)
def test_create_programme_asks_the_catalogue_of_its_year(db, major, year, fits):
    if fits:
        assert service.create_programme(major=major, intake_year=year, by=None).name == "高星级饭店运营与管理"
        return
    with pytest.raises(service.OutOfRange, match=major):
        service.create_programme(major=major, intake_year=year, by=None)


@pytest.mark.parametrize("years", [0, 6])
def test_create_programme_refuses_a_length_that_cannot_be(db, years):
    with pytest.raises(service.OutOfRange):
        service.create_programme(major="740104", intake_year=2026, length_years=years, by=None)


def test_programmes_are_found_by_name_code_and_intake(db):
    ProgrammeFactory()
    ProgrammeFactory(major="740201", name="中餐烹饪")
    ProgrammeFactory(intake_year=2025)

    def found(**wanted):
        return [(each.name, each.intake_year) for each in database.session.scalars(queries.programmes(**wanted))]

    assert found(q="烹饪") == found(q=" 7402 ") == [("中餐烹饪", 2026)]
    assert found(intake_year=2025) == [("高星级饭店运营与管理", 2025)]
    assert len(found()) == 3
