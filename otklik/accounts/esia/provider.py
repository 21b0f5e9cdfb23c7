"""The allauth provider `gosuslugi`. Only what is asked for is kept: of a staff account its identifier alone."""

import uuid
from typing import Any

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse

from otklik.accounts.esia.views import FAILURES, EsiaAdapter, failed

SCOPES = ("openid", "fullname", "email", "mobile")


class EsiaProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth ships no types
    """«Войти через Госуслуги»."""

    id = "gosuslugi"
    name = "Госуслуги"
    oauth2_adapter_class = EsiaAdapter
    supports_token_authentication = False

    def get_default_scope(self) -> list[str]:
        return list(SCOPES)

    def get_oauth2_adapter(self, request: HttpRequest) -> EsiaAdapter:
        return EsiaAdapter(request, self.app.provider_id)

    def redirect(self, request: HttpRequest, process: str, **kwargs: Any) -> HttpResponse:
        """To ЕСИА, which takes a UUID for a state; to the page of a failed sign-in when it is out."""
        kwargs.setdefault("state_id", str(uuid.uuid4()))
        try:
            response: HttpResponse = super().redirect(request, process, **kwargs)
        except FAILURES as error:
            return failed(request, self, error)
        return response

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Never more than we ask for, whatever the address says."""
        return self.get_default_scope()

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        return {}

    def extract_uid(self, data: dict[str, Any]) -> str:
        token = data.get("id_token") or {}
        return str(token.get("urn:esia:sbj_id") or token["sub"])

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}


provider_classes = [EsiaProvider]
