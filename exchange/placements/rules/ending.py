"""What is owed while the internship runs and when it ends: logs, report, assessment, archive."""

from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, every, not_recorded
from exchange.placements.facts import Facts
from exchange.placements.facts.values import ArchiveItem, Step
from exchange.placements.rules.books import ARCHIVE, DAILY, END, N01
from exchange.placements.rules.conditions import is_known, is_true

WHEN_OVER = frozenset({Step.END, Step.ARCHIVE})


@DAILY.rule(
    "INT-38",
    Severity.GATE,
    article="21",
    regulation=N01,
    statement=Message(
        "学生撰写实习日志，结束时提交实习报告", "The student writes the log, and at the end hands in the report"
    ),
    message=Message("实习日志或实习报告不全", "The log or the report is not complete"),
)
def logs_are_written(facts: Facts) -> Verdict:
    report = Message("未见实习报告", "The report of the internship is not recorded")
    if facts.step in WHEN_OVER and facts.end.report_submitted_on is None:
        return every(_logs_are_complete(facts), not_recorded("end.report_submitted_on", message=report))
    return _logs_are_complete(facts)


def _logs_are_complete(facts: Facts) -> Verdict:
    expected, written = facts.end.logs_expected, facts.end.logs_written
    if expected == 0:
        return HOLDS
    if expected is None or written is None:
        return every(is_known(expected, "end.logs_expected"), is_known(written, "end.logs_written"))
    short = Message(
        f"实习日志应有 {expected} 篇，只有 {written} 篇", f"Of {expected} entries of the log {written} are written"
    )
    return HOLDS if written >= expected else broken("end.logs_written", message=short)


@END.rule(
    "INT-43",
    Severity.GATE,
    article="27",
    regulation=N01,
    statement=Message(
        "过程性考核与结果性考核都已由学校和实习单位共同完成",
        "School and host have assessed both the process and the result",
    ),
    message=Message("实习考核不全", "The assessment is not complete"),
)
def student_is_assessed_by_both(facts: Facts) -> Verdict:
    end = facts.end
    school = Message("学校没有参加考核", "The school has not taken part in the assessment")
    host = Message("实习单位没有参加考核", "The host has not taken part in the assessment")
    return every(
        is_known(end.process_grade, "end.process_grade"),
        is_known(end.result_grade, "end.result_grade"),
        is_true(end.school_graded, "end.school_graded", school),
        is_true(end.host_graded, "end.host_graded", host),
    )


@ARCHIVE.rule(
    "INT-45",
    Severity.GATE,
    article="29",
    regulation=N01,
    statement=Message("八类实习材料齐全", "All eight kinds of material are in the archive"),
    message=Message("实习材料不全", "The archive is not complete"),
)
def archive_is_complete(facts: Facts) -> Verdict:
    return every(*(_is_archived(facts, item) for item in ArchiveItem))


def _is_archived(facts: Facts, item: ArchiveItem) -> Verdict:
    if item in (facts.archive or ()):
        return HOLDS
    named = Message.of(item.label)
    message = Message(f"缺{named.zh}", f"Missing: {named.en}")
    return not_recorded(f"archive.{item.value}", message=message)
