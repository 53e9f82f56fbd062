"""A second project, with a county in Sichuan, needs data only: from the agreement to a registered student."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from exchange.core.database import db as database
from exchange.enrolment.models import Applicant, ArrivalGroup
from exchange.partners.queries import find_project
from exchange.programmes.service import create_class
from exchange.students.models import Student
from tests.factories.accounts import HomeroomTeacherFactory, PartnerUserFactory, PrincipalFactory, RegistrarFactory
from tests.factories.partners import CooperationProjectFactory
from tests.factories.programmes import ProgrammeFactory, SchoolClassFactory
from tests.factories.students import resident_id

NAME = "冕宁—德清东西部协作项目"
COUNTY = "513433"


@pytest.fixture
def school(db):
    """The Yunnan class is there already."""
    SchoolClassFactory(project=CooperationProjectFactory())


@time_machine.travel("2026-12-12 20:00+08:00", tick=False)
def test_from_the_agreement_to_the_register(school, sign_in):
    teacher, bureau = HomeroomTeacherFactory(), PartnerUserFactory()
    registrar, board = sign_in(RegistrarFactory()), sign_in(teacher)

    registrar.get("/partners/projects/new")
    registrar.post("/partners/projects/new", name=NAME, regions="冕宁县", mode="full", starts_on="2026-07-01")
    project = find_project(NAME)
    registrar.post(f"/partners/projects/{project.id}/quotas", **{f"places_2026_{COUNTY}": "1"})
    registrar.post(f"/partners/bureaus/{bureau.id}", regions="冕宁县")
    school_class = create_class(
        name="2026级四川班", programme=ProgrammeFactory(), project=project, homeroom_teacher=teacher, by=None
    )
    database.session.commit()

    intake = f"/enrolment/intakes/{project.id}/2026"
    county_office = sign_in(bureau)
    county_office.get(f"{intake}/applicants/new")
    county_office.post(
        f"{intake}/applicants/new",
        name="阿依莫",
        resident_id=resident_id(1, date(2011, 1, 10)),
        sex="",
        ethnicity="彝族",
        county=COUNTY,
        home_school="冕宁示范中学",
        guardian_name="阿家长",
        guardian_relation="祖父",
        guardian_phone="13800000001",
        school_class_id=school_class.id,
    )
    applicant = database.session.scalar(select(Applicant))
    registrar.post(f"{intake}/admissions", applicant=[applicant.id])
    registrar.post(f"{intake}/groups/new", arrives_on="2026-12-12", transport="G2186", members=[applicant.id])
    board.get("/enrolment/arrivals")
    board.post(f"/enrolment/arrivals/{applicant.id}", says="arrived")
    board.post(f"/enrolment/arrivals/{applicant.id}", says="parents-told")
    papers = {f"documents_{applicant.id}": ["admission_letter", "identity_card", "junior_diploma"]}
    registrar.post(f"/enrolment/registration/{school_class.id}", on="2026-12-12", members=[applicant.id], **papers)

    student = database.session.scalar(select(Student))
    assert (student.name, student.school_class.name, student.county_of_origin) == ("阿依莫", "2026级四川班", COUNTY)
    assert (student.home_school, student.enrolled_on) == ("冕宁示范中学", date(2026, 12, 12))
    assert "四川省凉山彝族自治州冕宁县" in board.get(f"/students/{student.id}")
    page = sign_in(PrincipalFactory()).get(f"/enrolment/applicants/{applicant.id}")
    assert "2027年春季，2027年4月20日前办完" in page
    assert database.session.scalar(select(ArrivalGroup.transport)) == "G2186"
