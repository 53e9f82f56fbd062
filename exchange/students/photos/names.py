"""What a file name says about whom the photograph shows: a student number, a resident ID, a name, or several."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from exchange.core.masking import RESIDENT_ID
from exchange.students.roster.identity import normalise_id
from exchange.students.roster.names import read_name

BETWEEN = re.compile(r"[\s_\-+,，、()（）\[\]【】]+")
COPY_MARK = re.compile(r"(?:副本|copy|\(\d{1,2}\)|（\d{1,2}）)$", re.IGNORECASE)
NUMBER = re.compile(r"[0-9A-Z]{4,20}", re.ASCII)


@dataclass(frozen=True)
class Clues:
    """What may be a resident ID, a student number and a name."""

    resident_ids: tuple[str, ...]
    numbers: tuple[str, ...]
    names: tuple[str, ...]


def clues_in(filename: str) -> Clues:
    """``20260701_刀玉香.JPG`` → number and name. The name is tried whole first: it may hold a space itself."""
    stem = COPY_MARK.sub("", PurePosixPath(filename).stem.strip()).strip(" -_")
    words = [word for word in BETWEEN.split(stem) if word]
    plain = [normalise_id(unicodedata.normalize("NFKC", word).upper()) for word in words]
    resident_ids = tuple(word for word in plain if RESIDENT_ID.fullmatch(word))
    numbers = tuple(word for word in plain if NUMBER.fullmatch(word) and word not in resident_ids)
    names = tuple(
        dict.fromkeys(read_name(word).text for word in (stem, *words) if word and not any(map(str.isdigit, word)))
    )
    return Clues(resident_ids, numbers, names)
