"""Invented people. Their resident IDs carry the prefix 999999, which belongs to no area, with sequence 300 to 999."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from exchange.students.models import Sex

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
CHECK = "10X98765432"
FIRST_SEQUENCE, LAST_SEQUENCE = 300, 999
PER_DAY = (LAST_SEQUENCE - FIRST_SEQUENCE + 1) // 2  # of each sex

# The peoples of Dehong with codes of GB/T 3304 and how often each appears.
PEOPLES = (("18", 34), ("28", 26), ("01", 20), ("46", 8), ("39", 7), ("20", 5))
COUNTIES = (("533103", 12), ("533124", 10), ("533123", 9), ("533102", 6), ("533122", 4))
SURNAMES = {
    "18": "刀方思罕线晃管",
    "28": "排勒雷尚木何",
    "01": "杨寸尹瞿张李王赵段番",
    "46": "赵李杨赖",
    "39": "曹孙们囊",
    "20": "余胡熊麻",
}
GIVEN = {
    Sex.FEMALE: (
        "玉香 月罕 小团 依果 果锐 瑞芳 秋燕 凤仙 木英 果途 春兰 雅静 "
        "恩旺 玉腊 依香 婉清 思雨 金凤 晓燕 彩云 梦瑶 小焕 丽萍 云霞"
    ).split(),
    Sex.MALE: (
        "岩罕 岩温 腊三 干么 诺扎 堵成 文强 志明 建华 宗保 岩旺 明辉 "
        "兴旺 小三 诺生 天佑 浩然 俊杰 永康 国荣 子轩 家豪 世昌 德明"
    ).split(),
}
GUARDIAN_GIVEN = "岩保 玉旺 老大 木兰 永祥 兴华 秀英 玉珍 文忠 明芳 有福 美英".split()
LANGUAGES = {"18": "傣语", "28": "景颇语", "01": "汉语", "46": "德昂语", "39": "阿昌语", "20": "傈僳语"}
VILLAGES = "芒蚌 户撒 章凤 遮放 勐戛 轩岗 弄岛 姐勒 卡场 支那 曩宋 平山".split()


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    name: str
    sex: Sex
    birth_date: date
    resident_id: str
    ethnicity: str
    county: str
    phone: str
    guardian_name: str
    guardian_phone: str
    guardian_relation: str
    language: str
    address: str


def people(count: int, *, seed: int, born_from: date, days: int) -> Iterator[Person]:
    """``count`` different people, the same for the same seed, born within ``days`` days. At most 700 a day."""
    random = Random(seed)
    for number in range(count):
        sex = Sex.FEMALE if random.random() < 0.6 else Sex.MALE
        day = born_from + timedelta(days=number % days)
        yield _person(random, number, sex, day, serial=number // days)


def resident_id(birth_date: date, *, sex: Sex, serial: int) -> str:
    """The ``serial``-th number (0 to 349) of that day and sex; it passes every check but belongs to nobody."""
    if not 0 <= serial < PER_DAY:
        raise ValueError(f"serial {serial} does not fit into sequence {FIRST_SEQUENCE} to {LAST_SEQUENCE}")
    sequence = FIRST_SEQUENCE + serial * 2 + (1 if sex == Sex.MALE else 0)
    digits = f"999999{birth_date:%Y%m%d}{sequence}"
    return digits + CHECK[sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11]


def _person(random: Random, number: int, sex: Sex, birth_date: date, *, serial: int) -> Person:
    ethnicity = _weighted(random, PEOPLES)
    surname = random.choice(SURNAMES[ethnicity])
    return Person(
        name=surname + random.choice(GIVEN[sex]),
        sex=sex,
        birth_date=birth_date,
        resident_id=resident_id(birth_date, sex=sex, serial=serial),
        ethnicity=ethnicity,
        county=_weighted(random, COUNTIES),
        phone=f"1390000{number % 10_000:04d}",
        guardian_name=surname + random.choice(GUARDIAN_GIVEN),
        guardian_phone=f"1380000{number % 10_000:04d}",
        guardian_relation=random.choice(("父亲", "母亲", "祖父", "外祖母")),
        language=LANGUAGES[ethnicity],
        address=f"{random.choice(VILLAGES)}寨{random.randrange(1, 90)}号",
    )


def _weighted(random: Random, choices: tuple[tuple[str, int], ...]) -> str:
    values, weights = zip(*choices, strict=True)
    return str(random.choices(values, weights)[0])
