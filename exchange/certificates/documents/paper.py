"""What every paper says, and how papers write dates and numbers."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from flask import current_app

from exchange.students.models import Student

DIGITS = "〇一二三四五六七八九"


def chinese_date(day: date) -> str:
    """二〇二六年六月三十日."""
    year = "".join(DIGITS[int(digit)] for digit in f"{day.year:04d}")
    return f"{year}年{chinese_number(day.month)}月{chinese_number(day.day)}日"


def plain_date(day: date) -> str:
    """2026年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese: 三, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones else "")


@dataclass(frozen=True)
class Paper:
    """What every kind of paper says. ``number`` and ``qr`` are given at issue, never at preview."""

    school: str
    office: str
    phone: str
    name: str
    date_cn: str
    verify_line: str
    number: str = ""
    qr: str = ""


def heading(student: Student, issued_on: date) -> dict[str, str]:
    """The values of ``Paper`` for one person."""
    config = current_app.config
    place = urlsplit(config["PUBLIC_URL"]).netloc
    return {
        "school": config["SCHOOL_NAME"],
        "office": config["SCHOOL_OFFICE"],
        "phone": config["SCHOOL_PHONE"],
        "name": student.name,
        "date_cn": chinese_date(issued_on),
        "verify_line": f"扫码或在 {place}/verify 输入编号，可查验本证明真伪。",
    }
