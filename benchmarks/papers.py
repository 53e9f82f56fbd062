"""How fast papers are made: ``python benchmarks/papers.py [number]``. A warm worker, from values to the print file."""

import resource
import sys
import time
from collections.abc import Callable
from datetime import date

from flask import Flask

from exchange import press
from exchange.core import i18n

DAY = date(2026, 6, 30)
NAMES = ("岩温香", "玉喃", "尚麻宝", "阿依古丽·买买提", "李䶮", "刀𠮷明")


def letters(count: int) -> list[dict[str, str]]:
    return [
        {
            "number": f"DQZJ-ZD-2026-{serial:06d}-7",
            "school": "德清县职业中等专业学校",
            "name": NAMES[serial % len(NAMES)],
            "sex": "女",
            "ethnicity": "傣族",
            "birth": f"2008年{1 + serial % 12}月{1 + serial % 28}日",
            "resident_id_masked": f"999999********{serial % 10000:04d}",
            "enrol_year": "2024",
            "major": "高星级饭店运营与管理",
            "class_name": "2024级云南班",
            "length": "三",
            "expected_graduation": "2027年6月",
            "purpose": "申请雨露计划补助",
            "valid_days": "30",
            "date_cn": "二〇二六年六月三十日",
            "officer": "沈小满",
            "phone": "0572-8000000",
            "verify_line": "扫描二维码，或在学校网站“证书查验”页输入编号，可核对真伪。",
            "qr": f"https://school.example/verify/DQZJ-ZD-2026-{serial:06d}-7",
        }
        for serial in range(count)
    ]


def timed(label: str, work: Callable[[], object], count: int) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{label:<34} {wall:7.2f} s wall {cpu:7.2f} s CPU {1000 * cpu / count:7.1f} ms a paper {memory:6.0f} MB")


def run(papers: list[dict[str, str]], road: press.Road) -> bytes:
    return press.merge(press.print_papers("certificates/enrolment_letter", papers, printed_on=DAY, road=road))


def main(count: int) -> None:
    papers = letters(count)
    timed("first paper of a cold process", lambda: run(papers[:1], press.Road.BACKDROP), 1)
    timed("one paper", lambda: run(papers[:1], press.Road.BACKDROP), 1)
    timed("its problems only", lambda: press.problems("certificates/enrolment_letter", papers[0]), 1)
    timed(f"{count} papers, backdrop, merged", lambda: run(papers, press.Road.BACKDROP), count)
    timed(f"{count} papers, plain, merged", lambda: run(papers, press.Road.PLAIN), count)
    print(f"{'print file':<34} {len(run(papers, press.Road.BACKDROP)) / 1024:7.0f} KB")


if __name__ == "__main__":
    application = Flask("papers")
    i18n.init_app(application)
    with application.app_context():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 35)
