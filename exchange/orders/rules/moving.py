"""Transfer to another school, change of class and of major, repeating a year."""

from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, every, not_recorded
from exchange.orders.evidence import Ground
from exchange.orders.facts import Facts
from exchange.orders.kinds import OrderKind
from exchange.orders.rules.books import BOOKS, NATIONAL
from exchange.orders.rules.conditions import done, stated
from exchange.students.models import StudentStatus

CLASS_CHANGE, MAJOR_CHANGE = BOOKS[OrderKind.CLASS_CHANGE], BOOKS[OrderKind.MAJOR_CHANGE]
REPEAT, TRANSFER = BOOKS[OrderKind.REPEAT], BOOKS[OrderKind.TRANSFER_OUT]
CATEGORY = 2  # digits of a major that name its category


@TRANSFER.rule(
    "STA-01",
    Severity.BLOCK,
    article="15",
    regulation=NATIONAL,
    statement=Message("休学期间不转学", "Nobody transfers while on leave of absence"),
    message=Message("学生在休学，休学期间不予转学", "The student is on leave of absence and cannot transfer"),
)
def is_not_on_leave(facts: Facts) -> Verdict:
    return broken() if facts.status is StudentStatus.ON_LEAVE else HOLDS


@TRANSFER.rule(
    "STA-02",
    Severity.BLOCK,
    article="15",
    regulation=NATIONAL,
    statement=Message("转学的学生在本校已学习满一学期", "Who transfers has studied here for a whole term"),
    message=Message(
        "学生在本校学习未满一学期，不予转学", "The student has not studied here for a whole term and cannot transfer"
    ),
)
def has_studied_a_term(facts: Facts) -> Verdict:
    return HOLDS if facts.effective_on > facts.first_whole_term.ends_on else broken()


@TRANSFER.rule(
    "STA-03",
    Severity.BLOCK,
    article="15",
    regulation=NATIONAL,
    statement=Message("毕业年级的学生不转学", "Nobody transfers in the graduating year"),
    message=Message("毕业年级学生不予转学", "A student of the graduating year cannot transfer"),
)
def is_not_in_graduating_year_to_transfer(facts: Facts) -> Verdict:
    return broken() if facts.is_graduating else HOLDS


@TRANSFER.rule(
    "STA-04",
    Severity.GATE,
    article="15",
    regulation=NATIONAL,
    statement=Message("学生和监护人申请转学", "Student and guardian have applied for the transfer"),
    message=Message("缺少学生或监护人的转学申请", "The application of student or guardian is missing"),
)
def transfer_is_applied_for(facts: Facts) -> Verdict:
    return every(done(facts, "student_applied_on"), done(facts, "guardian_applied_on"))


@TRANSFER.rule(
    "STA-05",
    Severity.GATE,
    article="15",
    regulation=NATIONAL,
    statement=Message("转出、转入两校都同意", "Both schools have agreed to the transfer"),
    message=Message("缺少转入学校，或两校同意的日期", "The other school, or the consent of both schools, is missing"),
)
def both_schools_agree(facts: Facts) -> Verdict:
    return every(
        stated(facts, "other_school"), done(facts, "own_school_agreed_on"), done(facts, "other_school_agreed_on")
    )


@TRANSFER.rule(
    "STA-06",
    Severity.GATE,
    article="15",
    regulation=NATIONAL,
    statement=Message("跨省转学在市和省备案", "A transfer to another province is filed with city and province"),
    message=Message("跨省转学缺少市级或省级备案", "The filing with city or province is missing"),
)
def transfer_abroad_is_filed(facts: Facts) -> Verdict:
    if not facts.evidence.is_other_province:
        return HOLDS
    return every(done(facts, "filed_in_city_on"), done(facts, "filed_in_province_on"))


@CLASS_CHANGE.rule(
    "STA-10",
    Severity.BLOCK,
    article="16",
    regulation=NATIONAL,
    statement=Message("转班不改变专业", "A change of class keeps the major"),
    message=Message("新的班是别的专业，要用“转专业”", "The new class has another major: use a change of major"),
)
def class_has_the_same_major(facts: Facts) -> Verdict:
    return HOLDS if facts.to_major == facts.major else broken()


