"""Who may answer what, at which age; what is missing; and that a no costs nothing."""

from datetime import date

import pytest

from exchange.attachments.queries import attachments_of
from exchange.audit.queries import timeline
from exchange.core.errors import NotPossible
from exchange.students import consents, queries, service
from exchange.students.models import ConsentAnswer, ConsentChannel, ConsentKind
from tests.factories import accounts
from tests.factories.attachments import PDF
from tests.factories.students import (
    ConsentRecordFactory,
    GuardianFactory,
    GuardianshipFactory,
    StudentFactory,
)

DAY = date(2026, 11, 2)
JUST_14, NOT_YET_14 = date(2012, 11, 2), date(2012, 11, 3)
JUST_18, NOT_YET_18 = date(2008, 11, 2), date(2008, 11, 3)
GIVEN, REFUSED = ConsentAnswer.GIVEN, ConsentAnswer.REFUSED


def answer(bond_or_student, **values):
    is_bond = hasattr(bond_or_student, "guardian")
    return service.record_answer(
        bond_or_student.student if is_bond else bond_or_student,
        **{
            "kind": ConsentKind.PUBLICITY,
            "answer": GIVEN,
            "guardianship": bond_or_student if is_bond else None,
            "answered_on": DAY,
            "channel": ConsentChannel.ON_SITE,
            "by": None,
            **values,
        },
    )


def bond_of(birth_date, **values):
    return GuardianshipFactory(student=StudentFactory(birth_date=birth_date), **values)


@pytest.mark.parametrize(
    ("kind", "birth_date", "counts"),
    [
        (ConsentKind.DATA_PROCESSING, NOT_YET_14, False),
        (ConsentKind.DATA_PROCESSING, JUST_14, True),
        (ConsentKind.PUBLICITY, NOT_YET_14, False),
        (ConsentKind.TRAVEL, NOT_YET_18, False),
        (ConsentKind.TRAVEL, JUST_18, True),
        (ConsentKind.MEDICAL, NOT_YET_18, False),
        (ConsentKind.GUARDIAN_AFTER_18, NOT_YET_18, True),
        (ConsentKind.GUARDIAN_AFTER_18, NOT_YET_14, False),
    ],
)
def test_age_from_which_the_students_own_answer_counts(kind, birth_date, counts):
    assert consents.students_may_answer(kind, birth_date, on=DAY) is counts


def test_guardian_must_agree_below_14_and_the_article_is_named(db):
    bond = bond_of(NOT_YET_14)

    with pytest.raises(consents.NotTheirs, match="《个人信息保护法》第三十一条"):
        answer(bond.student)

    assert answer(bond).given_by == bond.guardian.name


def test_guardian_decides_until_the_day_before_majority(db):
    assert answer(bond_of(NOT_YET_18)).is_standing
    with pytest.raises(consents.NotTheirs, match="由本人决定"):
        answer(bond_of(JUST_18))


def test_only_the_student_lets_guardians_look_after_18(db):
    bond = bond_of(NOT_YET_18)

    with pytest.raises(consents.NotTheirs):
        answer(bond, kind=ConsentKind.GUARDIAN_AFTER_18)

    assert answer(bond.student, kind=ConsentKind.GUARDIAN_AFTER_18).is_standing


@pytest.mark.parametrize(
    "flaw", [{"is_legal_guardian": False}, {"may_sign": False}, {"until": DAY}, {"begins_on": date(2026, 11, 3)}]
)
def test_guardian_without_authority_or_signature_decides_nothing(db, flaw):
    with pytest.raises(consents.NotTheirs):
        answer(bond_of(NOT_YET_18, **flaw))


def test_who_cannot_read_signs_before_a_witness(db):
    bond = bond_of(NOT_YET_18, guardian=GuardianFactory(reads_mandarin=False))

    with pytest.raises(service.ProofMissing, match="见证人"):
        answer(bond)

    assert answer(bond, witness="村主任排勒干").witness == "村主任排勒干"


def test_paper_comes_with_its_scan(db):
    bond = bond_of(NOT_YET_18)
    scan = service.File("同意书.pdf", PDF)

    with pytest.raises(service.ProofMissing, match="扫描件"):
        answer(bond, channel=ConsentChannel.PAPER)

    kept = answer(bond, channel=ConsentChannel.PAPER, scans=[scan])
    assert [each.filename for each in attachments_of(kept)] == ["同意书.pdf"]


def test_answers_of_tomorrow_and_repeated_ones_are_refused(db):
    bond = bond_of(NOT_YET_18)
    with pytest.raises(NotPossible):
        answer(bond, answered_on=date(2999, 1, 1))

    answer(bond)

    with pytest.raises(NotPossible, match="已经登记过"):
        answer(bond)


def test_refusal_is_an_answer_and_nothing_is_missing_then(db):
    bond = bond_of(NOT_YET_18)
    assert ConsentKind.PUBLICITY in queries.missing_in([bond.student])[bond.student_id]

    answer(bond, answer=REFUSED)

    assert ConsentKind.PUBLICITY not in queries.missing_in([bond.student])[bond.student_id]
    assert not queries.has_agreed(bond.student, ConsentKind.PUBLICITY)
    assert timeline(bond.student)[0].action == "student.consent_refused"


def test_consent_is_withdrawn_and_may_be_given_again(db):
    bond, user = bond_of(NOT_YET_18), accounts.GuardianUserFactory()
    kept = answer(bond)
    assert queries.has_agreed(bond.student, ConsentKind.PUBLICITY)

    service.withdraw(kept, withdrawn_by="母亲", by=user)

    assert not queries.has_agreed(bond.student, ConsentKind.PUBLICITY)
    assert {state.kind: state.label for state in queries.states_of(bond.student)}[ConsentKind.PUBLICITY] == "已撤回"
    with pytest.raises(NotPossible):
        service.withdraw(kept, withdrawn_by="母亲", by=user)
    assert answer(bond).is_standing


def test_consent_is_not_withdrawn_before_it_was_given(db):
    kept = answer(bond_of(NOT_YET_18))

    with pytest.raises(NotPossible):
        service.withdraw(kept, withdrawn_by="母亲", on=date(2026, 11, 1), by=accounts.GuardianUserFactory())


def test_answer_to_an_older_text_is_asked_for_again(db):
    old = ConsentRecordFactory(text_version="2020-1")

    state = next(each for each in queries.states_of(old.student) if each.kind is old.kind)

    assert state.is_missing
    assert state.label == "文本已更新，要重新答复"


def test_every_kind_has_a_text(app):
    assert set(consents.TEXTS) == set(ConsentKind)
