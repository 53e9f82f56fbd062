"""Uploading photographs."""

from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import Length

from exchange.core.fields import stripped
from exchange.core.forms import Form
from exchange.core.i18n import _


class PhotoUploadForm(Form):
    file = FileField(
        _("照片压缩包"),
        [FileRequired(_("选择一个文件。"))],
        description=_("一个 ZIP，里面是 JPG 或 PNG，文件名是学号、身份证件号或姓名。一次最多 500 张、32 MB。"),
        render_kw={"accept": ".zip"},
    )
    school_class = StringField(
        _("班级"),
        [Length(max=60)],
        filters=[stripped],
        description=_("用姓名命名的，填上班级就不会认错别班的同名学生。"),
        render_kw={"list": "classes", "autocomplete": "off"},
    )
