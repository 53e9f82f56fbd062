import json

import pytest

from exchange.placements.cli import placements
from tests.placements.documents import EXAMPLE, as_bytes, document

KARAOKE = {"post.venue": "KARAOKE"}


@pytest.fixture
def check(app):
    """Runs ``flask placements check`` without any database."""
    runner = app.test_cli_runner()
    return lambda *arguments, **options: runner.invoke(placements, ["check", *arguments], **options)


def test_check_of_clean_facts_finds_nothing(check):
    result = check(str(EXAMPLE), "--json")

    assert (result.exit_code, json.loads(result.stdout), result.stderr) == (0, {"findings": []}, "")


def test_check_names_each_rule_on_standard_output(check):
    result = check("-", "--json", input=as_bytes(document(KARAOKE)))

    assert result.exit_code == 1
    assert json.loads(result.stdout)["findings"] == [
        {
            "rule": "INT-26",
            "article": "16(5)",
            "severity": "BLOCK",
            "step": "UNIT",
            "message": "实习岗位设在酒吧、歌厅等营业性娱乐场所",
            "message_en": "The post is in a bar, karaoke or other place of commercial entertainment",
            "missing": [],
        }
    ]


def test_check_prints_one_line_per_finding_for_people(check):
    result = check("-", input=as_bytes(document(KARAOKE | {"filings.1.filed_on": None})))

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "INT-26  法律禁止  16(5)  实习岗位设在酒吧、歌厅等营业性娱乐场所",
        "INT-41  法律禁止  24  跨省实习未见省级主管部门备案  filings.CROSS_PROVINCE.filed_on",
    ]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"step": "START", "x\\ny": 1}', b'{"step": 1}'])
def test_check_of_unusable_facts_says_so_in_one_line(check, content):
    result = check("-", "--json", input=content)

    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)


@pytest.mark.parametrize("name", ["missing.json", ""])
def test_check_of_unreadable_file_says_so_in_one_line(check, tmp_path, name):
    result = check(str(tmp_path / name))

    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
