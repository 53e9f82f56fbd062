"""What must be true before somebody is admitted and before somebody is registered (``domain/rules.md`` §2.1).

The numbers of the articles are not quoted where only memory gives them.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from exchange.core.rules import HOLDS, Message, Regulation, RuleBook, Severity, Verdict, broken, not_recorded
from exchange.enrolment.models import EntryDocument

STATUS_RULES = Regulation(
    version="教职成〔2010〕7号",
    title=Message("中等职业学校学生学籍管理办法", "Rules on student status at secondary vocational schools"),
    in_force_from=date(2010, 5, 13),
)
REGISTER_RULES = Regulation(
    version="教职成〔2014〕12号",
    title=Message("中等职业学历教育学生学籍电子注册办法（试行）", "Trial rules on electronic student registration"),
    in_force_from=date(2014, 9, 30),
)
AGREEMENT = Regulation(
    version="",
    title=Message("协作项目约定", "Agreement of the cooperation project"),
    in_force_from=date(2017, 9, 7),
    is_law=False,
)


@dataclass(frozen=True)
class Candidate:
    """Somebody to be admitted, and what is left of the quota of the county."""

    places: int | None  # None: no quota is agreed for this year at all
    taken: int


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be registered."""

    documents: AbstractSet[str]
    has_class: bool
    student_no: str  # of the record that bears the same resident ID, or empty


ADMISSION: RuleBook[Candidate] = RuleBook("ADMISSION")
REGISTRATION: RuleBook[Newcomer] = RuleBook("REGISTRATION")


@ADMISSION.rule(
    "ENR-01",
    Severity.WARN,
    article="",
    regulation=AGREEMENT,
    statement=Message("县的当年名额还有剩余", "Places of the county are left this year"),
    message=Message(
        "这个县今年的名额已满，超额录取由校领导写明理由",
        "The county's places of this year are taken; beyond them the principal admits with a written reason",
    ),
)
def county_has_places_left(candidate: Candidate) -> Verdict:
    return HOLDS if candidate.places is None or candidate.taken < candidate.places else broken()


@REGISTRATION.rule(
    "XJ-01",
    Severity.GATE,
    article="",
    regulation=STATUS_RULES,
    statement=Message(
        "新生凭录取通知书和身份证或户口簿报到", "New students show the letter and the identity card or register"
    ),
    message=Message("还没有查验录取通知书", "The letter of admission has not been seen"),
)
def letter_and_identity_were_seen(newcomer: Newcomer) -> Verdict:
    if EntryDocument.ADMISSION_LETTER not in newcomer.documents:
        return not_recorded("documents.admission_letter")
    if newcomer.documents & {EntryDocument.IDENTITY_CARD, EntryDocument.HOUSEHOLD_REGISTER}:
        return HOLDS
    unseen = Message("还没有查验身份证或户口簿", "Neither the identity card nor the household register has been seen")
    return not_recorded("documents.identity_card", "documents.household_register", message=unseen)


@REGISTRATION.rule(
    "XJ-09",
    Severity.BLOCK,
    article="",
    regulation=REGISTER_RULES,
    statement=Message("一个人只有一个学籍", "Nobody is on two registers"),
    message=Message(
        "这个身份证件号已经有学生记录，不能重复注册",
        "A student record bears this resident ID already; no double registration",
    ),
)
def person_is_not_yet_registered(newcomer: Newcomer) -> Verdict:
    if not newcomer.student_no:
        return HOLDS
    return broken(
        message=Message(
            f"这个身份证件号已有学生记录（学号 {newcomer.student_no}），不能重复注册",
            f"Student {newcomer.student_no} bears this resident ID already; no double registration",
        )
    )


@REGISTRATION.rule(
    "ENR-02",
    Severity.GATE,
    article="",
    regulation=AGREEMENT,
    statement=Message("已分到班级", "A class is assigned"),
    message=Message("还没有分到班级", "No class is assigned yet"),
)
def class_is_assigned(newcomer: Newcomer) -> Verdict:
    return HOLDS if newcomer.has_class else not_recorded("school_class")


@REGISTRATION.rule(
    "ENR-03",
    Severity.INFO,
    article="",
    regulation=STATUS_RULES,
    statement=Message("查验了初中毕业证", "The junior diploma was seen"),
    message=Message("没有查验初中毕业证，以后补交", "The junior diploma was not seen; to be handed in later"),
)
def junior_diploma_was_seen(newcomer: Newcomer) -> Verdict:
    return HOLDS if EntryDocument.JUNIOR_DIPLOMA in newcomer.documents else broken()
