"""The pages of aid. Nobody but the aid officer opens those that name a hardship, and no browser keeps any of them."""

from flask import Blueprint, Response

bp = Blueprint("aid", __name__)


@bp.after_request
def _keep_nowhere(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


from exchange.aid.views import amounts, awards, boards, poverty  # noqa: E402, F401  # they add their pages to bp
