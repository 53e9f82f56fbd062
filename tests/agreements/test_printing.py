"""The paper twins: nine contents, everybody's place, embedded fonts, and the way back to the record."""

from io import BytesIO

import pytest
import time_machine
import zxingcpp
from pypdfium2 import PdfDocument

from exchange.agreements.printing import NotPrintable, print_documents
from exchange.press.check import pdfa_faults
from tests.factories.agreements import issued, placement_with_family

pytestmark = pytest.mark.press


@pytest.fixture(autouse=True)
def before_the_first_day():
    with time_machine.travel("2026-02-01T08:00:00+08:00"):
        yield


@pytest.fixture
def documents(db):
    return issued(placement_with_family()[0])


def words(pdf):
    return "".join(page.get_textpage().get_text_bounded() for page in PdfDocument(BytesIO(pdf)))


def test_agreement_holds_the_nine_contents_and_its_parties(documents):
    text = words(print_documents(documents[:1]))

    for number, heading in zip("一二三四五六七八九", documents[0].content["sections"], strict=True):
        assert f"{number}、{heading['heading']}" in text
    for said in ("刀玉兰", "刀文忠", "SX", "签字", "示范文本", "2026年2月1日"):
        assert said in text


def test_papers_carry_their_fonts(documents):
    for document in documents:
        assert pdfa_faults(print_documents([document])) == []


def test_code_leads_to_the_record(documents):
    image = PdfDocument(BytesIO(print_documents(documents[:1])))
    pages = [image[number].render(scale=4).to_pil() for number in range(len(image))]

    found = [code.text for page in pages for code in zxingcpp.read_barcodes(page)]

    assert found[-1].endswith(f"/agreements/documents/{documents[0].id}")


def test_all_of_a_host_come_in_one_file(documents):
    text = words(print_documents(documents))

    assert "八、各方违约责任" in text
    assert "五、签字的意思" in text


def test_voided_paper_says_so(documents):
    documents[0].voided_at = documents[0].created_at

    assert "作废" in words(print_documents(documents[:1]))


def test_character_without_a_glyph_is_named(db):
    document = issued(placement_with_family(workplace="示范路\ue000号")[0])[0]

    with pytest.raises(NotPrintable, match="U\\+E000"):
        print_documents([document])
