"""Merging: single papers into one file for the printer, with the backdrop in it once."""

import io
from collections.abc import Iterable
from typing import Any

from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.press.paper import Paper

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3" pdfaid:conformance="U"/>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def merge(papers: Iterable[bytes | Paper]) -> bytes:
    """One PDF/A-3u with the pages of all papers in order. It carries no title and no date of its own, so equal papers
    give equal bytes. Raises UsageProblem when there is no page at all."""
    import pikepdf  # slow, and only papers need it

    target = pikepdf.new()
    backdrops: dict[str, Any] = {}
    for paper in papers:
        pdf = paper.pdf if isinstance(paper, Paper) else paper
        if pdf:
            with pikepdf.open(io.BytesIO(pdf)) as source:
                _append(target, source, backdrops)
    if not target.pages:
        raise UsageProblem(_("没有可以合并的纸面。"))
    target.Root.Metadata = target.make_stream(XMP.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    target.Root.Lang = pikepdf.String("zh-CN")
    output = io.BytesIO()
    target.save(output, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()


def _append(target: Any, source: Any, backdrops: dict[str, Any]) -> None:
    """Copy the pages. Backdrops of one name are equal (the name is their hash) and are copied once: before the copy
    the others are replaced by an empty place."""
    import pikepdf  # slow, see above

    if "/OutputIntents" not in target.Root:
        target.Root.OutputIntents = target.copy_foreign(source.make_indirect(source.Root.OutputIntents))
    forms = source.pages[0].Resources.get("/XObject", {})
    names = [name for name in forms if name.startswith("/BG")]
    for name in names:
        if name in backdrops:
            forms[name] = pikepdf.Dictionary()
    first = len(target.pages)
    target.pages.extend(source.pages)
    for page in target.pages[first:]:
        for name in names:
            backdrops.setdefault(name, page.Resources.XObject[name])
            page.Resources.XObject[name] = backdrops[name]
