"""Signing on three ways: who may, when, with which proof, and what the rules then read."""

from datetime import date, timedelta

import pytest
import time_machine

from exchange.agreements import queries, service
from exchange.agreements.models import AgreementDocument, Signature
from exchange.agreements.service import NotInForce, NotTheirs, ProofMissing, Scan, Signer
from exchange.agreements.values import Answer, DocumentKind, Party, Route
from exchange.attachments.queries import attachments_of
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.placements import service as placements
from exchange.placements.models import PlacementStatus
from exchange.placements.record_facts import facts_of
from exchange.placements.rules import START
from tests.at_once import pressed_twice
from tests.factories.accounts import InternshipOfficerFactory
from tests.factories.agreements import TERMS, issued, placement_with_family
from tests.factories.attachments import PDF
from tests.factories.students import GuardianshipFactory

TODAY = date(2026, 2, 1)
SCAN = Scan("signed.pdf", PDF)


@pytest.fixture(autouse=True)
def before_the_first_day():
    with time_machine.travel("2026-02-01T08:00:00+08:00"):
        yield


@pytest.fixture
def family(db):
    placement, bond = placement_with_family()
    agreement, consent = issued(placement)
    return placement, bond, agreement, consent


def signers(placement, bond):
    return [
        Signer(Party.SCHOOL, "王校长"),
        Signer(Party.HOST, "示范主管"),
        Signer(Party.STUDENT, placement.student.name),
        Signer(Party.GUARDIAN, bond.guardian.name, bond),
    ]


def on_paper(document, signer, **changes):
    given = {"signed_on": TODAY, "route": Route.PAPER, "scans": [SCAN], "by": InternshipOfficerFactory()}
    return service.sign(document, signer, **given | changes)


def codes(placement):
    return {each.rule.code for each in START.findings(facts_of(placement))}


def test_rules_read_what_was_signed(family):
    placement, bond, agreement, consent = family
    assert {"INT-13", "INT-20", "INT-21"} <= codes(placement)

    for signer in signers(placement, bond):
        on_paper(agreement, signer)
    for signer in signers(placement, bond)[2:]:
        on_paper(consent, signer)

    assert not {"INT-13", "INT-20", "INT-21"} & codes(placement)
    assert placement.agreements[-1].template == agreement.template
    assert placement.agreements[-1].items["breach_liability"] is True


def test_each_signature_alone_leaves_the_others_missing(family):
    placement, bond, agreement, _consent = family

    on_paper(agreement, signers(placement, bond)[1])

    (standing, _other) = queries.standings([placement])[placement.id]
    assert standing.missing == (Party.SCHOOL, Party.STUDENT, Party.GUARDIAN)
    assert facts_of(placement).agreement.host_signed_on == TODAY
    assert facts_of(placement).agreement.school_signed_on is None


def test_paper_needs_its_scan_and_keeps_it(family):
    placement, bond, _agreement, consent = family
    guardian = signers(placement, bond)[3]
    with pytest.raises(ProofMissing, match="扫描件"):
        on_paper(consent, guardian, scans=[])

    kept = on_paper(consent, guardian)

    assert [each.filename for each in attachments_of(kept)] == ["signed.pdf"]
    assert kept.recorded_by is not None


def test_on_site_needs_a_witness(family):
    placement, bond, _agreement, consent = family
    guardian = signers(placement, bond)[3]
    with pytest.raises(ProofMissing, match="见证人"):
        on_paper(consent, guardian, route=Route.ON_SITE, scans=[], witness=" ")

    kept = on_paper(consent, guardian, route=Route.ON_SITE, scans=[], witness="村支书")

    assert (kept.witness, kept.route) == ("村支书", Route.ON_SITE)


def test_who_cannot_read_signs_only_before_a_witness(family):
    placement, bond, _agreement, consent = family
    bond.guardian.reads_mandarin = False
    guardian = signers(placement, bond)[3]

    with pytest.raises(ProofMissing, match="不识汉字"):
        on_paper(consent, guardian, route=Route.ACCOUNT)
    with pytest.raises(ProofMissing, match="见证人"):
        on_paper(consent, guardian)
    with pytest.raises(ProofMissing, match="不识汉字"):
        service.make_link(consent, guardian, valid_for=timedelta(days=3), by=InternshipOfficerFactory())


@pytest.mark.parametrize(("day", "word"), [(date(2026, 1, 31), "不能早于"), (date(2026, 2, 2), "还没有到")])
def test_day_lies_between_issue_and_today(family, day, word):
    placement, bond, agreement, _consent = family

    with pytest.raises(NotPossible, match=word):
        on_paper(agreement, signers(placement, bond)[0], signed_on=day)


