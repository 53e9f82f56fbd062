"""Reads a ZIP of photographs one file at a time, whatever somebody has put into it, within bounded memory."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from exchange.core.errors import DomainError
from exchange.core.i18n import _

MOST_FILES = 500
MOST_ENTRIES = 5_000  # with folders and what machines add; a list of a million names is a bomb, too
LARGEST_FILE = 10 * 1024 * 1024
UTF8_NAME, ENCRYPTED = 0x800, 0x1
LEFT_BY_MACHINES = {"__macosx", "thumbs.db", "desktop.ini", ".ds_store"}
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class UnusableArchive(DomainError):
    """A file that is no ZIP, a locked one, one without photographs, or one with too many."""


@dataclass(frozen=True)
class Entry:
    """One file of the archive. ``content`` is none where it is too large, and empty where it cannot be read."""

    filename: str
    content: bytes | None


class Archive:
    """An open ZIP of at most 500 files; only their list is read until somebody asks for them."""

    def __init__(self, file: zipfile.ZipFile, files: list[zipfile.ZipInfo], left_out: int) -> None:
        self.file, self.files, self.left_out = file, files, left_out

    @property
    def names(self) -> list[str]:
        """The file names, without folders."""
        return [_name(info) for info in self.files]

    def entries(self) -> Iterator[Entry]:
        """The files, one after the other."""
        return (Entry(_name(info), _content(self.file, info)) for info in self.files)


def open_archive(upload: bytes) -> Archive:
    """The photographs in the ZIP. Raises ``UnusableArchive``."""
    try:
        archive = zipfile.ZipFile(BytesIO(upload))
    except BROKEN:
        raise UnusableArchive(_("这不是 ZIP 压缩包，或者没有传完整。把照片放进一个 ZIP 再传。")) from None
    infos = archive.infolist()
    if len(infos) > MOST_ENTRIES:
        raise UnusableArchive(_("压缩包里有 %(count)s 项，太多了。一次最多 500 张照片。", count=len(infos)))
    files = [info for info in infos if not info.is_dir() and not _is_left_by_machine(info)]
    if not files:
        raise UnusableArchive(_("压缩包里没有照片。"))
    if len(files) > MOST_FILES:
        raise UnusableArchive(_("压缩包里有 %(count)s 个文件，一次最多 500 个。分成几包再传。", count=len(files)))
    if any(info.flag_bits & ENCRYPTED for info in files):
        raise UnusableArchive(_("压缩包有密码。去掉密码再传，传输和保存都是加密的。"))
    return Archive(archive, files, sum(not info.is_dir() for info in infos) - len(files))


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    """What the head of the file claims is not believed: reading stops one byte behind the limit."""
    if info.file_size > LARGEST_FILE:
        return None
    try:
        with archive.open(info) as file:
            content = file.read(LARGEST_FILE + 1)
    except BROKEN:
        return b""
    return content if len(content) <= LARGEST_FILE else None


def _name(info: zipfile.ZipInfo) -> str:
    """The last part of the path. Windows writes names in GB 18030 and says nothing about it."""
    name = info.filename
    if not info.flag_bits & UTF8_NAME:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = info.filename
    return PurePosixPath(name.replace("\\", "/")).name


def _is_left_by_machine(info: zipfile.ZipInfo) -> bool:
    parts = [part.lower() for part in PurePosixPath(info.filename.replace("\\", "/")).parts]
    return not parts or bool(LEFT_BY_MACHINES & set(parts)) or parts[-1].startswith("._")
