"""What families are asked for, in which words, and who may answer. A changed text gets a version of its own."""

from dataclasses import dataclass
from datetime import date

from exchange.core.errors import DomainError
from exchange.core.i18n import Text, _
from exchange.students.authority import AGE_OF_MAJORITY, AGE_OF_OWN_CONSENT, birthday
from exchange.students.models import ConsentKind, Guardianship, Student


class NotTheirs(DomainError):
    """Somebody answers who may not answer this, at this age or for this student."""


@dataclass(frozen=True)
class ConsentText:
    """The words of one kind. ``needed`` says what cannot be done without it; nothing else depends on the answer."""

    version: str
    words: Text
    needed: Text


TEXTS = {
    ConsentKind.DATA_PROCESSING: ConsentText(
        "2026-1",
        _(
            "学校保存姓名、证件号、联系方式、成绩和实习记录，用来办理学籍、教学、资助和实习。"
            "只有工作需要的老师能看，每次查看都有记录。可以随时查看、更正。"
        ),
        _("学籍要求的资料照常保存；不满十四周岁的，没有监护人同意不做别的使用。"),
    ),
    ConsentKind.PARTNER_SHARING: ConsentText(
        "2026-1",
        _("学校把在校、实习和生活的情况告诉家乡的教育局，方便他们帮助学生。证件号和电话不外传。"),
        _("不同意不影响入学、资助和实习。"),
    ),
    ConsentKind.PUBLICITY: ConsentText(
        "2026-1",
        _("学校在新闻、网站和展板上使用学生的照片和姓名。可以随时撤回，撤回以后不再使用。"),
        _("不同意不影响任何事，只是不出现在报道里。"),
    ),
    ConsentKind.TRAVEL: ConsentText(
        "2026-1",
        _("学校组织集体外出，放假时有老师带队往返家乡。每次出发前告诉家长时间、车次和带队老师。"),
        _("不同意就不参加集体外出，由家长自己接送。"),
    ),
    ConsentKind.MEDICAL: ConsentText(
        "2026-1",
        _("学生急病受伤、一时联系不上家长时，老师先送医院，签字做必要的治疗，同时继续联系家长。"),
        _("不同意时照常送医，治疗等家长自己决定；危及生命的由医院依法抢救。"),
    ),
    ConsentKind.GUARDIAN_AFTER_18: ConsentText(
        "2026-1",
        _("我年满十八周岁以后，监护人的账号仍然可以看我的成绩、实习和证书。我可以随时撤回。"),
        _("不同意时，从十八周岁生日起监护人的账号看不到，仍然作为联系人。"),
    ),
}
SILENCE_IS_NO = frozenset({ConsentKind.GUARDIAN_AFTER_18})
"""Nobody is chased for these: without an answer the law's own rule stands."""
BY_GUARDIAN_ONLY = frozenset({ConsentKind.TRAVEL, ConsentKind.MEDICAL})
"""Until majority these are the guardians' to decide."""


def age_on(birth_date: date, day: date) -> int:
    """Full years on that day."""
    age = day.year - birth_date.year
    return age if birthday(birth_date, age) <= day else age - 1


def students_may_answer(kind: ConsentKind, birth_date: date, *, on: date) -> bool:
    """Whether the student's own answer counts: not below 14, and not for what guardians decide until majority."""
    age = age_on(birth_date, on)
    if age >= AGE_OF_MAJORITY or kind is ConsentKind.GUARDIAN_AFTER_18:
        return age >= AGE_OF_OWN_CONSENT
    return age >= AGE_OF_OWN_CONSENT and kind not in BY_GUARDIAN_ONLY


def check_student(kind: ConsentKind, student: Student, *, on: date) -> None:
    """Raise ``NotTheirs`` where the student's own answer does not count."""
    if students_may_answer(kind, student.birth_date, on=on):
        return
    if age_on(student.birth_date, on) < AGE_OF_OWN_CONSENT:
        raise NotTheirs(_("学生不满十四周岁，要由监护人同意（《个人信息保护法》第三十一条）。"))
    raise NotTheirs(_("未成年学生的“%(kind)s”由监护人决定。", kind=kind.label))


def check_guardian(kind: ConsentKind, guardianship: Guardianship, *, on: date) -> None:
    """Raise ``NotTheirs`` where this guardian may not answer for the student on that day."""
    name = guardianship.guardian.name
    if kind is ConsentKind.GUARDIAN_AFTER_18:
        raise NotTheirs(_("成年以后谁能看，由学生本人决定。"))
    if guardianship.has_authority(on):
        if guardianship.may_sign:
            return
        raise NotTheirs(_("%(name)s登记为不能签字。先在监护人资料里更正。", name=name))
    if age_on(guardianship.student.birth_date, on) >= AGE_OF_MAJORITY:
        raise NotTheirs(_("学生已满十八周岁，由本人决定。"))
    raise NotTheirs(_("%(name)s在这一天不是法定监护人，不能代学生决定。", name=name))
