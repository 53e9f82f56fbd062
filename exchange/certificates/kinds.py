"""What each kind of paper needs: its template, its settings (``--set NAME=VALUE``) and how long it is valid."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from exchange.certificates.models import CertificateKind
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _, listed

LONGEST_TEXT = 60
REQUIRED = None


@dataclass(frozen=True)
class Setting:
    """A value the maker gives for a whole batch; ``default`` None means that it must be given."""

    name: str
    label: str
    default: str | None = REQUIRED


@dataclass(frozen=True)
class Kind:
    """One kind of paper."""

    kind: CertificateKind
    settings: tuple[Setting, ...] = field(default=())

    @property
    def template(self) -> str:
        """The name by which the press finds the template."""
        return f"certificates/{self.kind.value}"


KINDS = {
    each.kind: each
    for each in (
        Kind(
            CertificateKind.ENROLMENT_LETTER,
            (Setting("purpose", _("用途"), "办理相关手续"), Setting("valid_days", _("有效天数"), "90")),
        ),
        Kind(CertificateKind.TRANSCRIPT),
        Kind(CertificateKind.INTERNSHIP_CERTIFICATE),
        Kind(
            CertificateKind.HONOUR_CERTIFICATE,
            (
                Setting("title", _("荣誉称号")),
                Setting("event", _("表现或活动")),
                Setting("school_year", _("学年")),
            ),
        ),
    )
}


FOR_A_COUNTY = {CertificateKind.ENROLMENT_LETTER: {"purpose": "办理雨露计划补助", "valid_days": "180"}}
"""What a county asks its students for every term; another purpose can be given."""


def preset(kind: Kind, *, county: str) -> dict[str, str]:
    """The settings that a form shows before anybody has typed."""
    defaults = {setting.name: setting.default or "" for setting in kind.settings}
    return defaults | FOR_A_COUNTY.get(kind.kind, {}) if county else defaults


def kind_named(name: str) -> Kind:
    """The kind with this name; raises ``UsageProblem`` and lists what there is."""
    try:
        return KINDS[CertificateKind(name)]
    except ValueError:
        known = listed(kind.value for kind in CertificateKind)
        raise UsageProblem(_("没有证书种类“%(name)s”，可用的有：%(known)s。", name=name, known=known)) from None


def read_settings(kind: Kind, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The settings of a batch, complete and checked. Raises ``UsageProblem`` with the name of the wrong one."""
    given = dict(pairs)
    known = {setting.name for setting in kind.settings}
    for name in given:
        if name not in known:
            names = listed(sorted(known)) or "—"
            raise UsageProblem(
                _("%(kind)s没有设置项“%(name)s”，可用的有：%(names)s。", kind=kind.kind.label, name=name, names=names)
            )
    settings = {setting.name: (given.get(setting.name) or setting.default or "").strip() for setting in kind.settings}
    for setting in kind.settings:
        _check(setting, settings[setting.name])
    return settings


def valid_until(settings: dict[str, str], issued_on: date) -> date | None:
    """The last day of validity; None for papers that do not expire."""
    return issued_on + timedelta(days=int(settings["valid_days"])) if "valid_days" in settings else None


def _check(setting: Setting, value: str) -> None:
    if not value:
        raise UsageProblem(_("请填写“%(label)s”（%(name)s）。", label=setting.label, name=setting.name))
    if len(value) > LONGEST_TEXT:
        raise UsageProblem(_("“%(label)s”最多 %(most)s 个字。", label=setting.label, most=LONGEST_TEXT))
    if setting.name == "valid_days" and not (value.isascii() and value.isdigit() and 1 <= int(value) <= 3650):
        raise UsageProblem(_("“有效天数”要填 1 到 3650 的整数，现在是“%(value)s”。", value=value))
