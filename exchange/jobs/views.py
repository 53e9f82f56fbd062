"""How far a job is."""

from flask import Blueprint, jsonify
from flask_login import current_user
from sqlalchemy import select

from exchange.core.access import signed_in
from exchange.core.database import get_or_404
from exchange.jobs.models import Job

bp = Blueprint("jobs", __name__, url_prefix="/jobs")


@bp.get("/<int:job_id>")
@signed_in
def show(job_id):
    own = select(Job).where(Job.actor_id == current_user.id)
    job = get_or_404(own, job_id)
    return jsonify(state=job.state, done=job.done, total=job.total, error=job.error, url=job.url)
