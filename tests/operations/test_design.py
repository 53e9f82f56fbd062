from tests.factories.accounts import RegistrarFactory


def test_design_page_shows_every_component(sign_in):
    page = sign_in(RegistrarFactory()).get("/design")

    assert "INT-13" in page
    assert "刀玉兰" in page


def test_design_page_is_for_development_only(app, sign_in, monkeypatch):
    monkeypatch.setitem(app.config, "TESTING", False)

    sign_in(RegistrarFactory()).get("/design", expect=404)