@CLASS_CHANGE.rule(
    "STA-09",
    Severity.BLOCK,
    article="16",
    regulation=NATIONAL,
    statement=Message("转班在同一年级内", "A change of class stays within the year"),
    message=Message(
        "新的班是别的年级，转班只能换到同年级的班；重读用“留级”",
        "The new class is of another year: change within the year only, or use repeating a year",
    ),
)
def class_is_of_the_same_year(facts: Facts) -> Verdict:
    return HOLDS if facts.to_intake_year == facts.intake_year else broken()


@MAJOR_CHANGE.rule(
    "STA-11",
    Severity.GATE,
    article="16",
    regulation=NATIONAL,
    statement=Message("转专业有规定的三种事由之一", "A change of major has one of the three reasons"),
    message=Message(
        "缺少转专业的事由；因身体原因要有县级以上医院证明",
        "The reason for the change is missing; for health a certificate of a county hospital is needed",
    ),
)
def change_of_major_has_a_reason(facts: Facts) -> Verdict:
    if facts.evidence.ground is Ground.HEALTH:
        return done(facts, "hospital_certificate_on")
    return stated(facts, "ground")


@MAJOR_CHANGE.rule(
    "STA-12",
    Severity.BLOCK,
    article="16",
    regulation=NATIONAL,
    statement=Message("毕业年级的学生不转专业", "Nobody changes the major in the graduating year"),
    message=Message("毕业年级学生不能转专业", "A student of the graduating year cannot change the major"),
)
def is_not_in_graduating_year_to_change_major(facts: Facts) -> Verdict:
    return broken() if facts.is_graduating else HOLDS


@MAJOR_CHANGE.rule(
    "STA-13",
    Severity.BLOCK,
    article="16",
    regulation=NATIONAL,
    statement=Message(
        "跨大类转专业在一年级第一学期结束前", "A change to another category happens in the first term of grade 1"
    ),
    message=Message(
        "跨专业大类转专业，只能在一年级第一学期结束前",
        "The major of another category can be chosen until the end of the first term of grade 1 only",
    ),
)
def change_of_category_is_early(facts: Facts) -> Verdict:
    if facts.to_major is None or facts.to_major[:CATEGORY] == facts.major[:CATEGORY]:
        return HOLDS
    return HOLDS if facts.effective_on <= facts.term(facts.intake_year, 1).ends_on else broken()


@MAJOR_CHANGE.rule(
    "STA-14",
    Severity.BLOCK,
    article="16",
    regulation=NATIONAL,
    statement=Message(
        "同大类转专业在二年级第一学期结束前", "A change within the category happens until the first term of grade 2"
    ),
    message=Message(
        "同专业大类转专业，只能在二年级第一学期结束前",
        "Another major of the category can be chosen until the end of the first term of grade 2 only",
    ),
)
def change_within_category_is_in_time(facts: Facts) -> Verdict:
    return HOLDS if facts.effective_on <= facts.term(facts.intake_year + 1, 1).ends_on else broken()


@MAJOR_CHANGE.rule(
    "STA-15",
    Severity.BLOCK,
    article="16",
    regulation=NATIONAL,
    statement=Message("转专业换到另一个专业", "A change of major leads to another major"),
    message=Message("新的班还是原专业，要用“转班”", "The new class has the same major: use a change of class"),
)
def major_is_another(facts: Facts) -> Verdict:
    return HOLDS if facts.to_major != facts.major else broken()


@REPEAT.rule(
    "STA-16",
    Severity.GATE,
    article="24",
    regulation=NATIONAL,
    statement=Message("留级按学校的办法决定", "Repeating a year is decided by the rules of the school"),
    message=Message("缺少学校决定留级的日期", "The decision of the school is missing"),
)
def repeating_is_decided(facts: Facts) -> Verdict:
    return done(facts, "leadership_decided_on")


@REPEAT.rule(
    "STA-17",
    Severity.BLOCK,
    article="24",
    regulation=NATIONAL,
    statement=Message("留级编入下一年级", "Who repeats joins the year below"),
    message=Message("新的班不是低一年级的班", "The new class is not of the year below"),
)
def class_is_of_the_year_below(facts: Facts) -> Verdict:
    if facts.to_intake_year is None:
        return not_recorded("to_class_id")
    return HOLDS if facts.to_intake_year == facts.intake_year + 1 else broken()
