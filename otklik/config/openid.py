"""The place of sign-in through an outer OpenID Connect server: a region's own one today, ЕСИА later.

Nothing is shown and no address answers until the three settings are given.
"""

from typing import Any

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
