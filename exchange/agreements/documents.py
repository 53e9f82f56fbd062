"""What stands in agreements and consent forms: plain values, frozen when they are issued, and what the press adds."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask import current_app

from exchange.agreements.models import AgreementDocument, Signature
from exchange.agreements.texts import Text
from exchange.agreements.values import Party, PayMethod, PayPer
from exchange.core.templating import format_number
from exchange.partners.models import InternshipPlan
from exchange.placements.models import Placement
from exchange.placements.record_facts import current
from exchange.students.models import Guardianship

ROLES = {Party.SCHOOL: "学校", Party.HOST: "实习单位", Party.STUDENT: "学生", Party.GUARDIAN: "监护人"}
NUMBERS = "一二三四五六七八九十"
NOTHING_ELSE = "三方没有另外的约定。"


def plain_date(day: date) -> str:
    """2026年6月30日: papers are Chinese, whatever language the page is in."""
    return f"{day.year}年{day.month}月{day.day}日"


def digest_of(values: Any) -> str:
    """The fingerprint of plain values."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def plan_digest(placement: Placement) -> str:
    """The fingerprint of who goes where and when: any change of it needs new signatures (articles 9 and 14)."""
    host = placement.host
    return digest_of(
        {
            "student": [placement.student_id, placement.student.name],
            "host": [host.id, host.name, host.uscc],
            "post": [placement.post_id, placement.post.name],
            "days": [placement.starts_on.isoformat(), placement.ends_on.isoformat()],
            "workplace": placement.workplace,
        }
    )


def signing_guardianships(placement: Placement, *, on: date) -> list[Guardianship]:
    """The guardians who may sign for this student that day; of an adult those who still answer for the student."""
    bonds = [each for each in placement.student.guardianships if each.is_legal_guardian and each.may_sign]
    return sorted((each for each in bonds if each.holds(on)), key=lambda each: (each.call_order, each.id))


def known_values(placement: Placement, *, on: date) -> dict[str, str]:
    """What the records of placement, host and student say already."""
    student, host, config = placement.student, placement.host, current_app.config
    bonds = signing_guardianships(placement, on=on)
    guardians = [f"{each.guardian.name}（{each.relation or '监护人'}）" for each in bonds]
    return {
        "school": config["SCHOOL_NAME"],
        "school_address": config["SCHOOL_ADDRESS"],
        "school_phone": config["SCHOOL_PHONE"],
        "instructor": placement.instructor.name if placement.instructor else "",
        "host": host.name,
        "host_uscc": host.uscc,
        "host_address": host.address or placement.workplace,
        "mentor": placement.mentor_name,
        "student": student.name,
        "student_no": student.student_no,
        "major": student.school_class.programme.name,
        "class_name": student.school_class.name,
        "guardian": "、".join(guardians),
        "post": placement.post.name,
        "workplace": placement.workplace,
        "first_day": plain_date(placement.starts_on),
        "last_day": plain_date(placement.ends_on),
    }


def suggested_terms(placement: Placement, text: Text) -> dict[str, Any]:
    """What plan, lodging, insurance and our own text suggest for a first document."""
    plan = placement.host.newest(InternshipPlan)
    sections = (plan.sections or {}) if plan else {}
    found = {"tasks": sections.get("tasks"), "assessment": sections.get("assessment")}
    if lodging := current(placement.lodgings):
        found["lodging"] = f"统一住在{lodging.address}。" if lodging.unified and lodging.address else lodging.address
    if (insured := current(placement.insurances)) and insured.covers_from and insured.covers_to and insured.payer:
        days = f"{plain_date(insured.covers_from)}到 {plain_date(insured.covers_to)}"
        found["insurance"] = f"实习责任保险从 {days}，保费由{_chinese(insured.payer.label)}承担。"
    return dict(text.defaults) | {name: value for name, value in found.items() if value}


def terms_for_form(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Kept terms as the form takes them again."""
    amount, day = kept.get("pay_amount"), kept.get("pay_day")
    return {**kept, "pay_amount": Decimal(amount) if amount else None, "pay_day": int(day) if day else None}


def plain_terms(terms: Mapping[str, Any]) -> dict[str, str]:
    """What the form has given as words of the paper."""
    words = {name: _word(value) for name, value in terms.items()}
    for name, members in (("pay_per", PayPer), ("pay_method", PayMethod)):
        words[name] = _chinese(members(words[name]).label) if words.get(name) else ""
    return words


def compose(text: Text, values: Mapping[str, str]) -> dict[str, Any]:
    """The whole document in plain values: title, main points, parts with their clauses."""
    words = {**values, "other": values.get("other") or NOTHING_ELSE}
    return {
        "kind": text.kind.value,
        "title": text.title,
        "basis": text.basis,
        "template": text.name,
        "school": values["school"],
        "student": values["student"],
        "points": _points(values),
        "sections": [
            {
                "item": section.item,
                "heading": section.heading,
                "clauses": [clause.format_map(words) for clause in section.clauses],
            }
            for section in text.sections
        ],
        "signers": {
            "school": values["school"],
            "host": values["host"],
            "student": values["student"],
            "guardian": values["guardian"],
        },
    }


def paper_of(document: AgreementDocument) -> dict[str, Any]:
    """The mapping that the press prints: the frozen text with the signatures so far and the way to the record."""
    address = f"{current_app.config['PUBLIC_URL'].rstrip('/')}/agreements/documents/{document.id}"
    content = document.content
    return {
        **content,
        "number": number_of(document),
        "numbers": list(NUMBERS),
        "issued": plain_date(document.issued_on),
        "void": document.is_void,
        "signatures": [_signed(document, party) for party in document.kind.parties],
        "check": "学校人员扫码，可看签字记录和文本是否有效。",
        "qr": address,
    }


def number_of(document: AgreementDocument) -> str:
    """What stands on the paper to find the record again."""
    letter = "X" if document.kind.value == "agreement" else "T"
    return f"SX{document.placement_id:06d}-{letter}{document.version}"


def _signed(document: AgreementDocument, party: Party) -> dict[str, str]:
    signature = document.signature_of(party)
    return {
        "role": ROLES[party],
        "name": document.content["signers"][party.value],
        "signed": _how(signature) if signature else "",
        "day": plain_date(signature.signed_on) if signature else "",
        "is_unit": "1" if party in {Party.SCHOOL, Party.HOST} else "",
    }


def _how(signature: Signature) -> str:
    words = f"{signature.signed_by}　{_chinese(signature.route.label)}"
    return f"{words}，见证人 {signature.witness}" if signature.witness else words


def _points(values: Mapping[str, str]) -> list[list[str]]:
    """The main points in plain words, for a phone in a village."""
    return [
        ["谁", f"{values['student']}，{values['class_name']}"],
        ["去哪里", f"{values['host']}，{values['workplace']}"],
        ["做什么", values["post"]],
        ["什么时候", f"{values['first_day']}到 {values['last_day']}"],
        ["上班时间", values["working_time"]],
        ["吃和住", f"{values['meals']} {values['lodging']}"],
        ["报酬", f"每{values['pay_per']} {values['pay_amount']} 元，{values['pay_method']}，直接付给学生本人"],
        ["保险", values["insurance"]],
        ["谁照看", f"学校{values['instructor']}，单位{values['mentor']}"],
    ]


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal | int | float):
        return format_number(value).replace(",", "")
    return str(value).strip()


def _chinese(label: Any) -> str:
    """The Chinese of a label, whatever language the page is in."""
    return str(getattr(label, "source", label))
