from datetime import timedelta

import pytest

from exchange.certificates import queries, service
from exchange.certificates.verification import verify_file, verify_number
from exchange.core.database import db as database
from exchange.core.database import today
from exchange.core.errors import UsageProblem
from exchange.core.storage import store
from tests.factories.accounts import RegistrarFactory
from tests.factories.certificates import issue_letters
from tests.factories.students import StudentFactory

pytestmark = pytest.mark.usefixtures("db")


def letter(**student):
    return issue_letters([StudentFactory(**student)])[0]


def test_verify_number_of_a_valid_paper_shows_it_masked():
    paper = letter(name="刀玉兰")

    document = verify_number(paper.number).document()

    assert document == {
        "number": paper.number,
        "kind": "enrolment_letter",
        "status": "valid",
        "holder_masked": "刀*兰",
        "issued_on": today().isoformat(),
        "hash_matches": None,
        "signature": "absent",
    }


def test_verify_number_accepts_it_as_people_type_it():
    paper = letter()

    assert verify_number(f" {paper.number.lower()} ").status == "valid"


@pytest.mark.parametrize("number", ["DQZJ-ZD-2026-999999-0", "", "x", "'; drop table certificate; --"])
def test_verify_number_that_nobody_issued_is_unknown(number):
    assert verify_number(number).status == "unknown"


def test_verify_number_knows_expired_revoked_and_replaced():
    expired, void, lost = letter(), letter(), letter()
    expired.valid_until = today() - timedelta(days=1)
    service.revoke(void, reason="写错", by=None)
    service.reissue(lost, reason="遗失", by=RegistrarFactory(), approved_by=RegistrarFactory())
    database.session.commit()

    statuses = [verify_number(paper.number).status for paper in (expired, void, lost)]

    assert statuses == ["expired", "revoked", "replaced"]


def test_paper_is_valid_on_its_last_day():
    paper = letter()
    paper.valid_until = today()

    assert verify_number(paper.number).status == "valid"


def test_verify_file_recognises_the_very_bytes():
    paper = letter()

    verdict = verify_file(store().get(paper.pdf_key))

    assert (verdict.number, verdict.hash_matches, verdict.is_genuine) == (paper.number, True, True)


def test_verify_file_notices_every_changed_byte():
    paper = letter()
    content = store().get(paper.pdf_key)
    changed = [content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :] for place in (20, 2000, -5)]

    verdicts = [verify_file(file) for file in changed]

    assert [verdict.hash_matches for verdict in verdicts] == [False, False, False]
    assert not any(verdict.is_genuine for verdict in verdicts)


@pytest.mark.parametrize("content", [b"", b"this is not a paper", b"\x89PNG\r\n\x1a\n"])
def test_verify_file_refuses_what_is_no_pdf(content):
    with pytest.raises(UsageProblem, match="不是 PDF"):
        verify_file(content)


def test_verify_file_without_a_number_is_unknown():
    verdict = verify_file(b"%PDF-1.7\nnobody's paper\n%%EOF\n")

    assert (verdict.status, verdict.number, verdict.hash_matches) == ("unknown", "", False)


def test_verify_file_notices_an_altered_first_byte():
    content = store().get(letter().pdf_key)

    assert verify_file(b"X" + content[1:]).hash_matches is False


def merged_file(paper):
    return store().get(queries.batch_of(paper).merged_key)


def test_verify_file_knows_the_file_for_the_printer():
    papers = issue_letters([StudentFactory() for _ in range(8)])

    verdict = verify_file(merged_file(papers[0]))

    assert (verdict.papers, verdict.is_genuine, verdict.no_longer_valid) == (papers, True, [])
    assert verdict.document() | {"issued_on": None} == {
        "number": "",
        "kind": "enrolment_letter",
        "status": "valid",
        "holder_masked": None,
        "issued_on": None,
        "hash_matches": True,
        "signature": "absent",
    }


def test_verify_file_tells_which_papers_of_a_merged_file_are_void():
    void, _valid = papers = issue_letters([StudentFactory(), StudentFactory()])
    service.revoke(void, reason="写错", by=None)
    database.session.commit()

    verdict = verify_file(merged_file(papers[0]))

    assert (verdict.status, verdict.hash_matches, verdict.no_longer_valid) == ("revoked", True, [void])


def test_verify_file_takes_a_merged_file_of_one_for_that_paper():
    paper = letter()

    verdict = verify_file(merged_file(paper))

    assert (verdict.number, verdict.is_genuine) == (paper.number, True)


def test_verify_file_does_not_vouch_for_what_others_have_merged():
    papers = issue_letters([StudentFactory(), StudentFactory()])

    verdict = verify_file(merged_file(papers[0]) + b" ")

    assert (verdict.status, verdict.hash_matches, verdict.is_genuine) == ("unknown", False, False)
    assert verdict.numbers == [paper.number for paper in papers]


def test_verdict_never_tells_the_purpose():
    (paper,) = issue_letters([StudentFactory()], purpose="申领雨露计划补助")

    assert "申领雨露计划补助" not in str(verify_number(paper.number).facts)
