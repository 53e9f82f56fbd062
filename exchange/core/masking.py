"""How identity numbers, phones and names are shown to people who need not see them whole."""

import re

RESIDENT_ID = re.compile(r"[GL]?\d{17}[\dX]")
PHONE = re.compile(r"1\d{10}")


def mask_resident_id(value: str | None) -> str:
    """First six and last four: ``999999********0026``. The national student number is masked alike."""
    if not value:
        return ""
    return value[:6] + "*" * (len(value) - 10) + value[-4:] if len(value) > 10 else "*" * len(value)


def mask_phone(value: str | None) -> str:
    """``138****5678``."""
    if not value:
        return ""
    return value[:3] + "****" + value[-4:] if len(value) >= 8 else "****"


def mask_name(value: str | None) -> str:
    """The first and the last character stay: ``李*雨``, ``李*``; of a long name not even the length is told."""
    if not value:
        return ""
    if len(value) <= 2:
        return value[0] + "*"
    return value[0] + "*" * (min(len(value), 6) - 2) + value[-1]


def masked(value: str | None) -> str:
    """Mask by shape: identity numbers, phones, and anything else as dots with its last two characters."""
    if not value:
        return ""
    if RESIDENT_ID.fullmatch(value):
        return mask_resident_id(value)
    if PHONE.fullmatch(value):
        return mask_phone(value)
    return "*" * max(len(value) - 2, 2) + (value[-2:] if len(value) > 4 else "")
