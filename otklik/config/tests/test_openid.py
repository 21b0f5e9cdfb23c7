"""The place of OIDC: empty until the administrator names a provider."""

import pytest

from otklik.config import openid


def test_it_leaves_the_place_of_oidc_empty_until_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert openid.providers() == {}
    for name, value in (
        ("SERVER_URL", "https://id.example"),
        ("CLIENT_ID", "otklik"),
        ("CLIENT_SECRET", "s"),
    ):
        monkeypatch.setenv(f"OIDC_{name}", value)
    app = openid.providers()["openid_connect"]["APPS"][0]
    assert (app["provider_id"], app["name"], app["client_id"]) == ("esia", "Госуслуги", "otklik")
