"""What must be true before a student goes on duty."""

from datetime import date

from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, either, every, not_recorded
from exchange.placements.facts import Facts
from exchange.placements.facts.values import FilingKind, InsurancePayer
from exchange.placements.rules.books import N01, START
from exchange.placements.rules.conditions import before_start, by_start, is_cognitive, is_known, start_is_known

HOME_COUNTRY = "CN"

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
        every(*(_item_is_filled(facts, name, message) for name, message in AGREEMENT_ITEMS.items())),
    )


def _item_is_filled(facts: Facts, name: str, message: Message) -> Verdict:
    path = f"agreement.items.{name}"
    is_filled: bool | None = getattr(facts.agreement.items, name)
    if is_filled is None:
        return not_recorded(path, message=message)
    return HOLDS if is_filled else broken(path, message=message)


@START.rule(
    "INT-41",
    Severity.BLOCK,
    article="24",
    regulation=N01,
    statement=Message(
        "跨省实习已事先经学校主管部门同意、报省级主管部门备案，并已将信息提供给实习地",
        "The authority has agreed to a cross-province internship, the province has it on file, the other is informed",
    ),
    message=Message("跨省实习手续不全", "The procedure for a cross-province internship is not complete"),
)
def cross_province_internship_is_filed(facts: Facts) -> Verdict:
    return either(_is_abroad(facts), _is_in_own_province(facts), _is_filed_across(facts))


def _is_abroad(facts: Facts) -> Verdict:
    """Another country has its own article; no record of the country means this one."""
    country = facts.host.country
    return broken() if country is None or country.upper() == HOME_COUNTRY else HOLDS


def _is_in_own_province(facts: Facts) -> Verdict:
    ours, theirs = facts.school_province, facts.host.province
    if ours is None or theirs is None:
        return every(is_known(ours, "school_province"), is_known(theirs, "host.province"))
    return HOLDS if ours == theirs else broken()


def _is_filed_across(facts: Facts) -> Verdict:
    consent = Message(
        "跨省实习未见学校主管部门事先同意", "The school's authority has not agreed to the cross-province internship"
    )
    filing = Message(
        "跨省实习未见省级主管部门备案", "The cross-province internship is not on file with the provincial authority"
    )
    package = Message(
        "跨省实习信息未提供给实习单位所在地省级主管部门",
        "The authority of the host's province has not been sent the data of the internship",
    )
    path = f"filings.{FilingKind.CROSS_PROVINCE.value}"
    sent_on = _earliest(facts, FilingKind.CROSS_PROVINCE, "package_sent_on")
    return every(
        start_is_known(facts),
        before_start(
            facts,
            _earliest(facts, FilingKind.CROSS_PROVINCE, "authority_consent_on"),
            f"{path}.authority_consent_on",
            consent,
        ),
        before_start(facts, _earliest(facts, FilingKind.CROSS_PROVINCE, "filed_on"), f"{path}.filed_on", filing),
        HOLDS if sent_on else not_recorded(f"{path}.package_sent_on", message=package),
    )


def _earliest(facts: Facts, kind: FilingKind, name: str) -> date | None:
    """Several entries of one kind count together."""
    days = [getattr(filing, name) for filing in facts.filings or () if filing.kind is kind]
    return min((day for day in days if day is not None), default=None)


@START.rule(
    "INT-46",
    Severity.BLOCK,
    article="31",
    regulation=N01,
    statement=Message("学生已在实习开始前通过安全考核", "The student has passed the safety test by the first day"),
    message=Message("学生未通过安全考核", "The student has not passed the safety test"),
)
def safety_test_is_passed(facts: Facts) -> Verdict:
    taken = Message("未见安全考核记录", "No safety test is recorded")
    return every(
        start_is_known(facts),
        _score_is_enough(facts),
        by_start(facts, facts.safety_test.taken_on, "safety_test.taken_on", taken),
    )


def _score_is_enough(facts: Facts) -> Verdict:
    score, pass_score = facts.safety_test.score, facts.safety_test.pass_score
    if score is None or pass_score is None:
        return every(is_known(score, "safety_test.score"), is_known(pass_score, "safety_test.pass_score"))
    failed = Message("安全考核成绩未达到合格线", "The score of the safety test is below the pass mark")
    return HOLDS if score >= pass_score else broken("safety_test.score", message=failed)


@START.rule(
    "INT-47",
    Severity.BLOCK,
    article="35",
    regulation=N01,
    statement=Message(
        "实习责任保险覆盖实习全过程，学生在参保名单中且未承担费用",
        "Liability insurance covers the whole internship, names the student and costs the student nothing",
    ),
    message=Message("实习责任保险不全", "The liability insurance is not complete"),
)
def insurance_covers_internship(facts: Facts) -> Verdict:
    return every(
        start_is_known(facts),
        is_known(facts.placement.end, "placement.end"),
        _policy_covers_period(facts),
        _policy_names_student(facts),
        _student_pays_nothing(facts),
    )


def _policy_covers_period(facts: Facts) -> Verdict:
    begins = Message("未见自实习开始日起生效的实习责任保险", "No insurance from the first day on is recorded")
    ends = Message("未见覆盖到实习结束日的实习责任保险", "No insurance up to the last day is recorded")
    last, end = facts.insurance.to, facts.placement.end
    if last is None:
        until_end = not_recorded("insurance.to", message=ends)
    else:
        until_end = broken("insurance.to", message=ends) if end and last < end else HOLDS
    return every(by_start(facts, facts.insurance.from_, "insurance.from", begins), until_end)


def _policy_names_student(facts: Facts) -> Verdict:
    unlisted = Message("未见学生列入实习责任保险参保名单", "The student is not recorded on the list of the insured")
    if facts.insurance.student_listed is None:
        return not_recorded("insurance.student_listed", message=unlisted)
    return HOLDS if facts.insurance.student_listed else broken("insurance.student_listed", message=unlisted)


def _student_pays_nothing(facts: Facts) -> Verdict:
    payer, paid = facts.insurance.payer, facts.insurance.student_paid
    who = Message("未登记实习责任保险的付费方", "Who pays the insurance is not recorded")
    how_much = Message("未登记学生承担的保险费", "What the student paid of the insurance is not recorded")
    charged = Message("实习责任保险费由学生承担", "The student pays for the insurance")
    by_school_or_host = not_recorded("insurance.payer", message=who)
    if payer is not None:
        by_school_or_host = broken("insurance.payer", message=charged) if payer is InsurancePayer.STUDENT else HOLDS
    nothing = not_recorded("insurance.student_paid", message=how_much)
    if paid is not None:
        nothing = broken("insurance.student_paid", message=charged) if paid else HOLDS
    return every(by_school_or_host, nothing)
