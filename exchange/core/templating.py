"""Filters and globals every template may use."""

from datetime import date, datetime
from decimal import Decimal

from flask import Flask
from flask_babel import format_datetime

from exchange.core import masking
from exchange.core.database import SCHOOL_TIME, today
from exchange.core.forms import ActionForm
from exchange.core.i18n import _, current_language

WEEKDAYS = "一二三四五六日"


def format_date(value: date | None) -> str:
    """2026年3月6日（周五） · Fri 6 March 2026."""
    if value is None:
        return ""
    if current_language() == "en":
        return f"{value:%a} {value.day} {value:%B} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日（周{WEEKDAYS[value.weekday()]}）"


def format_short_date(value: date | None) -> str:
    """2026年3月6日 · 6 Mar 2026."""
    if value is None:
        return ""
    if current_language() == "en":
        return f"{value.day} {value:%b} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


def format_moment(value: datetime | None) -> str:
    """The moment at the school, to the minute, 24 hours."""
    if value is None:
        return ""
    local = value.astimezone(SCHOOL_TIME)
    return f"{format_short_date(local.date())} {local:%H:%M}"


def format_clock(value: datetime | None) -> str:
    """The time of the day at the school: 18:42."""
    return "" if value is None else f"{value.astimezone(SCHOOL_TIME):%H:%M}"


def format_iso_moment(value: datetime) -> str:
    """For the ``datetime`` attribute of ``<time>``."""
    return format_datetime(value, "yyyy-MM-dd'T'HH:mm:ssxxx")


def format_money(value: Decimal | int | None) -> str:
    """¥2,600.00."""
    return "" if value is None else f"¥{value:,.2f}"


def format_number(value: Decimal | float | int | None) -> str:
    """A number without superfluous zeros: 86.5, 90, 1,234."""
    if value is None:
        return ""
    text = f"{Decimal(str(value)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def html_language() -> str:
    """What ``<html lang>`` says; the internal locale id is no valid language tag."""
    return "en" if current_language() == "en" else "zh-Hans"


def init_app(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        date=format_date,
        short_date=format_short_date,
        clock=format_clock,
        datetime=format_moment,
        iso=format_iso_moment,
        money=format_money,
        number=format_number,
        masked=masking.masked,
        masked_name=masking.mask_name,
    )
    app.jinja_env.globals.update(
        _=_,
        action_form=ActionForm,
        html_language=html_language,
        today=today,
    )
