"""The transcript (成绩单): every course once with the mark that counts, the totals, conduct, internships, and notes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from exchange.certificates.documents.paper import Paper, chinese_number, plain_date
from exchange.conduct import queries as conduct_queries
from exchange.core.database import today
from exchange.core.templating import format_number
from exchange.coursework import grading
from exchange.coursework import queries as coursework_queries
from exchange.coursework.grading import ResultState
from exchange.coursework.graduation.conditions import credits_required
from exchange.coursework.models import AttemptKind
from exchange.coursework.outcomes import terms_of
from exchange.coursework.queries import TranscriptLine, TranscriptTerm
from exchange.coursework.scales import levels_note
from exchange.placements import queries as placements_queries
from exchange.programmes.models import CourseKind
from exchange.students.models import Student

INTERNSHIP = CourseKind.POST_INTERNSHIP
NOTHING = "—"  # an empty place could be filled in by hand
PARTNER_SCHOOL = "合作校修习"
ROOMY = 100  # lines of courses that surely stand on the six pages a transcript may have
SHORTEST_LINE = 12  # characters of a course's name, all of them wide


@dataclass(frozen=True)
class Transcript(Paper):
    sex: str = ""
    student_no: str = ""
    birth: str = ""
    major: str = ""
    class_name: str = ""
    length: str = ""
    enrol_date: str = ""
    terms: list[dict[str, Any]] = field(default_factory=list)
    summary: list[list[str]] = field(default_factory=list)
    records: list[list[str]] = field(default_factory=list)
    levels: str = ""
    notes: str = ""


def compose_transcript(student: Student, heading: dict[str, str]) -> Transcript:
    """What stands on the student's transcript, from published sheets, released conduct and ended internships."""
    results = coursework_queries.transcript(student)
    programme = student.school_class.programme
    return Transcript(
        **heading,
        sex=str(student.sex.label),
        student_no=student.student_no,
        birth=plain_date(student.birth_date),
        major=programme.name,
        class_name=student.school_class.name,
        length=chinese_number(programme.length_years),
        enrol_date=plain_date(student.enrolled_on),
        terms=[_term(term) for term in results.terms],
        summary=_summary(results),
        records=[*_conduct(student), *_internships(student)],
        levels=levels_note(),
        notes=_notes(results.lines),
    )


def abridged(values: dict[str, Any]) -> dict[str, Any]:
    """The values without their rows, where so many surely have room; to see whether all the rest fits.

    Laying out three years takes a third of a second, for a class a quarter of a minute. The rows stay among the values,
    where the press looks for characters without a glyph, but are not drawn.
    """
    rows = [row for term in values["terms"] for row in term["rows"]]
    if sum(1 + len(row["course"]) // SHORTEST_LINE for row in rows) > ROOMY:
        return values
    return {**values, "terms": [], "rows": rows}


def _term(term: TranscriptTerm) -> dict[str, Any]:
    return {
        "school_year": _years(term.school_year),
        "term": f"第{chinese_number(term.number)}学期",
        "rows": [_row(line) for line in term.lines],
        "sum": f"{len(term.lines)}门　{term.hours}学时　得{format_number(term.earned)}学分",
    }


def _row(line: TranscriptLine) -> dict[str, str]:
    return {
        "code": line.code,
        "course": line.course,
        "nature": str(line.kind.label).removesuffix("课"),
        "hours": str(line.hours),
        "credits": format_number(line.credits),
        "mark": _mark(line),
        "note": _note(line),
    }


def _years(school_year: int) -> str:
    return f"{school_year}—{school_year + 1}学年"


def _mark(line: TranscriptLine) -> str:
    """Always one decimal, so that the column lines up; else what stands in the place of a figure."""
    return f"{line.score:.1f}" if line.score is not None else line.shown or NOTHING


def _note(line: TranscriptLine) -> str:
    recognised = str(AttemptKind.RECOGNISED.label)
    return line.remark.replace(recognised, PARTNER_SCHOOL) if line.sat is AttemptKind.RECOGNISED else line.remark


def _summary(results: coursework_queries.Transcript) -> list[list[str]]:
    """The totals; the average is that of the courses with figures."""
    average = grading.average(line.result for line in results.lines if line.score is not None)
    return [
        ["课程", f"{len(results.lines)}门"],
        ["总学时", str(results.hours)],
        ["已得学分", format_number(results.earned)],
        ["应修学分", str(credits_required(today()))],
        ["平均分", f"{average:.1f}" if average is not None else NOTHING],
        ["实习成绩", "、".join(_mark(line) for line in results.lines if line.kind is INTERNSHIP) or NOTHING],
    ]


def _conduct(student: Student) -> list[list[str]]:
    """操行等第 year by year, as it was released."""
    assessed = conduct_queries.by_student([student.id]).get(student.id, [])
    released = [each for each in assessed if each.released_at]
    told = []
    for school_year, terms in groupby(released, key=lambda each: each.term.school_year):
        grades = "，".join(f"第{chinese_number(each.term.number)}学期{each.grade.label}" for each in terms)
        told.append(f"{_years(school_year)}{grades}")
    return [["操行等第", "；".join(told)]] if told else []


def _internships(student: Student) -> list[list[str]]:
    """Where the student was an intern, of those internships that have ended."""
    places = [
        f"{each.host_name}，{each.post_name}，{_span(each.starts_on, each.ends_on)}"
        for each in placements_queries.internships_ended(student)
    ]
    return [["岗位实习", "；".join(places)]] if places else []


def _span(first: date, last: date) -> str:
    return f"{plain_date(first)}至{plain_date(last)}"


def _notes(lines: Sequence[TranscriptLine]) -> str:
    """What the words of the notes mean, of those that stand on this paper."""
    said = [
        *_sitting_notes(lines),
        *(["免修的课程取得学分，不计成绩"] if any(_is(line, ResultState.EXEMPT) for line in lines) else []),
        *(["不及格或还没有成绩的课程不取得学分"] if not all(line.passed for line in lines) else []),
        *(["平均分只算百分制的成绩"] if any(line.score is not None for line in lines) else []),
    ]
    return f"备注说明：{'；'.join(said)}。" if said else ""


def _is(line: TranscriptLine, state: ResultState) -> bool:
    return line.result.state is state


def _sitting_notes(lines: Sequence[TranscriptLine]) -> list[str]:
    by_kind = {kind: [line for line in lines if line.sat is kind] for kind in AttemptKind}
    caps = sorted({_cap(line) for line in by_kind[AttemptKind.MAKEUP]})
    schools = dict.fromkeys(
        each.school_name for line in by_kind[AttemptKind.RECOGNISED] for each in line.end.attempts if each.school_name
    )
    said = {
        AttemptKind.MAKEUP: f"补考成绩最高记{'、'.join(map(str, caps))}分",
        AttemptKind.DEFERRED: "缓考是经批准推迟的考试，成绩照常计入",
        AttemptKind.RETAKE: "重修是重新修读以后的成绩",
        AttemptKind.RECOGNISED: f"{PARTNER_SCHOOL}是在{'、'.join(schools)}修读、经本校认定的成绩",
    }
    return [said[kind] for kind in said if by_kind[kind]]


def _cap(line: TranscriptLine) -> int:
    sheet = line.end.sheet
    return terms_of(line.end.course.pass_score, on=sheet.term.starts_on if sheet else None).cap
