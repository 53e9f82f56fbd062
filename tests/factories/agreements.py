"""Documents of placements as the service issues them."""

from decimal import Decimal

from exchange.agreements import service
from exchange.core.database import db
from exchange.students.models import Guardianship
from tests.factories.placements import PlacementFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory

TERMS = {
    "tasks": "迎宾、行李、问询、入住登记。",
    "working_time": "标准工时，每天 8:30—17:00，每周不超过 40 小时。",
    "rest": "周六、周日和法定节假日休息。",
    "meals": "单位食堂提供三餐，免费。",
    "lodging": "员工公寓301室，四人一间，免费。",
    "pay_amount": Decimal(2600),
    "pay_per": "month",
    "pay_method": "bank",
    "pay_day": 15,
    "protection": "单位发给工作服和防滑鞋，讲清岗位上的危险。",
    "insurance": "学校投保实习责任保险，保费由学校学费列支。",
    "accidents": "立即送医，当天通知监护人。",
    "assessment": "过程占六成，结果占四成，学校和单位共同打分。",
    "breach": "谁违约谁赔偿。",
    "other": "",
}


def placement_with_family(*, name="刀玉兰", guardian="刀文忠", **values) -> tuple[object, Guardianship]:
    """A placement of a student whose father may sign, and the guardianship."""
    placement = PlacementFactory(student__name=name, **values)
    bond = GuardianshipFactory(student=placement.student, guardian=GuardianFactory(name=guardian), relation="父亲")
    return placement, bond


def issued(placement, *, by=None, **terms):
    """Agreement and consent form of the placement, in force."""
    made = service.issue(placement, TERMS | terms, by=by)
    db.session.commit()
    return made
