"""What the machine itself must have: shared libraries, fonts and programs, and the Debian packages that bring them.

Runs before anything is installed (``python3 -I exchange/operations/machine.py run``), hence the standard library only.
"""

import ctypes
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
POSTGRESQL_PROGRAMS = "/usr/lib/postgresql/*/bin/initdb"
APT = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-q"]
INSTALL = ["install", "-y", "--no-install-recommends"]


@dataclass(frozen=True)
class Need:
    """One thing the machine must have: what it is for, the package that brings it, and whether it is there."""

    package: str
    purpose: str
    is_met: Callable[[], bool]


def missing(needs: Iterable[Need]) -> list[Need]:
    """The needs that this machine does not meet."""
    return [need for need in needs if not need.is_met()]


def install_command(needs: Iterable[Need]) -> str:
    """The exact command that mends what is missing, for a person to copy."""
    packages = " ".join(dict.fromkeys(need.package for need in needs))
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}"


def has_library(name: str) -> bool:
    """Whether the loader finds the shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_font(file_name: str) -> bool:
    """Whether a font file of this name lies in one of the font folders."""
    return any(next(Path(folder).expanduser().rglob(file_name), None) for folder in FONT_FOLDERS)


def has_program(*names: str) -> bool:
    """Whether one of the programs is on the path."""
    return any(shutil.which(name) for name in names)


def has_postgresql() -> bool:
    """Whether PostgreSQL's own programs are there; Debian keeps them off the path."""
    return has_program("initdb") or any(Path("/").glob(POSTGRESQL_PROGRAMS.lstrip("/")))


def answers(port: int) -> bool:
    """Whether something listens on this port of this machine."""
    with socket.socket() as connection:
        connection.settimeout(1)
        return connection.connect_ex(("127.0.0.1", port)) == 0


def can_make_environments() -> bool:
    """Whether this Python can make a virtual environment with pip in it (Debian splits that off)."""
    return subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True).returncode == 0


def _venv_package() -> str:
    if os.path.realpath(sys.executable) == os.path.realpath("/usr/bin/python3"):
        return "python3-venv"
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


LIBRARIES = (
    Need("libpango-1.0-0", "layout of papers", lambda: has_library("libpango-1.0.so.0")),
    Need("libpangoft2-1.0-0", "layout of papers", lambda: has_library("libpangoft2-1.0.so.0")),
    Need("libharfbuzz-subset0", "small fonts in papers", lambda: has_library("libharfbuzz-subset.so.0")),
)
FONTS = (
    Need("fonts-lxgw-wenkai", "Kai, the face of the papers", lambda: has_font("LXGWWenKai-Regular.ttf")),
    Need("fonts-noto-cjk", "Song and Hei", lambda: has_font("NotoSerifCJK-Regular.ttc")),
    Need("fonts-noto-core", "Tai Le", lambda: has_font("NotoSansTaiLe-Regular.ttf")),
    Need("fonts-hanazono", "rare characters in names", lambda: has_font("HanaMinA.ttf")),
)
ENVIRONMENT = (Need(_venv_package(), "the virtual environment", can_make_environments),)
TEST_PROGRAMS = (
    Need("chromium", "browser tests", lambda: has_program("chromium", "chromium-browser", "google-chrome")),
    Need("poppler-utils", "text and pictures of papers", lambda: has_program("pdftotext")),
    Need("qpdf", "the structure of papers", lambda: has_program("qpdf")),
    Need("postgresql", "tests on PostgreSQL", lambda: answers(5432) or has_postgresql()),
    Need("redis-server", "tests on Redis", lambda: answers(6379) or has_program("redis-server")),
)
PURPOSES = {"run": LIBRARIES + FONTS + ENVIRONMENT, "test": LIBRARIES + FONTS + ENVIRONMENT + TEST_PROGRAMS}


def provide(needs: Iterable[Need]) -> str:
    """Install what is missing where that is possible; gives back a sentence with the command where it is not."""
    lacking = missing(needs)
    if not lacking:
        return ""
    sentence = f"缺少 {_listed(lacking)}，请运行 / missing on this machine, run: {install_command(lacking)}"
    if not shutil.which("apt-get"):
        return f"{sentence}  （没有 apt-get，请用本机的软件包 / no apt-get here: use this machine's own packages）"
    if os.geteuid() != 0:
        return sentence
    print(f"安装系统软件包 / installing: {_listed(lacking)}", flush=True)
    _install(list(dict.fromkeys(need.package for need in lacking)))
    return sentence if missing(lacking) else ""


def _listed(needs: Iterable[Need]) -> str:
    return " ".join(dict.fromkeys(need.package for need in needs))


def _install(packages: list[str]) -> None:
    """With the package lists at hand if they will do; they are fetched only when they will not."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run([*APT, *INSTALL, *packages], env=environment, capture_output=True).returncode != 0:
        subprocess.run([*APT, "update"], env=environment, stdout=subprocess.DEVNULL)
        subprocess.run([*APT, *INSTALL, *packages], env=environment, stdout=subprocess.DEVNULL)


def main(purpose: str) -> int:
    """Provide what `purpose` ("run" or "test") needs; status 2 where that is not possible."""
    problem = provide(PURPOSES[purpose])
    if problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
