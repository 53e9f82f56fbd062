"""Each role sees its own applicants and not the others."""

import pytest

from exchange.core.database import db as database
from exchange.core.database import now
from exchange.enrolment import policy
from exchange.enrolment.models import ApplicantStatus
from exchange.partners import service as partners
from exchange.partners.models import ProjectRegion
from tests.factories import accounts
from tests.factories.enrolment import ApplicantFactory
from tests.factories.partners import CooperationProjectFactory
from tests.factories.programmes import SchoolClassFactory

OFFICE = [accounts.RegistrarFactory, accounts.PrincipalFactory]
NOBODY = [
    accounts.AdministratorFactory,
    accounts.AidOfficerFactory,
    accounts.AuditorFactory,
    accounts.SubjectTeacherFactory,
    accounts.StudentUserFactory,
    accounts.PartnerUserFactory,
]


def seen(user):
    return set(database.session.scalars(policy.visible_to(user)))


@pytest.mark.parametrize("factory", OFFICE)
def test_office_sees_all(db, factory):
    applicant = ApplicantFactory()

    assert seen(factory()) == {applicant}


@pytest.mark.parametrize("factory", NOBODY)
def test_others_see_nobody(db, factory):
    ApplicantFactory()

    assert seen(factory()) == set()


def test_homeroom_teacher_sees_own_class(db):
    teacher = accounts.HomeroomTeacherFactory()
    own = ApplicantFactory(school_class=SchoolClassFactory(homeroom_teacher=teacher))
    ApplicantFactory()

    assert seen(teacher) == {own}


@pytest.mark.parametrize(("region", "sees"), [("533103", True), ("533100", True), ("530000", True), ("533102", False)])
def test_bureau_sees_own_regions(db, region, sees):
    bureau = accounts.PartnerUserFactory()
    partners.grant_regions(bureau, [region], by=None)
    applicant = ApplicantFactory(county="533103")
    ApplicantFactory(county="513433")

    assert seen(bureau) == ({applicant} if sees else set())


def test_nobody_sees_who_was_forgotten_but_counts_stay(db):
    gone = ApplicantFactory(forgotten_at=now(), status=ApplicantStatus.REJECTED)
    registrar = accounts.RegistrarFactory()

    assert seen(registrar) == set()
    assert list(database.session.scalars(policy.counted_for(registrar))) == [gone]


def test_bureau_enters_own_counties_of_a_project_only(db):
    bureau = accounts.PartnerUserFactory()
    partners.grant_regions(bureau, ["533100"], by=None)
    project = CooperationProjectFactory(regions=[ProjectRegion(area="533103"), ProjectRegion(area="513433")])

    assert [area.code for area in policy.counties_to_enter(bureau, project)] == ["533103"]
    assert len(policy.counties_to_enter(accounts.RegistrarFactory(), project)) == 2
    assert policy.counties_to_enter(accounts.PrincipalFactory(), project) == []


@pytest.mark.parametrize("status", list(ApplicantStatus))
def test_bureau_corrects_until_the_school_has_decided_and_the_registrar_until_registration(db, status):
    applicant = ApplicantFactory(status=status)
    is_open = status.value in {"applied", "admitted", "arrived"}

    assert policy.can_change(accounts.PartnerUserFactory(), applicant) == (status.value == "applied")
    assert policy.can_change(accounts.RegistrarFactory(), applicant) == is_open
    assert not policy.can_change(accounts.HomeroomTeacherFactory(), applicant)
