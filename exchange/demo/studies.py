"""The programme of study of a hotel school: three years, the internship in the fifth term, approved for each intake."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from exchange.core.database import today
from exchange.programmes import queries
from exchange.programmes import service as programmes
from exchange.programmes.models import CourseKind, Programme

if TYPE_CHECKING:
    from exchange.demo.school_year import School

K = CourseKind
THREE_PARTS = (("平时", 30), ("期中", 30), ("期末", 40))
TWO_PARTS = (("平时", 40), ("期末", 60))
PRACTICAL = (("平时", 50), ("技能考核", 50))
NEXT_INTAKE = 2026  # the school already works on its second version


class Planned(NamedTuple):
    """A row of the programme; ``practice`` of the hours."""

    code: str
    name: str
    kind: CourseKind
    hours: int
    practice: int
    credits: int
    term: int
    weights: tuple[tuple[str, int], ...] = TWO_PARTS


COURSES = tuple(
    Planned(*row)
    for row in (
        ("A01", "思想政治（一）", K.BASIC, 36, 0, 2, 1, THREE_PARTS),
        ("A02", "语文（一）", K.BASIC, 72, 0, 4, 1, THREE_PARTS),
        ("A03", "信息技术", K.BASIC, 72, 36, 4, 1, THREE_PARTS),
        ("A05", "历史", K.BASIC, 72, 0, 4, 1),
        ("A06", "英语（一）", K.BASIC, 72, 0, 4, 1),
        ("A07", "体育与健康（一）", K.BASIC, 36, 30, 2, 1),
        ("A09", "劳动教育", K.BASIC, 18, 12, 1, 1),
        ("B01", "酒店概论", K.MAJOR_BASIC, 54, 10, 3, 1, THREE_PARTS),
        ("E05", "普通话", K.RECOMMENDED_ELECTIVE, 36, 18, 2, 1),
        ("M01", "军训", K.MILITARY_TRAINING, 36, 36, 2, 1, PRACTICAL),
        ("A04", "数学（一）", K.BASIC, 72, 0, 4, 2, THREE_PARTS),
        ("A08", "艺术", K.BASIC, 36, 18, 2, 2),
        ("A11", "思想政治（二）", K.BASIC, 36, 0, 2, 2),
        ("A21", "语文（二）", K.BASIC, 72, 0, 4, 2),
        ("A31", "信息技术（二）", K.BASIC, 36, 18, 2, 2),
        ("A61", "英语（二）", K.BASIC, 72, 0, 4, 2),
        ("A71", "体育与健康（二）", K.BASIC, 36, 30, 2, 2),
        ("B02", "服务礼仪", K.MAJOR_BASIC, 54, 36, 3, 2, THREE_PARTS),
        ("E04", "中华优秀传统文化", K.RECOMMENDED_ELECTIVE, 36, 0, 2, 2),
        ("S01", "假期社会实践", K.SOCIAL_PRACTICE, 36, 36, 2, 2, PRACTICAL),
        ("A12", "思想政治（三）", K.BASIC, 36, 0, 2, 3),
        ("A22", "语文（三）", K.BASIC, 54, 0, 3, 3),
        ("A41", "数学（二）", K.BASIC, 72, 0, 4, 3),
        ("A62", "英语（三）", K.BASIC, 36, 0, 2, 3),
        ("A72", "体育与健康（三）", K.BASIC, 36, 30, 2, 3),
        ("C01", "前厅服务与管理", K.MAJOR, 72, 44, 4, 3, THREE_PARTS),
        ("C02", "客房服务与管理", K.MAJOR, 72, 44, 4, 3, THREE_PARTS),
        ("E08", "职业素养", K.RECOMMENDED_ELECTIVE, 36, 18, 2, 3),
        ("E01", "茶艺", K.RECOMMENDED_ELECTIVE, 72, 50, 4, 3),
        ("A13", "思想政治（四）", K.BASIC, 36, 0, 2, 4),
        ("A23", "语文（四）", K.BASIC, 54, 0, 3, 4),
        ("A42", "数学（三）", K.BASIC, 36, 0, 2, 4),
        ("A73", "体育与健康（四）", K.BASIC, 36, 30, 2, 4),
        ("B03", "酒店安全与法规", K.MAJOR_BASIC, 36, 6, 2, 4),
        ("C03", "餐饮服务与管理", K.MAJOR, 90, 56, 5, 4, THREE_PARTS),
        ("C04", "酒店英语", K.MAJOR, 72, 36, 4, 4, THREE_PARTS),
        ("C05", "酒水知识与服务", K.MAJOR, 72, 44, 4, 4),
        ("E02", "云南民族文化", K.FREE_ELECTIVE, 54, 18, 3, 4),
        ("P01", "前厅客房综合实训", K.PROJECT, 90, 90, 5, 4, PRACTICAL),
        ("D01", "岗位实习", K.POST_INTERNSHIP, 780, 780, 44, 5, PRACTICAL),
        ("C06", "宴会设计", K.MAJOR, 54, 36, 3, 6),
        ("C07", "酒店数字化运营", K.MAJOR, 54, 36, 3, 6),
        ("E03", "调酒", K.RECOMMENDED_ELECTIVE, 72, 54, 4, 6),
        ("E06", "摄影", K.FREE_ELECTIVE, 36, 24, 2, 6),
        ("P02", "餐饮综合实训", K.PROJECT, 108, 108, 6, 6, PRACTICAL),
    )
)
MONTHS = {"D01": Decimal(6)}


def plan(school: "School") -> None:
    """Every programme gets its courses and is approved; of the newest a second version is being drafted."""
    for year, programme in school.programmes.items():
        _approve(school, programme, approved_on=min(date(year, 6, 20), today()))
    _draft_again(school, school.programmes[NEXT_INTAKE])


def _approve(school: "School", programme: Programme, *, approved_on: date) -> None:
    registrar = school.people["registrar"]
    (version,) = queries.versions_of(programme.id)
    for row in COURSES:
        programmes.plan_course(
            version,
            code=row.code,
            name=row.name,
            kind=row.kind,
            hours=row.hours,
            practice_hours=row.practice,
            credits=row.credits,
            term_of_study=row.term,
            is_core=row.kind is K.MAJOR,
            internship_months=MONTHS.get(row.code),
            weights=row.weights,
            by=registrar,
        )
    programmes.put_in_force(
        version,
        approved_on=approved_on,
        approved_by="学校党组织会议",
        document=f"校教〔{programme.intake_year}〕12号",
        in_force_from=min(date(programme.intake_year, 9, 1), today()),
        by=registrar,
    )


def _draft_again(school: "School", programme: Programme) -> None:
    """Coffee in place of photography, and more hours behind the bar."""
    registrar = school.people["registrar"]
    version = programmes.draft_version(programme, by=registrar)
    planned = {course.code: course for course in queries.planned_courses(version)}
    programmes.remove_planned(planned["E06"], by=registrar)
    programmes.change_planned(planned["C05"], hours=90, practice_hours=60, credits=Decimal(5), by=registrar)
    programmes.plan_course(
        version,
        code="E07",
        name="咖啡制作",
        kind=K.FREE_ELECTIVE,
        hours=36,
        practice_hours=30,
        credits=2,
        term_of_study=6,
        weights=PRACTICAL,
        by=registrar,
    )
