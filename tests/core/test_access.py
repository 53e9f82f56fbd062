import pytest

from tests.factories.accounts import UserFactory


def test_nobody_is_led_to_the_sign_in_and_back(probe):
    probe.get("/probe/secret", expect=302)

    assert probe.response.location == "/accounts/sign-in?next=%2Fprobe%2Fsecret"


def test_somebody_without_the_permission_gets_403(probe):
    probe.get(f"/probe/sign-in/{UserFactory().id}")

    probe.get("/probe/secret", expect=403)


@pytest.mark.parametrize("header", [{"Accept": "application/json"}, {"Content-Type": "application/json"}])
def test_script_of_nobody_is_told_so(probe, header):
    answer = probe.client.get("/probe/secret", headers=header)

    assert answer.status_code == 401
    assert answer.json == {"message": "signed out"}


def test_button_of_nobody_leads_to_the_sign_in_alone(probe):
    answer = probe.client.post("/accounts/sign-out", data={"any": "field"})

    assert answer.location == "/accounts/sign-in"
