"""Terms, programmes and classes come into being once and leave a line."""

from datetime import date

import pytest

from exchange.audit.queries import timeline
from exchange.programmes import queries, service
from exchange.programmes.models import VersionStatus
from tests.factories.accounts import HomeroomTeacherFactory, RegistrarFactory
from tests.factories.partners import CooperationProjectFactory
from tests.factories.programmes import ProgrammeFactory, SchoolClassFactory, TermFactory

TERM = {"school_year": 2026, "number": 1, "starts_on": date(2026, 9, 1), "ends_on": date(2027, 1, 22)}


def test_create_term_is_recorded(db):
    registrar = RegistrarFactory()

    term = service.create_term(**TERM, by=registrar)

    [event] = timeline(term)
    assert (event.action, event.actor) == ("term.created", registrar)
    assert str(term.label) == "2026–2027学年第一学期"


@pytest.mark.parametrize("flaw", [{"number": 3}, {"ends_on": date(2026, 9, 1)}])
def test_create_term_refuses_what_cannot_be_meant(db, flaw):
    with pytest.raises(service.OutOfRange):
        service.create_term(**{**TERM, **flaw}, by=None)


def test_create_term_refuses_a_second_one(db):
    TermFactory()

    with pytest.raises(service.AlreadyThere):
        service.create_term(**TERM, by=None)


def test_create_programme_is_recorded(db):
    programme = service.create_programme(major="740104", name="高星级饭店运营与管理", intake_year=2026, by=None)

    (version,) = queries.versions_of(programme.id)
    assert (programme.length_years, version.number, version.status) == (3, 1, VersionStatus.DRAFT)
    assert [event.action for event in timeline(programme)] == ["programme.created"]


def test_create_programme_refuses_a_second_one_for_the_intake(db):
    ProgrammeFactory()

    with pytest.raises(service.AlreadyThere):
        service.create_programme(major="740104", name="饭店", intake_year=2026, by=None)


def test_create_class_takes_the_next_number_of_the_intake(db):
    programme, project, teacher = ProgrammeFactory(), CooperationProjectFactory(), HomeroomTeacherFactory()
    SchoolClassFactory(programme=programme, number=4)

    school_class = service.create_class(
        name="2026级云南班", programme=programme, project=project, homeroom_teacher=teacher, by=None
    )

    assert (school_class.intake_year, school_class.number) == (2026, 5)
    assert (school_class.project, school_class.homeroom_teacher) == (project, teacher)
    assert [event.action for event in timeline(school_class)] == [
        "school_class.homeroom_named",
        "school_class.created",
    ]


def test_create_class_refuses_a_name_in_use(db):
    taken = SchoolClassFactory()

    with pytest.raises(service.AlreadyThere):
        service.create_class(name=taken.name, programme=taken.programme, by=None)
