"""The words of the registry: what is wrong with a record, who acts, how two records differ, what was decided."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class GapKind(LabelledEnum):
    """What keeps a record from being complete; a doubt does not, but somebody should look. The worst first."""

    MISSING = "missing", _("缺少")
    WRONG = "wrong", _("有错")
    DOUBT = "doubt", _("存疑")


HINDERING = frozenset({GapKind.MISSING, GapKind.WRONG})


class Actor(LabelledEnum):
    """Who can mend it; the homeroom teacher is the one who asks the student or the guardian."""

    REGISTRAR = "registrar", _("学籍管理员")
    HOMEROOM_TEACHER = "homeroom_teacher", _("班主任")
    AID_OFFICER = "aid_officer", _("资助专员")


class Tally(LabelledEnum):
    """What is counted per class and for the whole school."""

    RECORDS = "records", _("学籍记录")
    LACK = "lack", _("缺哪一栏")
    ACTOR = "actor", _("由谁补")
    COUNTY = "county", _("生源县")


class Need(LabelledEnum):
    """When a column must be filled."""

    ALWAYS = "always", _("必填")
    JOINT = "joint", _("联合办学时必填")
    MINOR = "minor", _("未满 18 周岁时必填")
    OPTIONAL = "optional", _("选填")


class TakingOver(LabelledEnum):
    """How the registry's value may come into our record."""

    PLAIN = "plain", _("可以采用")
    PROOF = "proof", _("有证明才能采用")
    NEVER = "never", _("不在这里采用")


class SubmissionStatus(LabelledEnum):
    """Where a submission stands; what was sent stays as it was."""

    PREPARING = "preparing", _("正在生成")
    READY = "ready", _("待上传")
    SUBMITTED = "submitted", _("已报送")
    FAILED = "failed", _("没有生成")
    DISCARDED = "discarded", _("已放弃")


class RunStatus(LabelledEnum):
    """Where a comparison with a file of the registry stands."""

    READING = "reading", _("正在比对")
    DONE = "done", _("比对完成")
    FAILED = "failed", _("没有比对")


class Covers(LabelledEnum):
    """Whom a file of the registry holds."""

    PART = "part", _("只导出了一部分")
    ALL = "all", _("是全部，列出没有的")


class DifferenceKind(LabelledEnum):
    """Who has moved since we last submitted."""

    NUMBER = "number", _("有学籍号可登记")
    ONLY_THEIRS = "only_theirs", _("全国系统改过")
    ONLY_OURS = "only_ours", _("我们改过，还没报送")
    BOTH = "both", _("两边都改过")
    NO_BASE = "no_base", _("不一致，没有报送过")
    MISSING_THERE = "missing_there", _("全国系统里没有")
    MISSING_HERE = "missing_here", _("我们这里没有")


WHOLE_RECORD = frozenset({DifferenceKind.MISSING_THERE, DifferenceKind.MISSING_HERE})


class Decision(LabelledEnum):
    """What is to happen with a difference."""

    TAKE_OVER = "take_over", _("采用全国系统的值")
    CORRECT_THERE = "correct_there", _("到全国系统里改正")
    IGNORE = "ignore", _("不处理")


class DiscrepancyStatus(LabelledEnum):
    """A difference is followed until a comparison no longer finds it."""

    OPEN = "open", _("待处理")
    WAITING = "waiting", _("等下次比对")
    IGNORED = "ignored", _("不处理")
    GONE = "gone", _("已一致")


UNSETTLED = frozenset({DiscrepancyStatus.OPEN, DiscrepancyStatus.WAITING})
