"""A second project, with a county in Sichuan, told with data alone; applicants of next year; who is back this term."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from exchange.core.database import db
from exchange.demo.people import people, resident_id
from exchange.enrolment import service
from exchange.enrolment.models import Applicant, EntryDocument
from exchange.partners import service as partners
from exchange.partners.models import CooperationProject, ProjectMode
from exchange.programmes import service as programmes
from exchange.programmes.models import SchoolClass
from exchange.reference.ethnic_groups import find_ethnic_group
from exchange.students.models import Sex, Student

if TYPE_CHECKING:
    from exchange.demo.school_year import School

MIANNING = "513433"
SICHUAN_CLASS = "2026级四川班"
SICHUAN_PLACES = 8
BORN, SERIAL = date(2011, 1, 10), 330  # nobody else of the demonstration is born so late with so high a serial
FROM_MIANNING = (
    *(("阿依莫", Sex.FEMALE, "彝族"), ("曲比阿支", Sex.FEMALE, "彝族"), ("沙马木果", Sex.MALE, "彝族")),
    *(("罗晓琴", Sex.FEMALE, "汉族"), ("邓志鹏", Sex.MALE, "汉族"), ("吉克伍果", Sex.FEMALE, "彝族")),
    *(("马海木呷", Sex.MALE, "彝族"), ("穆雨桐", Sex.FEMALE, "藏族"), ("宋佳怡", Sex.FEMALE, "汉族")),
    ("邱文博", Sex.MALE, "汉族"),
)
NEXT_YEAR = 2027
NEXT_PLACES = {"533102": 6, "533103": 12, "533122": 4, "533123": 9, "533124": 10}
BACK = date(2026, 9, 1)
NOT_BACK = 3


def take_in(school: "School", project: CooperationProject) -> None:
    """The Sichuan class at every step before registration, applicants for next year, and who is back this term."""
    _open_sichuan(school)
    _collect_next_year(school, project)
    _register_term(school)


def _open_sichuan(school: "School") -> None:
    registrar, principal = school.people["registrar"], school.people["principal"]
    project = partners.create_project(
        name="冕宁—德清东西部协作项目",
        legal_basis="两县教育局协议",
        regions=[MIANNING],
        mode=ProjectMode.FULL,
        starts_on=date(2026, 7, 1),
        by=registrar,
    )
    partners.set_quotas(project, {(2026, MIANNING): SICHUAN_PLACES}, by=registrar)
    school_class = programmes.create_class(
        name=SICHUAN_CLASS,
        programme=school.programmes[2026],
        project=project,
        homeroom_teacher=school.people["homeroom_teacher"],
        by=registrar,
    )
    applicants = [_from_mianning(school, number, project, school_class) for number, _person in enumerate(FROM_MIANNING)]
    service.change_all(applicants[:SICHUAN_PLACES], "admit", by=registrar)
    service.change_status(applicants[8], "admit", by=principal, reason="和已录取的姐姐同来，县教育局书面请求")
    service.change_status(applicants[9], "reject", by=registrar, reason="县里的名额已满，本人转报当地学校")
    _travel(school, project, applicants[:9])


def _from_mianning(school: "School", number: int, project: CooperationProject, school_class: SchoolClass) -> Applicant:
    name, sex, ethnicity = FROM_MIANNING[number]
    born = BORN + timedelta(days=37 * number)
    written = {
        "name": name,
        "resident_id": resident_id(born, sex=sex, serial=SERIAL),
        "ethnicity": ethnicity,
        "county": MIANNING,
        "home_school": "冕宁示范中学",
        "guardian_name": f"{name[0]}家长",
        "guardian_relation": "母亲" if number % 3 else "祖父",
        "guardian_phone": f"138{number:08d}",
    }
    applicant, _notes = service.enter_applicant(
        project=project, year=2026, written=written, school_class=school_class, by=school.people["registrar"]
    )
    return applicant


def _travel(school: "School", project: CooperationProject, admitted: Sequence[Applicant]) -> None:
    """Three were expected earlier and one of them has not come; the others are on their way."""
    registrar, teacher = school.people["registrar"], school.people["homeroom_teacher"]
    early, later = admitted[:3], admitted[3:]
    for members, day, at, transport, place, escort in (
        (early, date(2026, 11, 12), time(21, 40), "CA1752", "杭州萧山机场", "蒋老师"),
        (later, date(2026, 11, 28), time(18, 25), "G2186", "德清站", "冯老师"),
    ):
        service.plan_group(
            project=project,
            year=2026,
            members=members,
            arrives_on=day,
            arrives_at=at,
            transport=transport,
            place=place,
            escort_name=escort,
            escort_phone="13700000009",
            by=registrar,
        )
    for applicant in early[:2]:
        service.change_status(applicant, "arrive", by=teacher)
    service.tell_parents(early[0], by=teacher)
    service.record_documents(
        early[0],
        [EntryDocument.ADMISSION_LETTER, EntryDocument.IDENTITY_CARD, EntryDocument.JUNIOR_DIPLOMA],
        by=registrar,
    )


def _collect_next_year(school: "School", project: CooperationProject) -> None:
    """The bureau puts forward the first applicants of next year."""
    bureau, registrar = school.people["partner"], school.people["registrar"]
    partners.grant_regions(bureau, ["533100"], by=registrar)
    places = {(NEXT_YEAR, county): number for county, number in NEXT_PLACES.items()}
    partners.set_quotas(project, places, by=registrar)
    for person in people(6, seed=school.seed + NEXT_YEAR, born_from=date(2011, 9, 1), days=300):
        group = find_ethnic_group(person.ethnicity)
        written = {
            "name": person.name,
            "resident_id": person.resident_id,
            "ethnicity": group.name if group else "",
            "county": person.county,
            "home_school": "德宏示范中学",
            "guardian_name": person.guardian_name,
            "guardian_relation": person.guardian_relation,
            "guardian_phone": person.guardian_phone,
        }
        service.enter_applicant(project=project, year=NEXT_YEAR, written=written, by=bureau)


def _register_term(school: "School") -> None:
    """All are back but the last few of each class."""
    term, teacher = school.terms[2026, 1], school.people["homeroom_teacher"]
    for school_class in school.classes.values():
        members = select(Student).where(Student.school_class_id == school_class.id).order_by(Student.student_no)
        students = list(db.session.scalars(members))
        service.register_for_term(students[:-NOT_BACK], term, by=teacher, on=BACK)
