import pytest
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from exchange.core.fields import choices
from exchange.core.form_sentences import SENTENCES
from exchange.core.forms import Form


class Sample(Form):
    name = StringField("姓名", [InputRequired(), Length(max=3)])
    grade = SelectField("等第", choices=choices([("good", "良好")]))
    day = DateField("日期")
    hours = IntegerField("课时", [NumberRange(1, 9)])


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "请填写。"),
        ("name", "岩温香罕", "最多 3 个字。"),
        ("grade", "best", "请从列表里选一项。"),
        ("day", "昨天", "看不懂这个日期。请写成 2026-09-01 这样。"),
        ("hours", "十", "请填一个整数。"),
        ("hours", "10", "请填 1 到 9 之间的数。"),
        ("hours", "0", "请填 1 到 9 之间的数。"),
    ],
)
def test_wrong_input_is_told_what_to_do(app, field, value, sentence):
    right = {"name": "岩温", "grade": "good", "day": "2026-09-01", "hours": "9"}

    with app.test_request_context(method="POST", data=right | {field: value}):
        form = Sample(meta={"csrf": False})

        assert not form.validate()
        assert form[field].errors[0] == sentence
        assert [name for name, errors in form.errors.items() if errors] == [field]


def test_right_input_is_taken(app):
    with app.test_request_context(
        method="POST", data={"name": "岩温香", "grade": "good", "day": "2026-09-01", "hours": "1"}
    ):
        assert Sample(meta={"csrf": False}).validate()


def test_placeholders_are_those_of_the_library():
    for message, sentence in SENTENCES.items():
        values = {"value": "值", "min": 1, "max": 9}
        assert str(sentence) % values != message % values
