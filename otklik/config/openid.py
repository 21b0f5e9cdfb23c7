"""The place of sign-in through an outer OpenID Connect server: a region's own one today, ЕСИА later.

Nothing is shown and no address answers until the three settings are given.
"""

from typing import Any
from urllib.parse import urlsplit

from otklik.config import env


def providers() -> dict[str, Any]:
    """allauth's setting: one server under the key `esia`, or none."""
    server, client, secret = (
        env.text(name) for name in ("OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    )
    if not (server and client and secret):
        return {}
    app = {
        "provider_id": "esia",
        "name": env.text("OIDC_NAME", "Госуслуги"),
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": server},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def form_hosts() -> list[str]:
    """Where the sign-in button's form may lead: the browser asks the page's policy about it."""
    server = urlsplit(env.text("OIDC_SERVER_URL"))
    return [f"{server.scheme}://{server.netloc}"] if providers() else []
