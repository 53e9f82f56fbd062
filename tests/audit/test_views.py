from exchange.accounts.events import AccountEvent
from exchange.audit.service import record
from tests.factories.accounts import AuditorFactory, RegistrarFactory, UserFactory


def test_auditor_reads_who_did_what(sign_in, db):
    record(AccountEvent.LOCKED, UserFactory(), by=RegistrarFactory(name="杨老师"), reason="多次输错")
    db.session.commit()

    page = sign_in(AuditorFactory()).get("/audit")

    assert "账号暂时锁定" in page
    assert "杨老师" in page
    assert "多次输错" in page


def test_trail_is_paged(sign_in, db):
    user = UserFactory()
    for _line in range(51):
        record(AccountEvent.LOCKED, user, by=None)
    db.session.commit()
    browser = sign_in(AuditorFactory())

    assert browser.get("/audit").count("<time ") == 50
    assert browser.get("/audit?page=2").count("<time ") == 1


def test_trail_is_narrowed_to_one_kind_of_event(sign_in, db):
    user = UserFactory()
    record(AccountEvent.LOCKED, user, by=None)
    record(AccountEvent.SIGNED_OUT, user, by=None)
    db.session.commit()

    page = sign_in(AuditorFactory()).get("/audit?action=account.locked")

    assert page.count("<time ") == 1


def test_empty_trail_says_what_it_is_for(sign_in):
    assert "还没有记录" in sign_in(AuditorFactory()).get("/audit")


def test_trail_is_closed_to_others(sign_in):
    sign_in(RegistrarFactory()).get("/audit", expect=403)
