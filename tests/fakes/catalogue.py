"""The fake services by name. A new one is its file and a line here."""

from importlib import import_module

from tests.fakes.service import Service

SERVICES: dict[str, str] = {
    "vk": "tests.fakes.vk:Vk",
    "ok": "tests.fakes.ok:Ok",
    "telegram": "tests.fakes.telegram:Telegram",
    "max": "tests.fakes.max:Max",
    "mail": "tests.fakes.mail:Mail",
    "webdav": "tests.fakes.webdav:Webdav",
    "connector": "tests.fakes.connector:Connector",
    "esia": "tests.fakes.esia:Esia",
}


def make(name: str) -> Service:
    """A fresh service of this name, with nothing written there yet."""
    module, _, kind = SERVICES[name].partition(":")
    service = getattr(import_module(module), kind)()
    assert isinstance(service, Service)
    return service
