"""The closed sets of values of a log, a report and an appraisal, with their labels."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class Mood(LabelledEnum):
    """How the student is, in the words of the student; only teachers read it."""

    GOOD = "good", _("挺好")
    FINE = "fine", _("还行")
    HARD = "hard", _("有点难")
    HELP = "help", _("想请老师联系我")


class Level(LabelledEnum):
    """The four levels of an appraisal, the best first."""

    EXCELLENT = "excellent", _("优秀")
    GOOD = "good", _("良好")
    PASS = "pass", _("合格")
    FAIL = "fail", _("不合格")


class Review(LabelledEnum):
    """What has become of something that a student has handed in."""

    SUBMITTED = "submitted", _("等老师看")
    RETURNED = "returned", _("退回补写")
    READ = "read", _("老师看过")

    @property
    def tone(self) -> str:
        """As a tag shows it."""
        return {"submitted": "waiting", "returned": "warning", "read": "done"}[self.value]
