"""Invented people's papers as the plain values a feature hands over, and what can be seen in a PDF."""

import re

import pypdfium2
import zxingcpp

SCHOOL = "德清县职业中等专业学校"
CHECK = "扫描二维码，或在学校网站“证书查验”页输入编号，可核对真伪。"
ADDRESS = "https://school.example/verify/"
RARE_NAME = "阿依古丽䶮㛃·买买提𬱖𠮷·吐尔逊艾合买提江阿卜杜拉"


def _issued(kind, serial):
    number = f"DQZJ-{kind}-2026-{serial:06d}-7"
    return {
        "number": number,
        "school": SCHOOL,
        "date_cn": "二〇二六年六月三十日",
        "verify_line": CHECK,
        "qr": ADDRESS + number,
    }


def letter(serial=1, **changes):
    return (
        _issued("ZD", serial)
        | {
            "name": "岩温香",
            "sex": "男",
            "ethnicity": "傣族",
            "birth": "2008年3月6日",
            "resident_id_masked": "999999********0017",
            "enrol_year": "2024",
            "major": "高星级饭店运营与管理",
            "class_name": "2024级云南班",
            "length": "三",
            "expected_graduation": "2027年6月",
            "purpose": "申请雨露计划补助",
            "valid_days": "30",
            "officer": "沈小满",
            "phone": "0572-8000000",
        }
        | changes
    )


def honour(serial=1, **changes):
    return (
        _issued("RY", serial)
        | {
            "name": "岩温香",
            "school_year": "2025—2026",
            "event": "浙滇职业教育技能文化节",
            "title": "优秀学生",
        }
        | changes
    )


def internship(serial=1, **changes):
    return (
        _issued("SX", serial)
        | {
            "name": "岩温香",
            "major": "高星级饭店运营与管理",
            "student_no": "20240117",
            "start": "2026年1月5日",
            "end": "2026年6月30日",
            "unit": "莫干山云上度假酒店有限公司",
            "post": "餐厅服务员",
            "days": "176",
            "tasks": "餐前准备、宴会摆台和席间服务",
            "remark": "良好",
            "grade": "优秀",
            "mentor": "陆青竹",
            "school_department": f"{SCHOOL}实习管理处",
            "school_date_cn": "二〇二六年七月二日",
        }
        | changes
    )


def transcript(serial=1, terms=4, **changes):
    return (
        _issued("CJ", serial)
        | {
            "name": "岩温香",
            "sex": "男",
            "student_no": "20240117",
            "birth": "2008年3月6日",
            "major": "高星级饭店运营与管理",
            "class_name": "2024级云南班",
            "length": "三",
            "enrol_date": "2024年9月1日",
            "terms": [_term(index) for index in range(terms)],
            "summary": [["已得学分", "96"], ["应修学分", "170"], ["平均分", "84.5"]],
            "records": [["操行等第", "2024—2025学年第一学期良好，第二学期优秀"]],
            "notes": "备注说明：补考成绩最高记60分。",
            "levels": "优秀90—100，良好80—89，中等70—79，及格60—69。",
            "office": f"{SCHOOL}教务处",
        }
        | changes
    )


def _term(index):
    keys = ("code", "course", "nature", "hours", "credits", "mark", "note")
    return {
        "school_year": f"{2024 + index // 2}—{2025 + index // 2}学年",
        "term": ("第一学期", "第二学期")[index % 2],
        "sum": "11门　792学时　得44学分",
        "rows": [
            dict(zip(keys, (f"C{index}{row:02d}", "饭店服务礼仪", "必修", "72", "4", f"{60 + row}", ""), strict=True))
            for row in range(11)
        ],
    }


EVERY_PAPER = [
    ("certificates/enrolment_letter", letter),
    ("certificates/honour_certificate", honour),
    ("certificates/internship_certificate", internship),
    ("certificates/transcript", transcript),
]


def text_of(pdf):
    """The extracted text without the white space of the layout."""
    with pypdfium2.PdfDocument(pdf) as document:
        return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in document))


def pictures_of(pdf, dpi=150):
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def codes_of(pdf):
    """What a telephone reads from the paper."""
    return [code.text for picture in pictures_of(pdf) for code in zxingcpp.read_barcodes(picture)]
