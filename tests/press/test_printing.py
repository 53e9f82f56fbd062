"""From plain values to single papers: what is on them, what is not, and what stops them."""

import io
import re
from datetime import date

import pikepdf
import pytest

from exchange import press
from exchange.core.errors import UsageProblem
from tests.press.papers import (
    EVERY_PAPER,
    RARE_NAME,
    codes_of,
    honour,
    internship,
    letter,
    pictures_of,
    text_of,
    transcript,
)

DAY = date(2026, 6, 30)


def printed(template, *papers, **how):
    return list(press.print_papers(template, papers, printed_on=DAY, **how))


def values_in(value):
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    return [text for item in inner for text in values_in(item)]


def test_letter_of_a_school_without_a_telephone_names_none():
    with_phone, without = printed("certificates/enrolment_letter", letter(phone="0572-1"), letter(phone=""))

    assert "联系电话" in text_of(with_phone.pdf)
    assert "联系电话" not in text_of(without.pdf)


@pytest.mark.parametrize(("template", "values"), EVERY_PAPER)
@pytest.mark.parametrize("name", ["李明", "岩㐀𠀃ᥖ", RARE_NAME])
def test_print_papers_extracted_text_holds_every_value(template, values, name):
    paper = values(name=name)

    [result] = printed(template, paper)

    text = text_of(result.pdf)
    expected = {"".join(value.split()) for value in values_in({**paper, "qr": ""})}
    assert result.problems == ()
    assert [value for value in expected if value not in text] == []


@pytest.mark.parametrize(("template", "values"), EVERY_PAPER)
def test_print_papers_both_roads_give_the_same_picture(template, values):
    papers = [values(name="李明"), values(name=RARE_NAME)]

    plain = printed(template, *papers, road=press.Road.PLAIN)
    backdrop = printed(template, *papers, road=press.Road.BACKDROP)

    for one, other in zip(plain, backdrop, strict=True):
        assert pictures_of(one.pdf) == pictures_of(other.pdf)


@pytest.mark.parametrize(("template", "values"), EVERY_PAPER)
def test_print_papers_code_is_read_from_the_picture(template, values):
    paper = values(serial=42)

    [result] = printed(template, paper)

    assert codes_of(result.pdf) == [paper["qr"]]


def test_print_papers_same_values_give_the_same_bytes():
    papers = [letter(1), letter(2, name=RARE_NAME)]

    first = printed("certificates/enrolment_letter", *papers)
    second = printed("certificates/enrolment_letter", *papers)

    assert [paper.pdf for paper in first] == [paper.pdf for paper in second]
    with pikepdf.open(io.BytesIO(first[0].pdf)) as document:
        assert str(document.docinfo.CreationDate).startswith("D:20260630")


def test_print_papers_single_file_holds_nothing_of_another_person():
    papers = [letter(1, name="赵钱孙"), letter(2, name="周吴郑")]

    first, second = printed("certificates/enrolment_letter", *papers)

    assert "赵钱孙" in text_of(first.pdf)
    assert {*"周吴郑"}.isdisjoint(glyphs_in(first.pdf))
    assert {*"赵钱孙"}.isdisjoint(glyphs_in(second.pdf))


def glyphs_in(pdf):
    """Every character that any embedded font can name, drawn or not."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        maps = [
            item.ToUnicode.read_bytes()
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item
        ]
    codes = [code for table in maps for code in re.findall(rb"<[0-9a-f]{4}> <([0-9a-f]+)>", table)]
    return set("".join(bytes.fromhex(code.decode()).decode("utf-16-be") for code in codes))


def test_print_papers_transcript_repeats_its_head_and_counts_pages():
    [result] = printed("certificates/transcript", transcript(terms=4))

    text = text_of(result.pdf)
    assert result.pages == 2
    assert "第1页共2页" in text
    assert "第2页共2页" in text
    assert text.count("学生成绩单") == text.count("岩温香") == text.count("课程性质学时") == 2


def test_print_papers_missing_glyph_stops_only_that_paper():
    papers = [letter(1, name="岩\ue815香"), letter(2, name="玉喃")]

    refused, done = printed("certificates/enrolment_letter", *papers)

    assert refused.pdf == b""
    assert refused.problems[0].code == "glyph.missing"
    assert refused.problems[0].characters == ("\ue815",)
    assert "U+E815" in refused.problems[0].message
    assert "玉喃" in text_of(done.pdf)


@pytest.mark.parametrize(
    ("template", "paper", "field"),
    [
        ("certificates/enrolment_letter", letter(purpose="申请补助" * 60), "证明正文"),
        ("certificates/honour_certificate", honour(name="岩" * 40), "姓名"),
        ("certificates/internship_certificate", internship(unit="莫干山酒店" * 9), "实习单位"),
        ("certificates/transcript", transcript(terms=25), "内容"),
    ],
)
def test_problems_text_too_long_is_reported_before_printing(template, paper, field):
    found = press.problems(template, paper)

    assert {problem.code for problem in found} == {"text.overflow"}
    assert field in found[0].message


def test_preflight_answers_for_each_paper():
    papers = [letter(1), letter(2, name="岩\ue815"), letter(3, purpose="申请补助" * 60)]

    found = list(press.preflight("certificates/enrolment_letter", papers))

    assert [[problem.code for problem in problems] for problems in found] == [[], ["glyph.missing"], ["text.overflow"]]


def test_print_papers_unknown_template_is_refused():
    with pytest.raises(UsageProblem, match="certificates/diploma"):
        printed("certificates/diploma", letter())


def test_print_papers_code_too_long_is_refused():
    with pytest.raises(UsageProblem, match="二维码"):
        printed("certificates/enrolment_letter", letter(qr="https://school.example/" + "x" * 100))


@pytest.mark.parametrize(("template", "values"), EVERY_PAPER)
def test_pdfa_faults_of_a_paper_are_none_and_it_stays_small(template, values):
    [result] = printed(template, values())

    assert press.pdfa_faults(result.pdf) == []
    assert len(result.pdf) <= 110_000
