"""``flask certificates``: pre-flight, issue, verify, revoke, reissue and the register."""

import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

import click

from exchange.accounts.queries import actor
from exchange.accounts.roles import Permission
from exchange.certificates import queries, register, service, verification
from exchange.certificates.eligibility import Obstacle
from exchange.certificates.kinds import kind_named, read_settings
from exchange.certificates.models import CertificateBatch
from exchange.certificates.preflight import preflight as check_batch
from exchange.core.cli import Group, by_option, json_option, reads, report, tell, workbook_path, write_whole, writes
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.core.storage import store

certificates = Group("certificates", help="Certificates and other papers.")

kind_option = click.option("--kind", "kind_name", required=True, metavar="KIND", help="One of the certificate kinds.")
set_option = click.option("--set", "pairs", multiple=True, metavar="NAME=VALUE", help="A setting of the paper.")


@certificates.command()
@kind_option
@click.option("--class", "class_name", required=True, metavar="CODE", help="The class, as in 班级名称.")
@set_option
@json_option
@reads
def preflight(kind_name, class_name, pairs, as_json):
    """Say who of a class is ready for a paper, and what the others lack. Spends no number."""
    kind = kind_named(kind_name)
    settings = read_settings(kind, _pairs(pairs))
    result = check_batch(kind, queries.students_of_class(queries.class_named(class_name)), settings)
    report(result.document(), as_json=as_json)
    return 1 if result.findings else 0


@certificates.command()
@kind_option
@click.option("--class", "class_name", metavar="CODE", help="The class, as in 班级名称.")
@click.option("--student", "student_nos", multiple=True, metavar="NO", help="A student number.")
@set_option
@click.option("--request", "request_key", metavar="KEY", help="The same key issues once.")
@click.option("--by", required=True, metavar="USERNAME", help="Who makes the papers.")
@click.option("--approved-by", required=True, metavar="USERNAME", help="Who approves them; somebody else.")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder for the files."
)
@json_option
@writes
def issue(kind_name, class_name, student_nos, pairs, request_key, by, approved_by, out, as_json):
    """Issue papers for a class or for single students, into a folder."""
    if bool(class_name) == bool(student_nos):
        raise UsageProblem(_("请用 --class 指定一个班，或用 --student 指定学生，二者选一。"))
    kind = kind_named(kind_name)
    settings = read_settings(kind, _pairs(pairs))
    maker, approver = actor(by, Permission.CERTIFICATE_PREPARE), actor(approved_by, Permission.CERTIFICATE_APPROVE)
    school_class = queries.class_named(class_name) if class_name else None
    people = queries.students_of_class(school_class) if school_class else queries.students_numbered(student_nos)
    _require_folder(out)  # before a number is spent
    batch, blocked = service.issue_at_once(
        kind=kind,
        students=people,
        settings=settings,
        school_class=school_class,
        request_key=request_key,
        by=maker,
        approved_by=approver,
        on_blocked=_tell_obstacles,
    )
    try:
        document = _write_out(batch, blocked, out)
    except OSError as failure:
        tell(_not_written(batch, failure))
        return 1
    report(document, as_json=as_json)
    return 1 if document["failed"] else 0


def _tell_obstacles(obstacles: Sequence[Obstacle]) -> None:
    """Why somebody gets no paper, one line each, beside the document."""
    for obstacle in obstacles:
        tell(f"{obstacle.student.student_no} {obstacle.message}")


def _require_folder(out: Path) -> None:
    """Raises ``OSError`` for a folder that cannot be made, or in which no file can be."""
    out.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=out, prefix=".probe-") as probe:
        probe.write(b"probe")


def _not_written(batch: CertificateBatch, failure: OSError) -> str:
    """The papers are issued and stay; how to have their files again."""
    told = {"reason": failure.strerror or str(failure), "id": batch.id, "key": batch.request_key or ""}
    if batch.request_key:
        return str(
            _("证书已开具，文件没有写全（%(reason)s）。用同样的 --request %(key)s 再运行一次，不会重复开具。", **told)
        )
    return str(_("证书已开具，文件没有写全（%(reason)s）。在网页 /certificates/batches/%(id)s 下载。", **told))


