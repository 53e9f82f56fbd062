"""The checks of a programme of study, one function per rule."""

from datetime import date

from exchange.core.rules import Message, Regulation, RuleBook, Severity, Verdict
from exchange.programmes.rules import measures
from exchange.programmes.rules.plan import Plan

PROGRAMME: RuleBook[Plan] = RuleBook("PROGRAMME")
GUIDANCE = Regulation(
    version="教职成〔2019〕13号",
    title=Message(
        "关于职业院校专业人才培养方案制订与实施工作的指导意见",
        "Guidance on programmes of study in vocational schools",
    ),
    in_force_from=date(2019, 6, 5),
    has_known_articles=False,
)
SCHOOL = Regulation(
    version="学校设定",
    title=Message("学校设定（不是法规条文）", "The school’s own setting, not a text of law"),
    in_force_from=date(2019, 6, 5),
    is_law=False,
)


@PROGRAMME.rule(
    "PRG-01",
    Severity.WARN,
    article="",
    regulation=GUIDANCE,
    statement=Message("三年总学时不少于 3,000", "Three years have at least 3,000 hours"),
    message=Message("总学时不够", "There are too few hours"),
    limits=("total_hours_at_least",),
)
def hours_suffice(plan: Plan) -> Verdict:
    return measures.total_hours(plan).verdict


@PROGRAMME.rule(
    "PRG-02",
    Severity.WARN,
    article="",
    regulation=GUIDANCE,
    statement=Message("公共基础课约占总学时的三分之一", "Public basic courses make about a third of the hours"),
    message=Message("公共基础课不是约三分之一", "Public basic courses are not about a third"),
    limits=("public_basic_percent",),
)
def public_basics_are_a_third(plan: Plan) -> Verdict:
    return measures.public_basic_share(plan).verdict


@PROGRAMME.rule(
    "PRG-03",
    Severity.WARN,
    article="",
    regulation=SCHOOL,
    statement=Message("选修课不少于总学时的十分之一", "Electives make at least a tenth of the hours"),
    message=Message("选修课不够", "There are too few electives"),
    limits=("elective_percent_at_least",),
)
def electives_suffice(plan: Plan) -> Verdict:
    return measures.elective_share(plan).verdict


@PROGRAMME.rule(
    "PRG-04",
    Severity.WARN,
    article="",
    regulation=GUIDANCE,
    statement=Message("实践学时不少于总学时的一半", "Practice makes at least half of the hours"),
    message=Message("实践学时不够", "There is too little practice"),
    limits=("practice_percent_at_least",),
)
def practice_suffices(plan: Plan) -> Verdict:
    return measures.practice_share(plan).verdict


@PROGRAMME.rule(
    "PRG-05",
    Severity.WARN,
    article="",
    regulation=GUIDANCE,
    statement=Message(
        "岗位实习一般 6 个月，可以分段", "The post internship is 6 months as a rule, together or in parts"
    ),
    message=Message("岗位实习不是约 6 个月", "The post internship is not about 6 months"),
    limits=("internship_months",),
)
def internship_is_about_half_a_year(plan: Plan) -> Verdict:
    return measures.internship_length(plan).verdict


@PROGRAMME.rule(
    "PRG-06",
    Severity.WARN,
    article="",
    regulation=SCHOOL,
    statement=Message("每门课 16 到 18 学时算 1 学分", "16 to 18 hours of a course are one credit"),
    message=Message("有课程的学时和学分不相称", "Hours and credits of some courses do not fit"),
    limits=("hours_per_credit",),
)
def credits_fit_the_hours(plan: Plan) -> Verdict:
    return measures.hours_per_credit(plan).verdict


@PROGRAMME.rule(
    "PRG-07",
    Severity.WARN,
    article="",
    regulation=SCHOOL,
    statement=Message("三年总学分不少于 170", "Three years have at least 170 credits"),
    message=Message("总学分不够", "There are too few credits"),
    limits=("total_credits_at_least",),
)
def credits_suffice(plan: Plan) -> Verdict:
    return measures.total_credits(plan).verdict


@PROGRAMME.rule(
    "PRG-08",
    Severity.INFO,
    article="",
    regulation=GUIDANCE,
    statement=Message("专业核心课 6 到 8 门", "The major has 6 to 8 core courses"),
    message=Message("专业核心课不是 6 到 8 门", "The number of core courses is not 6 to 8"),
    limits=("core_courses",),
)
def core_is_of_ordinary_size(plan: Plan) -> Verdict:
    return measures.core_courses(plan).verdict


@PROGRAMME.rule(
    "PRG-09",
    Severity.WARN,
    article="",
    regulation=GUIDANCE,
    statement=Message("必修的公共基础科目都开课", "Every required public basic subject is taught"),
    message=Message("缺公共基础科目", "Public basic subjects are missing"),
    limits=("basic_subjects", "basic_subjects_of_the_school"),
)
def basic_subjects_are_taught(plan: Plan) -> Verdict:
    return measures.basic_subjects(plan).verdict