def test_nobody_signs_twice(family):
    placement, bond, agreement, _consent = family
    on_paper(agreement, signers(placement, bond)[1])

    with pytest.raises(NotPossible, match="已经签过"):
        on_paper(agreement, signers(placement, bond)[1])


def test_host_signs_no_consent(family):
    placement, bond, _agreement, consent = family

    with pytest.raises(NotTheirs):
        on_paper(consent, signers(placement, bond)[1])


@pytest.mark.parametrize("flaw", ["other", "may_sign", "is_legal_guardian", "until"])
def test_only_this_students_guardian_signs(family, flaw):
    _placement, bond, agreement, _consent = family
    if flaw == "other":
        bond = GuardianshipFactory()
    else:
        setattr(bond, flaw, TODAY if flaw == "until" else False)

    with pytest.raises(NotTheirs, match="能签字的监护人"):
        on_paper(agreement, Signer(Party.GUARDIAN, bond.guardian.name, bond))


def test_guardian_of_an_adult_signs_too(family):
    placement, bond, agreement, _consent = family
    placement.student.birth_date = date(2007, 1, 1)

    assert on_paper(agreement, signers(placement, bond)[3]).answer is Answer.SIGNED


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("刀文忠", ""),
        (" 刀 文忠 ", ""),
        ("刀玉兰", "签字要写自己的姓名：刀文忠。"),
        ("刀文", "签字要写自己的姓名：刀文忠。"),
        ("", "签字要写自己的姓名：刀文忠。"),
    ],
)
def test_only_the_own_name_signs_as_people_type_it(family, typed, refusal):
    placement, bond, _agreement, _consent = family
    said = ""

    try:
        service.check_name(signers(placement, bond)[3], typed)
    except NotTheirs as error:
        said = str(error)

    assert said == refusal


def test_declined_consent_says_why_and_can_be_signed_later(family):
    placement, bond, _agreement, consent = family
    guardian = signers(placement, bond)[3]
    given = {"answered_on": TODAY, "route": Route.ACCOUNT, "by": None}
    with pytest.raises(ProofMissing):
        service.decline(consent, guardian, reason=" ", **given)
    service.decline(consent, guardian, reason="离家太远", **given)
    state = queries.standings([placement])[placement.id][1].parties[1]
    assert state.declined.reason == "离家太远"
    assert "INT-13" in codes(placement)

    on_paper(consent, guardian)

    assert queries.standings([placement])[placement.id][1].parties[1].declined is None


def test_agreement_is_not_declined(family):
    placement, bond, agreement, _consent = family

    with pytest.raises(NotPossible, match="知情同意书"):
        service.decline(
            agreement, signers(placement, bond)[3], reason="远", answered_on=TODAY, route=Route.ACCOUNT, by=None
        )


def test_void_text_is_not_signed(family):
    placement, bond, agreement, _consent = family
    service.issue(placement, TERMS | {"meals": "自理。"}, by=None)

    with pytest.raises(NotInForce):
        on_paper(agreement, signers(placement, bond)[0])


@pytest.mark.parametrize("what", ["host", "post", "student"])
def test_text_about_something_else_by_now_is_not_signed(family, what):
    placement, bond, agreement, _consent = family
    {"host": placement.host, "post": placement.post, "student": placement.student}[what].name = "另一个"

    with pytest.raises(NotInForce):
        on_paper(agreement, signers(placement, bond)[0])


def test_nothing_is_signed_once_it_is_over(family):
    placement, bond, agreement, _consent = family
    placement.status = PlacementStatus.TERMINATED

    with pytest.raises(NotPossible):
        on_paper(agreement, signers(placement, bond)[0])


def test_other_days_ask_for_every_signature_again(family):
    placement, bond, agreement, consent = family
    for signer in signers(placement, bond):
        on_paper(agreement, signer)
    for signer in signers(placement, bond)[2:]:
        on_paper(consent, signer)

    placements.change_placement(placement, ends_on=date(2026, 8, 14), by=None)

    assert {"INT-13", "INT-20"} <= codes(placement)
    fresh, _consent = issued(placement)
    assert fresh.version == 2
    on_paper(fresh, signers(placement, bond)[0])
    assert queries.signed_days(placement, DocumentKind.AGREEMENT) == {Party.SCHOOL: TODAY}


def test_of_two_who_sign_at_once_one_wins(app, family):
    _placement, bond, agreement, _consent = family
    document_id, bond_id = agreement.id, bond.id
    database.session.commit()

    def press():
        document = database.session.get(AgreementDocument, document_id)
        held = database.session.get(type(bond), bond_id)
        signer = Signer(Party.GUARDIAN, "刀文忠", held)
        service.sign(document, signer, signed_on=TODAY, route=Route.ACCOUNT, by=None)

    assert pressed_twice(app, press, done="signed", refusal=NotPossible) == ["refused", "signed"]
    assert database.session.query(Signature).count() == 1