def _write_out(batch, blocked, out: Path) -> dict:
    """The papers as files, and the document that lists them."""
    listed = []
    for certificate in queries.certificates_of_batch(batch) if batch else []:
        file = f"{certificate.number}.pdf"
        (out / file).write_bytes(store().get(certificate.pdf_key or ""))
        listed.append(
            {
                "number": certificate.number,
                "student_no": certificate.student.student_no,
                "file": file,
                "sha256": certificate.sha256,
            }
        )
    merged = None
    if batch and batch.merged_key:
        merged = f"{batch.kind.value}-{batch.id}.pdf"
        (out / merged).write_bytes(store().get(batch.merged_key))
    for member in queries.members(batch) if batch else []:
        if member.failure:
            tell(f"{member.student.student_no} {member.failure}")
    failed = blocked + (queries.failures(batch) if batch else 0)
    return {"issued": len(listed), "failed": failed, "certificates": listed, "merged": merged}


@certificates.command()
@click.argument("paper", metavar="FILE.pdf|NUMBER")
@json_option
@reads
def verify(paper, as_json):
    """Say what the register knows of a file or a number."""
    path = Path(paper)
    if path.is_file():
        verdict = verification.verify_file(path.read_bytes())
    elif paper.lower().endswith(".pdf") or "/" in paper:
        raise UsageProblem(_("找不到文件 %(path)s。", path=paper))
    else:
        verdict = verification.verify_number(paper)
    if verdict.papers:
        tell(str(_("这是 %(count)s 份证书合并的文件，每份的状态要按编号查验。", count=len(verdict.papers))))
    elif verdict.numbers:
        tell(str(_("文件里有多份证书，但不是学校印制的合并文件。请逐份查验。")))
    report(verdict.document(), as_json=as_json)
    return 0 if verdict.is_genuine else 1


@certificates.command()
@click.argument("number")
@click.option("--reason", required=True)
@by_option
@json_option
@writes
def revoke(number, reason, by, as_json):
    """Declare the paper with this NUMBER void."""
    certificate = _certificate(number)
    service.revoke(certificate, reason=reason, by=actor(by, Permission.CERTIFICATE_APPROVE))
    report(_summary(certificate), as_json=as_json)


@certificates.command()
@click.argument("number")
@click.option("--reason", required=True)
@click.option("--by", required=True, metavar="USERNAME")
@click.option("--approved-by", required=True, metavar="USERNAME")
@json_option
@writes
def reissue(number, reason, by, approved_by, as_json):
    """Replace the paper with this NUMBER by a new one under a new number."""
    old = _certificate(number)
    new = service.reissue(
        old,
        reason=reason,
        by=actor(by, Permission.CERTIFICATE_PREPARE),
        approved_by=actor(approved_by, Permission.CERTIFICATE_APPROVE),
    )
    report({"replaced": _summary(old), "certificate": _summary(new)}, as_json=as_json)


@certificates.command(name="register")
@click.argument("file", metavar="FILE.xlsx")
@click.option("--year", type=click.IntRange(1, 9999))
@click.option("--kind", "kind_name", metavar="KIND")
@json_option
@writes
def export_register(file, year, kind_name, as_json):
    """Write the register of issued papers to FILE.xlsx."""
    path = workbook_path(file)
    kind = kind_named(kind_name) if kind_name else None
    content, rows = register.workbook(kind=kind.kind if kind else None, year=year)
    write_whole(path, content)
    tell(str(_("已写入 %(file)s。", file=path.name)))
    report({"rows": rows}, as_json=as_json)


def _pairs(given) -> list[tuple[str, str]]:
    for pair in given:
        if not re.fullmatch(r"[a-z_]+=.*", pair, re.DOTALL):
            raise UsageProblem(_("--set 要写成 名称=值，现在是“%(pair)s”。", pair=pair))
    return [tuple(pair.split("=", 1)) for pair in given]


def _certificate(number: str):
    certificate = queries.find_number(number)
    if certificate is None:
        raise UsageProblem(_("登记表里没有编号 %(number)s。", number=number))
    return certificate


def _summary(certificate) -> dict:
    return {
        "number": certificate.number,
        "kind": certificate.kind.value,
        "status": certificate.status_today.value,
        "student_no": certificate.student.student_no,
        "issued_on": certificate.issued_on.isoformat(),
        "sha256": certificate.sha256,
    }
