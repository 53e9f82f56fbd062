"""What a template can and cannot reach."""

import pytest
from jinja2.exceptions import SecurityError, TemplateNotFound, UndefinedError

from exchange.press import template as press_template
from exchange.press.fonts import FontSet
from exchange.press.layout import fetcher_for


def render(source, **values):
    return press_template.environment().from_string(source).render(**values)


def test_sandbox_refuses_the_way_to_python():
    with pytest.raises(SecurityError):
        render("{{ paper.__class__.__mro__ }}", paper={})


@pytest.mark.parametrize("name", ["layouts/base.html", "../pyproject.toml", "/etc/hostname", "certificates/index.html"])
def test_sandbox_finds_no_other_file(name):
    with pytest.raises(TemplateNotFound):
        render("{% include name %}", name=name)


def test_sandbox_names_a_missing_value():
    with pytest.raises(UndefinedError, match="purpose"):
        render("{{ paper.purpose }}", paper={})


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "http://school.example/x.png", "art:../template.py", "art:draw.py"]
)
def test_fetcher_reads_only_drawings_and_data(address):
    fetcher = fetcher_for(FontSet("", {}))

    with pytest.raises(ValueError, match=r"disallowed|no such drawing"):
        fetcher.fetch(address)


def test_values_are_escaped_and_marked_with_their_face():
    assert render("{{ name }}", name="<b>𠀃") == '&lt;b&gt;<span class="face-hana-b">𠀃</span>'


def test_texts_refuses_what_is_not_plain():
    with pytest.raises(TypeError, match="plain"):
        list(press_template.texts({"name": object()}))


def test_version_changes_with_the_source(tmp_path, monkeypatch):
    original = press_template.PaperTemplate("certificates/transcript")
    sources = {path.name for path in original.sources}

    other = press_template.PaperTemplate("certificates/enrolment_letter")

    assert sources == {"transcript.html", "document.html"}
    assert {path.name for path in other.sources} == {"enrolment_letter.html", "document.html", "letter_style.html"}
    assert original.version != other.version
