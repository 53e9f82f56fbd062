"""The transcript: its words, and the paper of three full years as it leaves the press."""

import io
import re
from collections import Counter
from datetime import date
from decimal import Decimal

import pikepdf
import pypdfium2
import pytest

from exchange import press
from exchange.certificates import queries, service
from exchange.certificates.documents import compose_paper, numbered, trial
from exchange.certificates.kinds import kind_named
from exchange.certificates.models import CertificateKind
from exchange.core.database import db as database
from exchange.core.i18n import speaking
from exchange.core.storage import store
from exchange.coursework.models import SheetStatus, Special
from exchange.demo.studies import COURSES
from exchange.programmes.models import Course
from tests.factories.accounts import RegistrarFactory
from tests.factories.conduct import ConductAssessmentFactory
from tests.factories.coursework import AssessmentFactory, AttemptFactory, MarkFactory, MarkSheetFactory
from tests.factories.programmes import CourseFactory
from tests.factories.students import StudentFactory
from tests.factories.three_years import COUNTED, ordinary, three_years
from tests.press.papers import text_of

pytestmark = pytest.mark.usefixtures("db")

DAY = date(2026, 7, 12)
LINE = 13  # points from line to line
MARKS = {row.code: COUNTED.get(row.code, (f"{ordinary(place)}.0", "")) for place, row in enumerate(COURSES)}
"""Course → mark and note as they have to stand on the paper of ``three_years``."""


def paper_of(student):
    return compose_paper(CertificateKind.TRANSCRIPT, student, {}, issued_on=DAY, officer=None)


def rows_of(paper):
    return [row for term in paper.terms for row in term["rows"]]


def marks_on_paper(*marks):
    student = StudentFactory()
    for mark in marks:
        sheet = MarkSheetFactory(school_class=student.school_class, status=SheetStatus.PUBLISHED)
        MarkFactory(assessment=AssessmentFactory(sheet=sheet), student=student, **mark)
    return [row["mark"] for row in rows_of(paper_of(student))]


def printed(student):
    values = numbered(paper_of(student), "DQZJ-CJ-2026-000123-7")
    return next(press.print_papers("certificates/transcript", [values], printed_on=DAY))


