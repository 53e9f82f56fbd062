"""Files as a browser sends them."""

from io import BytesIO


def upload_form(content, name="roster.xlsx"):
    """The field of a form that carries the file."""
    return {"file": (BytesIO(content), name)}
