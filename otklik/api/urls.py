"""The API of systems: /api/v1/… by a channel's key; its page is /api/docs, its description /api/v1/openapi.json."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError

from otklik.api.keys import ChannelKey
from otklik.api.messages import router
from otklik.api.schemas import MessageIn

api = NinjaAPI(
    title="Отклик",
    version="1",
    description="Передача сообщений граждан из других систем и их состояние.",
    auth=ChannelKey(),
    docs_url=None,
    urls_namespace="api",
)
api.add_router("/messages", router)


@api.exception_handler(AuthenticationError)
def no_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """No key, a foreign or a revoked one."""
    words = "Нужен действующий ключ канала в заголовке X-API-Key. Его выдаёт администратор."
    return api.create_response(request, {"error": words}, status=401)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Whatever ninja itself refuses, in the one form."""
    return api.create_response(request, {"error": str(error)}, status=error.status_code)


def docs(request: HttpRequest) -> HttpResponse:
    """The API's page: drawn on the server, no script and nothing from outside."""
    schema = api.get_openapi_schema()
    operations = [
        {
            "method": method.upper(),
            "path": address,
            "summary": one.get("summary", ""),
            "text": one.get("description", ""),
        }
        for address, methods in schema["paths"].items()
        for method, one in methods.items()
    ]
    return render(request, "api/docs.html", {"operations": operations, "fields": _fields()})


def _fields() -> list[dict[str, object]]:
    shape = MessageIn.model_json_schema()
    required = set(shape.get("required", []))
    return [
        {"name": name, "text": one.get("description", ""), "required": name in required}
        for name, one in shape["properties"].items()
    ]


urlpatterns = [
    path("docs", docs, name="api-docs"),
    path("v1/", api.urls),
    path("open311/", include("otklik.api.open311.urls")),
]
