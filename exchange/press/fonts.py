"""Faces: which font draws which character, chosen from the fonts' own tables before anything is laid out."""

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

import uharfbuzz as hb
from markupsafe import Markup, escape

from exchange.core.errors import DomainError
from exchange.core.i18n import _


class MissingFont(DomainError):
    """A font of the papers is not installed on this machine."""


@dataclass(frozen=True)
class Face:
    """A font family of the papers. All are TrueType: CFF outlines make papers ten times as large."""

    name: str
    package: str
    regular: str
    bold: tuple[str, ...]  # by preference: a package may have renamed its heavy weight

    def file(self, weight: int) -> Path:
        """Where the face is installed; raises MissingFont naming the Debian package."""
        wanted = self.bold if weight == 700 else (self.regular,)
        found = next((_installed()[name] for name in wanted if name in _installed()), None)
        if found is None:
            raise MissingFont(
                _("没有安装字体 %(file)s。用 apt 安装软件包 %(package)s。", file=wanted[0], package=self.package)
            )
        return found


# Order is preference. Kai is the look of the papers, in the cut whose digits, letters and separator dot (·) take half
# a square each: that keeps the grid of characters even. The other faces only lend what it lacks.
FACES = (
    Face(
        "kai",
        "fonts-lxgw-wenkai",
        "LXGWWenKaiMono-Regular.ttf",
        ("LXGWWenKaiMono-Bold.ttf", "LXGWWenKaiMono-Medium.ttf"),  # Debian 12 has Bold, Debian 13 Medium
    ),
    Face("taile", "fonts-noto-core", "NotoSansTaiLe-Regular.ttf", ("NotoSansTaiLe-Regular.ttf",)),
    Face("hana-a", "fonts-hanazono", "HanaMinA.ttf", ("HanaMinA.ttf",)),
    Face("hana-b", "fonts-hanazono", "HanaMinB.ttf", ("HanaMinB.ttf",)),
)
KAI = FACES[0]
WEIGHTS = (400, 700)
COUNTERS = "0123456789 "  # a style sheet can print what stands in no text
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts")
LAID_OUT_AWAY = frozenset("\n\r\t")  # white space of the mark-up, never drawn


@cache
def _installed() -> dict[str, Path]:
    return {
        name: Path(folder, name)
        for root in reversed(FOLDERS)
        for folder, _folders, names in os.walk(os.path.expanduser(root))
        for name in names
    }


@cache
def _hb_face(path: Path) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(str(path)))


@cache
def _covered(face: Face) -> frozenset[int]:
    """The characters that the face has in both weights."""
    return frozenset.intersection(*(frozenset(_hb_face(face.file(weight)).unicodes) for weight in WEIGHTS))


@lru_cache(maxsize=50_000)
def face_of(character: str) -> Face | None:
    """The first face that has the character; None for private use and invisible controls, whatever a font says."""
    if unicodedata.category(character) in {"Co", "Cc", "Cf", "Cs"}:
        return None
    return next((face for face in FACES if ord(character) in _covered(face)), None)


def missing_glyphs(text: str) -> list[str]:
    """The characters of the text that no face can draw, each once, in order."""
    return [c for c in dict.fromkeys(text) if c not in LAID_OUT_AWAY and face_of(c) is None]


def mark(text: str) -> Markup:
    """The text with every run outside Kai wrapped in its face, so that nothing is substituted behind our back."""
    return Markup("").join(
        escape(run) if face is None else Markup('<span class="face-{}">{}</span>').format(face.name, run)
        for run, face in _runs(text)
    )


def _runs(text: str) -> Iterator[tuple[str, Face | None]]:
    """Stretches of one face; None stands for Kai and for what has no face."""
    start, current = 0, None
    for position, character in enumerate(text):
        face = face_of(character)
        face = None if face is KAI else face
        if face is not current:
            if position > start:
                yield text[start:position], current
            start, current = position, face
    if text[start:]:
        yield text[start:], current


@dataclass
class FontSet:
    """The faces cut down to the characters of one print run, and the style sheet that names them."""

    css: str
    files: dict[str, bytes] = field(repr=False)

    @classmethod
    def for_characters(cls, characters: Iterable[str]) -> "FontSet":
        """Cut the faces. Characters without a glyph are left out: they were refused before."""
        wanted: dict[Face, set[str]] = {KAI: set(COUNTERS)}
        for character in set(characters) - LAID_OUT_AWAY:
            if face := face_of(character):
                wanted.setdefault(face, set()).add(character)
        rules, files = [], {}
        for face in FACES:
            for weight in WEIGHTS if face in wanted else ():
                name = f"{face.name}-{weight}.ttf"
                files[name] = _cut(face.file(weight), wanted[face])
                rules.append(f"@font-face{{font-family:{face.name};font-weight:{weight};src:url(font:{name})}}")
        return cls("".join(rules), files)


def _cut(path: Path, characters: set[str]) -> bytes:
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.UNICODE).update(map(ord, characters))
    wanted.flags = hb.SubsetFlags.NO_HINTING
    return bytes(hb.subset(_hb_face(path), wanted).blob.data)
