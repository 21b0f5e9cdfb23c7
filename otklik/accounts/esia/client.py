"""Requests to ЕСИА: every one carries its moment, a fresh state and a signature instead of a secret."""

import base64
import uuid
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from django.utils import timezone

from otklik.accounts.esia.signer import SigningError, signer

STAMP = "%Y.%m.%d %H:%M:%S %z"


class EsiaClient(OAuth2Client):  # type: ignore[misc]  # allauth ships no types
    """ЕСИА's `client_secret` is a detached signature of scope, moment, client and state, in base64url."""

    scope = ""

    def get_redirect_url(
        self, authorization_url: str, scope: Iterable[str], extra_params: Mapping[str, str]
    ) -> str:
        """Where the browser is sent. Raises OAuth2Error when the words cannot be signed."""
        params = {
            **self._signed(" ".join(scope), str(self.state)),
            "redirect_uri": self.callback_url,
            "response_type": "code",
            "access_type": "online",
            **extra_params,
        }
        return f"{authorization_url}?{urlencode(params)}"

    def get_access_token(
        self, code: str, pkce_code_verifier: str | None = None, extra_data: Any = None
    ) -> Any:
        """The token of a code; the state of this request is its own. Raises OAuth2Error."""
        data = {
            **self._signed(self.scope, str(uuid.uuid4())),
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.callback_url,
            "token_type": "Bearer",
        }
        with get_adapter().get_requests_session() as session:
            answer = session.post(self.access_token_url, data=data)
        try:
            token = answer.json() if answer.status_code == 200 else {}
        except ValueError:
            token = {}
        if "access_token" not in token:
            # The answer may hold what is not ours to log.
            raise OAuth2Error(f"no token: {answer.status_code}")
        return token

    def _signed(self, scope: str, state: str) -> dict[str, str]:
        moment = timezone.now().strftime(STAMP)
        words = f"{scope}{moment}{self.consumer_key}{state}"
        try:
            secret = base64.urlsafe_b64encode(signer().sign(words.encode())).decode().rstrip("=")
        except SigningError as error:
            raise OAuth2Error(str(error)) from error
        return {
            "client_id": self.consumer_key,
            "scope": scope,
            "timestamp": moment,
            "state": state,
            "client_secret": secret,
        }