def lines_of(pdf):
    """The lines of the paper from top to bottom, each from left to right, without white space."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            rows = []
            for box in sorted(map(text.get_rect, range(text.count_rects())), key=_middle, reverse=True):
                if not rows or _middle(rows[-1][0]) - _middle(box) > LINE / 2:
                    rows.append([])
                rows[-1].append(box)
            found += ["".join(text.get_text_bounded(*box) for box in sorted(row)) for row in rows]
    return [re.sub(r"\s", "", line) for line in found]


def _middle(box):
    _left, bottom, _right, top = box
    return (bottom + top) / 2


def test_every_figure_has_one_decimal_so_that_the_column_lines_up():
    marks = marks_on_paper({"score": Decimal("67.9")}, {"score": Decimal(90)}, {"score": Decimal(100)})

    assert marks == ["67.9", "90.0", "100.0"]


def test_what_stands_in_the_place_of_a_figure_is_printed():
    assert marks_on_paper({"score": None, "special": Special.DEFERRED}) == ["缓"]


def test_course_without_a_result_leaves_no_empty_place_to_fill_in():
    student = StudentFactory()
    sheet = MarkSheetFactory(school_class=student.school_class, status=SheetStatus.PUBLISHED)
    MarkFactory(assessment=AssessmentFactory(sheet=sheet, weight=40), student=student)
    AssessmentFactory(sheet=sheet, weight=60)

    (row,) = rows_of(paper_of(student))

    assert (row["mark"], row["note"]) == ("—", "成绩未齐")


def test_three_years_have_every_course_once_with_the_mark_that_counts():
    (student,) = three_years()

    rows = rows_of(paper_of(student))

    assert {row["code"]: (row["mark"], row["note"]) for row in rows} == MARKS
    assert len(rows) == len(MARKS)


def test_totals_of_three_years():
    """45 courses; the failed one earns nothing; an exemption and three levels are no figures."""
    (student,) = three_years()

    paper = paper_of(student)

    figures = [Decimal(mark) for mark, _note in MARKS.values() if mark[0].isdigit()]
    assert len(figures) == 41
    assert dict(paper.summary) == {
        "课程": "45门",
        "总学时": str(sum(row.hours for row in COURSES)),
        "已得学分": str(sum(row.credits for row in COURSES) - 4),
        "应修学分": "170",
        "平均分": f"{sum(figures) / len(figures):.1f}",
        "实习成绩": "86.0",
    }
    assert [term["sum"] for term in paper.terms] == [
        "10门　504学时　得28学分",
        "10门　486学时　得27学分",
        "9门　486学时　得27学分",
        "10门　576学时　得32学分",
        "1门　780学时　得44学分",
        "5门　324学时　得14学分",
    ]


def test_conduct_and_internships_of_three_years_are_told():
    (student,) = three_years()

    assert dict(paper_of(student).records) == {
        "操行等第": "2023—2024学年第一学期合格，第二学期良好；2024—2025学年第一学期良好，第二学期优秀；"
        "2025—2026学年第一学期优秀，第二学期良好",
        "岗位实习": "莫干山云上度假酒店有限公司，餐厅服务员，2025年9月1日至2026年1月23日",
    }


def test_conduct_that_is_not_released_stays_off_the_paper():
    student = StudentFactory()
    ConductAssessmentFactory(student=student)

    assert paper_of(student).records == []


def test_every_word_of_the_notes_is_explained_and_no_other():
    (student,) = three_years()
    failed = StudentFactory()
    AttemptFactory(student=failed, sheet__course=CourseFactory(pass_score=70))

    assert paper_of(student).notes == (
        "备注说明：补考成绩最高记60分；缓考是经批准推迟的考试，成绩照常计入；重修是重新修读以后的成绩；"
        "合作校修习是在芒市职业教育中心修读、经本校认定的成绩；免修的课程取得学分，不计成绩；"
        "不及格或还没有成绩的课程不取得学分；平均分只算百分制的成绩。"
    )
    assert paper_of(failed).notes == ""


def test_paper_is_chinese_whatever_the_language_of_whoever_issues_it():
    (student,) = three_years()
    chinese = paper_of(student)

    with speaking("en"):
        assert paper_of(student) == chinese


def test_press_puts_three_years_on_two_pages_every_course_once():
    (student,) = three_years()

    result = printed(student)

    text = text_of(result.pdf)
    assert (result.pages, result.problems) == (2, ())
    assert press.pdfa_faults(result.pdf) == []
    codes = Counter(re.findall(r"[A-EMPS]\d\d(?=[^\d])", text))
    assert codes == dict.fromkeys(MARKS, 1)
    assert text.count("代码课程性质学时学分成绩备注") == text.count("学生成绩单") == text.count(student.name) == 2
    assert "第1页共2页" in text
    assert "第2页共2页" in text


def test_press_prints_each_mark_beside_its_course():
    (student,) = three_years()

    lines = lines_of(printed(student).pdf)

    wanted = [f"{row.code}{row.name}" for row in COURSES]
    assert [line for line in lines if line[:3] in MARKS and not line.startswith(tuple(wanted))] == []
    assert {line[:3] for line in lines if line[:3] in MARKS} == set(MARKS)
    for line in lines:
        if line[:3] in MARKS:
            assert line.endswith("".join(MARKS[line[:3]])), line


def test_press_keeps_the_courses_of_a_term_together_under_its_heading():
    (student,) = three_years()

    with pypdfium2.PdfDocument(printed(student).pdf) as document:
        pages = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]

    assert [len(re.findall(r"学年第.学期\d+门", page)) for page in pages] == [3, 3]
    assert pages[1].index("2024—2025学年第二学期") < pages[1].index("A13")


def test_trial_lays_out_no_rows_but_finds_their_missing_glyphs():
    (student,) = three_years()
    course = database.session.query(Course).filter_by(code="A01").one()
    course.name = "思想\ue815政治"

    values = trial(paper_of(student))

    (found,) = press.problems("certificates/transcript", values)
    assert values["terms"] == []
    assert (found.code, found.characters) == ("glyph.missing", ("\ue815",))
    course.name = "思想政治" * 5
    assert press.problems("certificates/transcript", trial(paper_of(student))) == []


def test_trial_lays_out_all_rows_where_they_may_not_fit():
    (student,) = three_years()
    for course in database.session.query(Course):
        course.name = "思想政治" * 20

    values = trial(paper_of(student))

    assert sum(len(term["rows"]) for term in values["terms"]) == len(MARKS)


def test_press_embeds_every_font():
    (student,) = three_years()

    with pikepdf.open(io.BytesIO(printed(student).pdf)) as document:
        fonts = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item]

    assert fonts
    assert all("/FontFile2" in font for font in fonts)


def test_transcripts_of_a_class_are_issued_at_once_and_bound_in_one_file():
    students = three_years(3)

    batch, blocked = service.issue_at_once(
        kind=kind_named("transcript"),
        students=students,
        settings={},
        school_class=students[0].school_class,
        by=RegistrarFactory(),
        approved_by=RegistrarFactory(),
    )
    database.session.commit()

    papers = queries.certificates_of_batch(batch)
    assert blocked == 0
    assert [paper.student for paper in papers] == students
    with pypdfium2.PdfDocument(store().get(batch.merged_key)) as merged:
        assert len(merged) == 6
    for paper in papers:
        assert text_of(store().get(paper.pdf_key)).count(paper.student.student_no) == 2
