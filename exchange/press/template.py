"""Paper templates: Jinja in a sandbox that reaches plain values, its own layout and the art folder, nothing else."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.meta import find_referenced_templates
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.press.fonts import FACES, mark

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
ART = Path(__file__).resolve().parent / "art"
LAYOUT = "layouts/document.html"

Values = Mapping[str, Any]


class _PaperLoader(BaseLoader):
    """Finds the layout and ``<feature>/pdf/<paper>.html``; every other template does not exist here."""

    def __init__(self, folder: Path) -> None:
        self.files = FileSystemLoader(folder)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        parts = PurePosixPath(template).parts
        if template != LAYOUT and not (len(parts) == 3 and parts[1] == "pdf"):
            raise TemplateNotFound(template)
        return self.files.get_source(environment, template)


def _printed(value: object) -> Markup:
    """Every value a template prints: escaped, and marked up with its faces. Mark-up of the template itself stays."""
    if isinstance(value, Markup):
        return value
    return mark("" if value is None else str(value))


def _art(name: str) -> Markup:
    """The address of a drawing of ours."""
    return Markup("art:{}").format(name)


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """The sandbox in which templates run."""
    sandbox = ImmutableSandboxedEnvironment(
        loader=_PaperLoader(TEMPLATES),
        undefined=StrictUndefined,
        auto_reload=False,  # version, characters and source belong together until the process ends
        autoescape=True,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sandbox.globals.clear()
    sandbox.globals["art"] = _art
    sandbox.filters["plain"] = lambda value: escape(str(value))  # for attributes and the title: no spans
    return sandbox


@dataclass(frozen=True)
class PaperTemplate:
    """One template, addressed as ``<feature>/<paper>``."""

    name: str

    @cached_property
    def path(self) -> str:
        feature, _slash, paper = self.name.partition("/")
        return f"{feature}/pdf/{paper}.html"

    @cached_property
    def version(self) -> str:
        """Twelve digits that change whenever template, layout, drawings, fonts or the engine change."""
        digest = hashlib.sha256(f"weasyprint {version('weasyprint')}".encode())
        for path in (*self.sources, *sorted(ART.glob("*.svg"))):
            digest.update(path.name.encode() + path.read_bytes())
        for face in FACES:
            digest.update(f"{face.regular} {face.file(400).stat().st_size}".encode())
        return digest.hexdigest()[:12]

    @cached_property
    def sources(self) -> tuple[Path, ...]:
        """The template's own file and every file it extends or includes."""
        found, waiting = [], [self.path]
        while waiting:
            name = waiting.pop()
            found.append(TEMPLATES / name)
            tree = environment().parse(found[-1].read_text("utf-8"))
            waiting += [other for other in find_referenced_templates(tree) if other is not None]
        return tuple(dict.fromkeys(found))

    @cached_property
    def characters(self) -> frozenset[str]:
        """Every character that the template itself may print."""
        return frozenset().union(*(path.read_text("utf-8") for path in self.sources))

    def style(self, layer: str) -> str:
        """The style sheet of a layer: ``plain`` (everything), ``backdrop`` or ``person``."""
        return self._render(part="style", layer=layer)

    def page(self, layer: str, paper: Values | None, printed_on: str) -> str:
        """The document of a layer. The backdrop sees no person's values."""
        return self._render(part="page", layer=layer, paper=paper or {}, printed_on=printed_on)

    def _render(self, **context: Any) -> str:
        return environment().get_template(self.path).render(**context)


@cache
def load(name: str) -> PaperTemplate:
    """The template of that name; raises UsageProblem when there is none."""
    template = PaperTemplate(name)
    try:
        environment().get_template(template.path)
    except TemplateNotFound:
        raise UsageProblem(_("没有名为“%(name)s”的打印模板。", name=name)) from None
    return template


def template_version(name: str) -> str:
    """The version of a template, to be kept with what was printed from it."""
    return load(name).version


def texts(value: object) -> Iterator[str]:
    """All text inside plain values; raises TypeError for anything that is not plain."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)
    elif value is None or isinstance(value, bool | int | float):
        yield "" if value is None else str(value)
    else:
        raise TypeError(f"a paper is made of plain values, not of {type(value).__name__}")
