"""A place is typed by name or by code, and comes back as the code."""

import pytest
from werkzeug.datastructures import MultiDict

from exchange.core.forms import Form
from exchange.reference.areas import area_name, offered_counties
from exchange.reference.fields import AreaField


class PlaceForm(Form):
    place = AreaField("生源县")


def filled(app, written, known=None):
    with app.test_request_context():
        form = PlaceForm(formdata=MultiDict({"place": written}), data={"place": known})
        form.validate()
        return form.place.data, [str(each) for each in form.place.errors]


@pytest.mark.parametrize("written", ["芒市", "云南省德宏傣族景颇族自治州芒市", "云南省德宏州芒市", "533103", " 芒市 "])
def test_name_and_code_mean_the_code(app, written):
    assert filled(app, written) == ("533103", [])


def test_empty_stays_empty(app):
    assert filled(app, "", known="533103") == ("", [])


def test_what_stood_in_the_field_means_what_it_meant(app):
    former = "533121"

    assert filled(app, area_name(former), known=former) == (former, [])


@pytest.mark.parametrize(
    ("written", "sentence"), [("火星", "没有“火星”"), ("朝阳区", "不止一个"), ("53310", "没有“53310”")]
)
def test_what_is_no_place_or_several_is_said(app, written, sentence):
    _data, (error,) = filled(app, written)

    assert sentence in error


def test_field_shows_the_name_and_again_what_was_typed(app):
    with app.test_request_context():
        assert 'value="云南省德宏傣族景颇族自治州芒市"' in str(PlaceForm(data={"place": "533103"}).place())
        assert 'value="火星"' in str(PlaceForm(formdata=MultiDict({"place": "火星"}), data={"place": "533103"}).place())
        assert 'list="areas"' in str(PlaceForm().place())


def test_counties_of_dehong_come_first_then_those_of_the_regions():
    offered = offered_counties(["513400"])

    assert [area.name for area in offered[:5]] == ["瑞丽市", "芒市", "梁河县", "盈江县", "陇川县"]
    assert offered[5].code.startswith("5134")
    assert offered[-1].code.startswith("53")
    assert len({area.code for area in offered}) == len(offered)
