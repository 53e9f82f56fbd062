"""Which intake a sheet is for: ``2026/3`` as it is kept, ``2026 东西部协作`` as people write it."""

import re
from typing import NamedTuple

from exchange.core.database import db, today
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.enrolment.limits import FIRST_YEAR, LAST_YEAR
from exchange.partners.models import CooperationProject
from exchange.partners.queries import find_project, projects

WRITTEN = re.compile(r"(\d{4})年?\s*[/／\s]\s*(.+)", re.ASCII)
OFFERED = 30


class Intake(NamedTuple):
    """One year of a project."""

    project: CooperationProject
    year: int

    @property
    def key(self) -> str:
        return f"{self.year}/{self.project.id}"

    def __str__(self) -> str:
        return f"{self.year} {self.project.name}"


def intake_named(written: str) -> Intake:
    """The intake that is meant. Raises ``UsageProblem``."""
    match = WRITTEN.fullmatch(written.strip())
    if match is None:
        raise UsageProblem(_("写明导入到哪一年、哪个项目的招生，例如“2026 东西部协作”。"))
    year, project = int(match[1]), find_project(match[2]) or _by_id(match[2])
    if project is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise UsageProblem(_("没有“%(intake)s”这个招生。项目名称要写全。", intake=written))
    return Intake(project, year)


def offered() -> list[str]:
    """This year of the youngest projects."""
    return [str(Intake(project, today().year)) for project in db.session.scalars(projects().limit(OFFERED))]


def _by_id(text: str) -> CooperationProject | None:
    return db.session.get(CooperationProject, int(text)) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else None
