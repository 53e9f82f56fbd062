"""Consent by link: a guardian answers one question about one child on a phone, without an account."""

from collections.abc import Mapping
from typing import Any

from exchange.core.database import db, lock, today
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.links.models import Link
from exchange.students import queries, service
from exchange.students.consents import TEXTS, check_guardian
from exchange.students.forms import LinkAnswerForm
from exchange.students.models import ConsentAnswer, ConsentChannel, ConsentKind, Guardianship


class ConsentByLink:
    """The purpose ``consent``: the subject is the guardianship, ``about`` the kind of consent."""

    name = service.CONSENT_LINK
    template = "students/link_consent.html"
    renews_for = None

    def asked(self, link: Link) -> Mapping[str, Any]:
        bond, kind = _bond(link), ConsentKind(link.about)
        check_guardian(kind, bond, on=today())
        text, standing = TEXTS[kind], queries.standing(bond.student, kind)
        return {
            "student": bond.student.name,
            "guardian": bond.guardian.name,
            "relation": bond.relation,
            "kind": kind.value,
            "version": text.version,
            "words": text.words.source,
            "needed": text.needed.source,
            "standing": standing.id if standing else None,
        }

    def page(self, link: Link) -> Mapping[str, Any]:
        bond, kind = _bond(link), ConsentKind(link.about)
        return {"bond": bond, "kind": kind, "text": TEXTS[kind]}

    def form(self) -> LinkAnswerForm:
        return LinkAnswerForm()

    def hold(self, link: Link) -> None:
        bond = _bond(link)
        lock(bond.student)
        lock(bond)

    def answer(self, link: Link, values: Mapping[str, Any]) -> None:
        bond = _bond(link)
        service.record_answer(
            bond.student,
            kind=ConsentKind(link.about),
            answer=ConsentAnswer.GIVEN if values["agree"] else ConsentAnswer.REFUSED,
            guardianship=bond,
            answered_on=today(),
            channel=ConsentChannel.LINK,
            by=None,
        )


def _bond(link: Link) -> Guardianship:
    bond = db.session.get(Guardianship, link.subject_id)
    if bond is None:
        raise NotPossible(_("这份资料已经不在了。"))
    return bond
