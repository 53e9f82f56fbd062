"""Two people who press the same button at the same moment."""

from threading import Barrier, Thread

from exchange.core.database import db as database


def pressed_twice(app, press, *, done, refusal):
    """What became of two who press at once, each in a session of its own: ``done`` or "refused", sorted."""
    together, outcomes = Barrier(2), []

    def one():
        with app.app_context():
            together.wait(10)
            try:
                press()
                database.session.commit()
                outcomes.append(done)
            except refusal:
                database.session.rollback()
                outcomes.append("refused")
            finally:
                database.session.remove()

    threads = [Thread(target=one) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    database.session.expire_all()
    return sorted(outcomes)
