"""Names of code table values in the reader's language."""

import pytest
from flask_babel import force_locale

from exchange.reference.areas import area_name
from exchange.reference.codes import code_list
from exchange.reference.ethnic_groups import ethnic_groups
from exchange.reference.names import named


@pytest.mark.parametrize(("language", "name"), [("en", "Dai"), ("zh_Hans_CN", "傣族")])
def test_value_is_named_in_the_language_of_the_reader(app, language, name):
    with app.test_request_context(), force_locale(language):
        assert named("傣族") == name


def test_value_without_english_name_keeps_its_own(app):
    with app.test_request_context(), force_locale("en"):
        assert named("盈江县") == "盈江县"


def test_everything_pages_show_has_its_english_name(app):
    shown = [group.name for group in ethnic_groups()]
    shown += [*code_list("relation").names, *code_list("hardship").names, area_name("330000"), area_name("530000")]

    with app.test_request_context(), force_locale("en"):
        assert [value for value in shown if named(value) == value] == []
