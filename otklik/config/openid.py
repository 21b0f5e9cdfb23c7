"""Sign-in through outer servers: ЕСИА by its own shape of requests, a region's server by plain OpenID Connect.

Nothing is shown and no address answers until the settings of one of them are given.
"""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from otklik.config import env


def providers() -> dict[str, Any]:
    """allauth's setting: `gosuslugi` for ЕСИА, one plain server under the key `esia`, or none."""
    return {**_esia(), **_plain()}


def _esia() -> dict[str, Any]:
    server, client = env.text("ESIA_SERVER_URL"), env.text("ESIA_CLIENT_ID")
    endpoints = env.text("ESIA_ENDPOINTS_FILE")
    if not ((server or endpoints) and client):
        return {}
    app = {
        "provider_id": "gosuslugi",
        "name": "Госуслуги",
        "client_id": client,
        "secret": "",
        "settings": {"server_url": server, "endpoints_file": endpoints},
    }
    return {"gosuslugi": {"APPS": [app]}}


def _plain() -> dict[str, Any]:
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
    known = providers()
    addresses = []
    if "openid_connect" in known:
        addresses.append(env.text("OIDC_SERVER_URL"))
    if "gosuslugi" in known:
        addresses.append(env.text("ESIA_SERVER_URL") or _authorization(env.text("ESIA_ENDPOINTS_FILE")))
    split = [urlsplit(address) for address in addresses]
    return [f"{one.scheme}://{one.netloc}" for one in split if one.netloc]


def _authorization(file: str) -> str:
    try:
        return str(json.loads(Path(file).read_text(encoding="utf-8"))["authorization_endpoint"])
    except (OSError, ValueError, KeyError):
        # The sign-in itself will say that the file is bad; pages must open without it.
        return ""
