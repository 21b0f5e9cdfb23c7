"""The two addresses of the flow: leaving for Госуслуги and coming back with a code."""

import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from requests import RequestException

from otklik.accounts.esia.client import EsiaClient
from otklik.accounts.esia.person import account_hash, person_of

PROVIDER = "gosuslugi"
FAILURES = (OAuth2Error, RequestException, OSError, ValueError, KeyError)
"""What a server that is out, a broken file of addresses or a strange answer end in."""
log = logging.getLogger(__name__)


class EsiaAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """Addresses come from the discovery page of the server or from a file where it has none."""

    client_class = EsiaClient

    @property
    def openid_config(self) -> dict[str, Any]:
        file = self.get_provider().app.settings.get("endpoints_file")
        if not file:
            found: dict[str, Any] = super().openid_config
            return found
        if not hasattr(self, "_openid_config"):
            self._openid_config: dict[str, Any] = json.loads(Path(file).read_text(encoding="utf-8"))
        return self._openid_config

    def get_client(self, request: HttpRequest, app: SocialApp) -> EsiaClient:
        client: EsiaClient = super().get_client(request, app)
        client.scope = " ".join(self.get_provider().get_scope())
        return client

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return str(build_absolute_uri(request, reverse("gosuslugi_callback"), self.redirect_uri_protocol))

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        """The identifier from the signed token, the person from the server itself. Raises OAuth2Error."""
        written = kwargs["response"].get("id_token")
        if not written:
            raise OAuth2Error("no id_token")
        decoded = self._decode_id_token(app, written)
        oid = str(decoded.get("urn:esia:sbj_id") or decoded["sub"])
        came = self.get_provider().sociallogin_from_response(request, {"id_token": decoded})
        # For this request alone: nothing of the person goes to the tables of accounts.
        came.person = replace(person_of(self._person(token.token, oid)), account=account_hash(oid))
        return came

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """Checked by the server's keys where it shows them; a GOST token over direct TLS needs none (OIDC 3.1.3.7)."""
        keys = self.openid_config.get("jwks_uri", "")
        decoded: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=keys,
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=bool(keys),
        )
        return decoded

    def _person(self, access_token: str, oid: str) -> dict[str, Any]:
        """The person and, where the server keeps them apart, the contacts; `{oid}` of an address is the identifier."""
        headers = {"Authorization": f"Bearer {access_token}"}
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.profile_url.replace("{oid}", oid), headers=headers)
            answer.raise_for_status()
            person: dict[str, Any] = answer.json()
            if address := self.openid_config.get("contacts_endpoint"):
                answer = session.get(address.replace("{oid}", oid), headers=headers)
                answer.raise_for_status()
                person["contacts"] = answer.json().get("elements", [])
        return person


@login_not_required  # type: ignore[untyped-decorator]  # allauth ships no types
def login(request: HttpRequest) -> HttpResponse:
    """Leave for Госуслуги."""
    return _answer(OAuth2LoginView, request)


@login_not_required  # type: ignore[untyped-decorator]  # allauth ships no types
def callback(request: HttpRequest) -> HttpResponse:
    """Come back with a code."""
    return _answer(OAuth2CallbackView, request)


def _answer(view: Any, request: HttpRequest) -> HttpResponse:
    adapter = EsiaAdapter(request, PROVIDER)
    try:
        response: HttpResponse = view.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except FAILURES as error:
        return failed(request, adapter.get_provider(), error)
    return response


def failed(request: HttpRequest, provider: Any, error: Exception) -> HttpResponse:
    """The page that says the sign-in did not work; the log gets the kind of the failure alone."""
    log.error("sign-in through ЕСИА failed: %s", type(error).__name__)
    response: HttpResponse = render_authentication_error(request, provider, exception=error)
    return response
