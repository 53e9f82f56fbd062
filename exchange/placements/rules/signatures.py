"""What student, guardian, school and host have signed before the first day."""

from exchange.core.rules import HOLDS, Message, Severity, Verdict, either, every, not_recorded
from exchange.placements.facts import Facts
from exchange.placements.rules.books import N01, START
from exchange.placements.rules.conditions import by_start, is_cognitive, is_true, start_is_known

AGREEMENT_ITEMS = {
    "party_info": Message("协议缺少各方基本信息", "The agreement lacks the parties"),
    "time_place_content_requirements_conditions": Message(
        "协议缺少实习的时间、地点、内容、要求与条件保障",
        "The agreement lacks time, place, content, requirements and conditions",
    ),
    "board_lodging_worktime_rest": Message(
        "协议缺少食宿、工作时间和休息休假安排", "The agreement lacks board, lodging, working time and rest"
    ),
    "pay_and_method": Message("协议缺少实习报酬及支付方式", "The agreement lacks pay and the way it is paid"),
    "labour_protection_health": Message(
        "协议缺少劳动保护和卫生、职业病危害防护条件", "The agreement lacks labour protection and health"
    ),
    "insurance_and_accidents": Message(
        "协议缺少责任保险与伤亡事故处理办法", "The agreement lacks insurance and the handling of accidents"
    ),
    "assessment_method": Message("协议缺少实习考核方式", "The agreement lacks the way of assessment"),
    "breach_liability": Message("协议缺少各方违约责任", "The agreement lacks the liability for breach"),
}
"""The first eight contents of article 15; the ninth, other matters, may be empty."""


@START.rule(
    "INT-13",
    Severity.BLOCK,
    article="9",
    regulation=N01,
    statement=Message(
        "学生和法定监护人（或家长）已在实习开始前签署知情同意书，成年学生也不例外",
        "Student and guardian have signed the consent form by the first day, for adult students too",
    ),
    message=Message("知情同意书签署不全", "The consent form is not fully signed"),
)
def consent_is_signed(facts: Facts) -> Verdict:
    consent = facts.consent
    student = Message("未见学生签署的知情同意书", "The student has not signed the consent form")
    guardian = Message("未见法定监护人（或家长）签署的知情同意书", "The guardian has not signed the consent form")
    return either(
        is_cognitive(facts),
        every(
            start_is_known(facts),
            by_start(facts, consent.student_signed_on, "consent.student_signed_on", student),
            by_start(facts, consent.guardian_signed_on, "consent.guardian_signed_on", guardian),
        ),
    )


@START.rule(
    "INT-20",
    Severity.BLOCK,
    article="14",
    regulation=N01,
    statement=Message(
        "学校、实习单位、学生和监护人已在实习开始前签订以示范文本为基础的三方协议",
        "School, host, student and guardian have signed the agreement on the official model by the first day",
    ),
    message=Message("三方协议签订不全", "The three-party agreement is not fully signed"),
)
def agreement_is_signed(facts: Facts) -> Verdict:
    agreement = facts.agreement
    template = Message("未登记三方协议所用的示范文本", "The model text of the agreement is not recorded")
    school = Message("三方协议未见学校签署", "The school has not signed the agreement")
    host = Message("三方协议未见实习单位签署", "The host has not signed the agreement")
    student = Message("三方协议未见学生签署", "The student has not signed the agreement")
    guardian = Message("三方协议未见监护人签署", "The guardian has not signed the agreement")
    return either(
        is_cognitive(facts),
        every(
            start_is_known(facts),
            HOLDS if agreement.template else not_recorded("agreement.template", message=template),
            by_start(facts, agreement.school_signed_on, "agreement.school_signed_on", school),
            by_start(facts, agreement.host_signed_on, "agreement.host_signed_on", host),
            by_start(facts, agreement.student_signed_on, "agreement.student_signed_on", student),
            by_start(facts, agreement.guardian_signed_on, "agreement.guardian_signed_on", guardian),
        ),
    )


@START.rule(
    "INT-21",
    Severity.BLOCK,
    article="15",
    regulation=N01,
    statement=Message(
        "三方协议载有第十五条列明的前八项内容", "The agreement holds the first eight contents of article 15"
    ),
    message=Message("三方协议内容不全", "The agreement is not complete"),
)
def agreement_is_complete(facts: Facts) -> Verdict:
    return either(
        is_cognitive(facts),
        every(
            *(
                is_true(getattr(facts.agreement.items, name), f"agreement.items.{name}", message)
                for name, message in AGREEMENT_ITEMS.items()
            )
        ),
    )
