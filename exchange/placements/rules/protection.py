"""What protects a student from the first day on: training, test, insurance and a bed."""

from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, either, every, not_recorded
from exchange.placements.facts import Facts
from exchange.placements.facts.values import InsurancePayer
from exchange.placements.rules.books import N01, START
from exchange.placements.rules.conditions import by_start, is_filled, is_known, is_true, start_is_known

TRAINED = {
    "student_on": Message("未见学生的实习前培训", "The student's training before the internship is not recorded"),
    "instructor_on": Message(
        "未见学校指导教师的实习前培训", "The instructor's training before the internship is not recorded"
    ),
    "mentor_on": Message("未见单位指导人员的实习前培训", "The mentor's training before the internship is not recorded"),
}


@START.rule(
    "INT-11",
    Severity.GATE,
    article="8",
    regulation=N01,
    statement=Message(
        "学生、学校指导教师和单位指导人员都参加了实习前培训",
        "Student, instructor and mentor were trained before the internship",
    ),
    message=Message("实习前培训不全", "The training before the internship is not complete"),
)
def everybody_is_trained(facts: Facts) -> Verdict:
    return every(
        start_is_known(facts),
        *(by_start(facts, getattr(facts.training, name), f"training.{name}", said) for name, said in TRAINED.items()),
    )


@START.rule(
    "INT-40",
    Severity.GATE,
    article="24",
    regulation=N01,
    statement=Message(
        "外地实习由学校安排统一住宿；另行住宿的，经监护人签字同意并由学校备案",
        "Away from home the lodging is unified; elsewhere the guardian has agreed and the school has it on file",
    ),
    message=Message("住宿未落实", "The lodging is not settled"),
)
def lodging_is_settled(facts: Facts) -> Verdict:
    return either(_stays_at_home(facts), _is_lodged(facts))


def _stays_at_home(facts: Facts) -> Verdict:
    if facts.lodging.away_from_home is None:
        return is_known(None, "lodging.away_from_home")
    return broken() if facts.lodging.away_from_home else HOLDS


def _is_lodged(facts: Facts) -> Verdict:
    together, elsewhere = _is_lodged_together(facts), _is_lodged_elsewhere(facts)
    if facts.lodging.unified is not None:
        return together if facts.lodging.unified else elsewhere
    both = every(together, elsewhere)
    return both if both is HOLDS else every(is_known(None, "lodging.unified"), both)


def _is_lodged_together(facts: Facts) -> Verdict:
    address = Message("未登记住宿地址", "The address of the lodging is not recorded")
    warden = Message("未登记宿舍管理员电话", "The telephone of the warden is not recorded")
    return every(
        is_filled(facts.lodging.address, "lodging.address", address),
        is_filled(facts.lodging.warden_phone, "lodging.warden_phone", warden),
    )


def _is_lodged_elsewhere(facts: Facts) -> Verdict:
    agreed, filed = facts.lodging.guardian_agreed_on, facts.lodging.school_filed_on
    guardian = Message("另行住宿未见监护人签字同意", "The guardian has not agreed to other lodging")
    school = Message("另行住宿未见学校备案", "The school has not filed the other lodging")
    return every(
        HOLDS if agreed else not_recorded("lodging.guardian_agreed_on", message=guardian),
        HOLDS if filed else not_recorded("lodging.school_filed_on", message=school),
    )


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
    return is_true(facts.insurance.student_listed, "insurance.student_listed", unlisted)


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
