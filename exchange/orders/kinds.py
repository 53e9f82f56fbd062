"""The kinds of orders as a table: from which status, to which, what is asked for, who confirms."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.orders.evidence import Answer, AwardLevel, Ground, Question, Sanction
from exchange.students.models import ON_ROLL
from exchange.students.models import StudentStatus as Is


class OrderKind(LabelledEnum):
    ENTRY = "entry", _("入学")
    PROMOTION = "promotion", _("升级")
    CLASS_CHANGE = "class_change", _("转班")
    MAJOR_CHANGE = "major_change", _("转专业")
    REPEAT = "repeat", _("留级")
    LEAVE = "leave", _("休学")
    RESUMPTION = "resumption", _("复学")
    TRANSFER_OUT = "transfer_out", _("转学（转出）")
    WITHDRAWAL = "withdrawal", _("退学（本人申请）")
    DISMISSAL = "dismissal", _("退学（学校认定）")
    EXPULSION = "expulsion", _("开除学籍")
    LOST = "lost", _("流失")
    DEATH = "death", _("死亡")
    GRADUATION = "graduation", _("毕业")
    COMPLETION = "completion", _("结业")
    DIPLOMA_EXCHANGE = "diploma_exchange", _("结业换毕业")
    AWARD = "award", _("奖励")
    SANCTION = "sanction", _("处分")
    SANCTION_REMOVAL = "sanction_removal", _("撤销处分记录")


@dataclass(frozen=True)
class KindOfOrder:
    """What an order of this kind does. Without ``status`` the status stays, without ``moves_class`` the class."""

    hint: str
    sources: AbstractSet[Is]
    code: str = "99"  # 学籍异动类别码 of JY/T 1001
    status: Is | None = None
    moves_class: bool = False
    questions: tuple[Question, ...] = ()
    is_filed: bool = False  # with the authority, up to the city (设区市) or further
    by_principal: bool = False  # decided by the leadership of the school
    for_whole_class: bool = False  # mostly about everybody who is there
    instead: OrderKind | None = None  # for those who may not have this one

    @property
    def changes_state(self) -> bool:
        return self.status is not None or self.moves_class


STUDYING = frozenset({Is.REGISTERED})
ROLL = frozenset(ON_ROLL)

APPLIED = (
    Question("student_applied_on", _("学生申请日期")),
    Question("guardian_applied_on", _("监护人申请日期")),
)
CERTIFICATE = Question("hospital_certificate_on", _("县级以上医院证明日期"), hint=_("因病办理时要填。"))
LEADERSHIP = Question("leadership_decided_on", _("校领导集体研究决定的日期"))


def _ground(*grounds: Ground) -> Question:
    return Question("ground", _("事由"), Answer.CHOICE, grounds)


KINDS: dict[OrderKind, KindOfOrder] = {
    OrderKind.ENTRY: KindOfOrder(_("新生报到注册以后，把入学定下来。"), STUDYING, for_whole_class=True),
    OrderKind.PROMOTION: KindOfOrder(
        _("学年结束，全班升入下一年级；谁不能升、为什么，逐个列出。"), STUDYING, for_whole_class=True
    ),
    OrderKind.CLASS_CHANGE: KindOfOrder(_("换到同专业的另一个班。"), STUDYING, code="29", moves_class=True),
    OrderKind.MAJOR_CHANGE: KindOfOrder(
        _("换到另一个专业的班。有期限，毕业年级不能转。"),
        STUDYING,
        code="23",
        moves_class=True,
        questions=(_ground(Ground.TALENT, Ground.HEALTH, Ground.MAJOR_CLOSED), CERTIFICATE),
    ),
    OrderKind.REPEAT: KindOfOrder(
        _("编入下一年级的班，重读一年。"), STUDYING, code="02", moves_class=True, questions=(LEADERSHIP,)
    ),
    OrderKind.LEAVE: KindOfOrder(
        _("暂时离校，保留学籍记录；期间不享受在校学生待遇。"),
        STUDYING,
        code="11",
        status=Is.ON_LEAVE,
        questions=(
            _ground(Ground.ILLNESS, Ground.BUSINESS, Ground.MILITARY, Ground.FAMILY, Ground.OTHER),
            *APPLIED,
            CERTIFICATE,
            Question("has_third_of_credits", _("已修满三分之一以上学分"), Answer.YES),
            Question("agreement_signed_on", _("与监护人签订责任协议的日期")),
            Question("leave_until", _("休学的最后一天"), Answer.COMING_DAY, hint=_("到期两周不复学，要处理。")),
        ),
        is_filed=True,
    ),
    OrderKind.RESUMPTION: KindOfOrder(
        _("休学期满回校，编入相应年级的班。"),
        frozenset({Is.ON_LEAVE}),
        code="12",
        status=Is.REGISTERED,
        moves_class=True,
        questions=(
            Question("student_applied_on", _("学生申请日期"), hint=_("学期开始前一个月申请。")),
            CERTIFICATE,
            Question("rechecked_on", _("学校复查合格日期"), hint=_("因病休学的要填。")),
        ),
        is_filed=True,
    ),
    OrderKind.TRANSFER_OUT: KindOfOrder(
        _("转到别的学校。"),
        ROLL,
        code="21",
        status=Is.TRANSFERRED,
        questions=(
            *APPLIED,
            Question("other_school", _("转入学校"), Answer.TEXT),
            Question("own_school_agreed_on", _("本校同意日期")),
            Question("other_school_agreed_on", _("转入学校同意日期")),
            Question("is_other_province", _("转到外省"), Answer.YES),
            Question("filed_in_city_on", _("市级备案日期"), hint=_("跨省时要填。")),
            Question("filed_in_province_on", _("省级备案日期"), hint=_("跨省时要填。")),
        ),
        is_filed=True,
    ),
    OrderKind.WITHDRAWAL: KindOfOrder(
        _("学生和监护人自己申请离校。"), ROLL, code="31", status=Is.WITHDRAWN, questions=APPLIED, is_filed=True
    ),
    OrderKind.DISMISSAL: KindOfOrder(
        _("学校依规定认定退学，只能用于成年学生。"),
        ROLL,
        code="31",
        status=Is.WITHDRAWN,
        questions=(
            _ground(Ground.LEAVE_EXPIRED, Ground.TWO_YEARS, Ground.ABSENT_HOURS, Ground.ABSENT_WEEKS),
            Question("leave_until", _("休学的最后一天"), hint=_("休学期满的要填。")),
            Question("unexcused_hours", _("本学期旷课课时"), Answer.NUMBER, hint=_("因旷课的要填。")),
            Question("absent_since", _("擅自离校的第一天"), hint=_("因离校的要填。")),
            Question("guardian_notified_on", _("通知监护人的日期")),
            Question("public_notice_on", _("公告日期"), hint=_("联系不上监护人时公告。")),
        ),
        is_filed=True,
        by_principal=True,
    ),
    OrderKind.EXPULSION: KindOfOrder(
        _("只能用于成年学生，要听证、集体决定、备案。"),
        ROLL,
        code="42",
        status=Is.EXPELLED,
        questions=(
            _ground(Ground.CONVICTED, Ground.UNREFORMED),
            Question("guardian_notified_on", _("书面通知学生和家长的日期")),
            Question("hearing_offered_on", _("告知听证权利的日期")),
            LEADERSHIP,
        ),
        is_filed=True,
        by_principal=True,
    ),
    OrderKind.LOST: KindOfOrder(
        _("学生离开，再也联系不上。"),
        ROLL,
        status=Is.LOST,
        questions=(
            Question("absent_since", _("擅自离校的第一天")),
            Question("guardian_notified_on", _("最后一次联系监护人的日期")),
            Question("public_notice_on", _("公告日期"), hint=_("联系不上监护人时公告。")),
        ),
        by_principal=True,
    ),
    OrderKind.DEATH: KindOfOrder(
        _("及时逐级上报，凭证明注销。"),
        ROLL,
        code="51",
        status=Is.DECEASED,
        questions=(
            Question("proof_on", _("证明的日期")),
            Question("reported_to_province_on", _("逐级上报的日期")),
        ),
    ),
    OrderKind.GRADUATION: KindOfOrder(
        _("毕业审核通过的学生。"),
        STUDYING,
        status=Is.GRADUATED,
        for_whole_class=True,
        instead=OrderKind.COMPLETION,
        questions=(
            Question("audit_passed_on", _("毕业审核通过日期")),
            Question("student_applied_on", _("提前毕业的申请日期"), hint=_("只有提前毕业要填。")),
        ),
    ),
    OrderKind.COMPLETION: KindOfOrder(
        _("学制年限内仍有课程或实习不合格。"),
        STUDYING,
        status=Is.COMPLETED,
        questions=(Question("makeup_passed_on", _("最后一次补考的日期")),),
    ),
    OrderKind.DIPLOMA_EXCHANGE: KindOfOrder(
        _("结业半年到两年内补考合格，换发毕业证书。"),
        frozenset({Is.COMPLETED}),
        status=Is.GRADUATED,
        questions=(
            Question("student_applied_on", _("学生申请日期")),
            Question("makeup_passed_on", _("补考合格日期")),
        ),
    ),
    OrderKind.AWARD: KindOfOrder(
        _("国家、省、市、县、校级的奖励，要公示。"),
        ROLL,
        questions=(
            Question("award", _("奖励名称"), Answer.TEXT),
            Question("award_level", _("级别"), Answer.CHOICE, tuple(AwardLevel)),
            Question("published_on", _("公示日期")),
        ),
    ),
    OrderKind.SANCTION: KindOfOrder(
        _("警告、严重警告、记过、留校察看。"),
        ROLL,
        questions=(
            Question("sanction", _("处分"), Answer.CHOICE, tuple(Sanction)),
            Question("guardian_notified_on", _("书面通知学生和家长的日期")),
        ),
    ),
    OrderKind.SANCTION_REMOVAL: KindOfOrder(
        _("处分解除半年以后，学生申请，从档案里撤出。"),
        ROLL,
        questions=(
            Question("lifted_on", _("处分解除日期")),
            Question("student_applied_on", _("学生申请日期")),
        ),
    ),
}
