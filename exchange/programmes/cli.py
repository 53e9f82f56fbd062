"""``flask programmes``: the checks of a programme of study."""

import click

from exchange.core.cli import Group, json_option, reads, report
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.programmes import queries
from exchange.programmes.models import ProgrammeVersion
from exchange.programmes.rules import Check, checks_of, plan_of

programmes = Group("programmes", help="Programmes of study.")


@programmes.command("check")
@click.option("--major", required=True, metavar="CODE", help="The national code of the major.")
@click.option("--intake", required=True, type=int, metavar="YEAR", help="The year of intake.")
@click.option("--version", "number", type=int, metavar="N", help="A version; left out, the one that counts now.")
@json_option
@reads
def check(major: str, intake: int, number: int | None, as_json: bool) -> None:
    """Tell what the programme holds of PRG-01 to PRG-09, with figures. Warnings leave the exit status 0."""
    version = _version(major, intake, number)
    courses = queries.planned_courses(version)
    found = checks_of(plan_of(version, courses))
    document = {
        "major": major,
        "intake": intake,
        "version": version.number,
        "status": version.status.value,
        "courses": len(courses),
        "checks": [each.as_document() for each in found],
    }
    report(document, as_json=as_json, words="\n".join(map(_line, found)))


def _version(major: str, intake: int, number: int | None) -> ProgrammeVersion:
    programme = queries.find_programme(major, intake)
    if programme is None:
        raise UsageProblem(_("没有%(year)s级专业代码 %(major)s 的专业。", year=intake, major=major[:20]))
    if number is None:
        version = queries.shown_versions([programme.id]).get(programme.id)
    else:
        version = next((each for each in queries.versions_of(programme.id) if each.number == number), None)
    if version is None:
        raise UsageProblem(_("%(name)s没有这个版本。", name=programme.name))
    return version


def _line(found: Check) -> str:
    told = {"code": found.rule.code, "state": found.state.label, "statement": found.rule.statement}
    figures = {"figure": found.measure.figure, "asked": found.measure.asked}
    return str(_("%(code)s %(state)s：%(statement)s；现在是%(figure)s，要求%(asked)s", **told, **figures))
