"""Three hotels that take interns, each inspected, checked, decided on, published, and with a plan."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from exchange.accounts.models import User
from exchange.partners import service
from exchange.partners.models import HostOrganisation, Post
from exchange.partners.values import LabourIntensity, LegalStatus, Venue

if TYPE_CHECKING:
    from exchange.demo.school_year import School

MAJORS = ("740101", "740104")
INSPECTED, CHECKED, DECIDED, PUBLISHED, AGREED = (
    date(2026, 1, 12),
    date(2026, 1, 14),
    date(2026, 1, 19),
    date(2026, 1, 21),
    date(2026, 1, 26),
)
REPORT = {
    "qualification": "营业执照、特种行业许可证、卫生许可证齐全，都在有效期内。",
    "credit": "没有列入经营异常名录和严重违法失信名单。",
    "management": "有实习管理制度，人事部专人负责，带教师傅都有五年以上经验。",
    "post_content": "按标准流程服务客人，不做重体力劳动，不在娱乐场所工作。",
    "working_time": "每天不超过 8 小时，每周休息两天，不排夜班。",
    "working_environment": "营业区有空调和消防通道，员工通道照明良好。",
    "living_environment": "员工宿舍四人一间，有独立卫生间和热水，值班室全天有人。",
    "health": "上岗前体检，有医务室，离最近的医院 2 公里。",
    "safety": "每季度消防演练，电梯、燃气按期检验，化学清洁剂专柜存放。",
}
PLAN = {
    "requirements": "熟悉{post}的流程，礼貌用语规范，能在师傅指导下独立接待客人。",
    "objectives": "掌握{post}的全部典型工作任务，达到中级工水平。",
    "tasks": "前两个月跟岗学习，第三、四个月轮换班组，最后两个月相对独立工作。",
    "standards": "按单位的服务标准和学校的课程标准评定。",
    "preparation": "岗前培训 16 学时，安全考核合格，带好健康证和实习手册。",
    "assessment": "过程性考核占六成，结果性考核占四成，学校和单位共同评定。",
    "safeguards": "实习责任保险由学校付费，指导教师每周巡查，紧急情况立即报告。",
}


class Hotel(NamedTuple):
    """What differs from one host to the next."""

    name: str
    uscc: str
    province: str
    city: str
    address: str
    phone: str
    staff: int
    other_interns: int
    post: str
    staff_same_kind: int


HOTELS = (
    Hotel(
        "莫干山示范酒店",
        "91330521000000011F",
        "330000",
        "湖州市",
        "德清县莫干山镇示范路1号",
        "0572-0000000",
        260,
        6,
        "客房服务",
        70,
    ),
    Hotel(
        "钱塘示范酒店",
        "913301060000000228",
        "330000",
        "杭州市",
        "杭州市示范路2号",
        "0571-0000000",
        320,
        8,
        "餐饮服务",
        64,
    ),
    Hotel(
        "京华示范宾馆",
        "91110101000000003B",
        "110000",
        "北京市",
        "北京市东城区示范路3号",
        "010-00000000",
        410,
        12,
        "前厅接待",
        32,
    ),
)


def open_posts(school: "School") -> tuple[Post, Post, Post]:
    """A post in each of the three: nearby, in the province, and in the capital."""
    near, far, capital = (_post(_host(hotel, school.people["internship_officer"]), hotel, school) for hotel in HOTELS)
    return near, far, capital


def _post(host: HostOrganisation, hotel: Hotel, school: "School") -> Post:
    return service.create_post(
        host,
        name=hotel.post,
        venue=Venue.HOTEL,
        majors=MAJORS,
        labour_intensity=LabourIntensity.I,
        hazards=[],
        staff_same_kind=hotel.staff_same_kind,
        wage=Decimal(3600),
        lowest_grade_wage=Decimal(2800),
        by=school.people["internship_officer"],
    )


def _host(hotel: Hotel, officer: User) -> HostOrganisation:
    host = service.create_host(
        name=hotel.name,
        uscc=hotel.uscc,
        venue=Venue.HOTEL,
        province=hotel.province,
        city=hotel.city,
        address=hotel.address,
        contact_name="人事部",
        contact_phone=hotel.phone,
        legal_status=LegalStatus.LEGAL_PERSON,
        staff_total=hotel.staff,
        staff_counted_on=INSPECTED,
        other_interns=hotel.other_interns,
        by=officer,
    )
    _look_at(host, officer)
    service.record_approval(host, party_meeting_on=DECIDED, minutes_no="校党纪要〔2026〕2号", by=officer)
    service.record_publication(host, published_on=PUBLISHED, place="学校网站“实习单位公示”栏", by=officer)
    plan = {name: text.format(post=hotel.post) for name, text in PLAN.items()}
    service.record_plan(host, agreed_on=AGREED, sections=plan, by=officer)
    return host


def _look_at(host: HostOrganisation, officer: User) -> None:
    """Visited, and looked up in the public registers."""
    service.record_inspection(
        host,
        inspected_on=INSPECTED,
        signed_on=INSPECTED,
        inspectors="实习办和专业教师",
        items=REPORT,
        complete=True,
        fits_training=True,
        fits_industry=True,
        by=officer,
    )
    service.record_credit_check(
        host,
        checked_on=CHECKED,
        has_dishonesty_record=False,
        source="国家企业信用信息公示系统、信用中国",
        by=officer,
    )
