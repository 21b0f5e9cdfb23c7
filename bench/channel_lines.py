"""Eight channels of a town read at once: each is a fake outer system, its settings and what a person does there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.connector import TOKEN, Connector
from tests.fakes.mail import PASSWORD, Mail
from tests.fakes.max import TOKEN as MAX_TOKEN
from tests.fakes.max import Max
from tests.fakes.ok.service import Ok
from tests.fakes.service import Service
from tests.fakes.telegram import TOKEN as TELEGRAM_TOKEN
from tests.fakes.telegram import Telegram
from tests.fakes.vk.service import Vk

AUTHORS = 40
MAPPING = """
[read]
address = "{url}/json"
items = "data.records"
since = "since"
[read.paging]
kind = "cursor"
parameter = "mark"
size_parameter = "size"
size = 200
next = "meta.mark"
[read.params]
by = "cursor"
[auth]
kind = "header"
name = "X-Town-Key"
[fields]
outer_id = "number"
text = "body.text"
received_at = "registered"
[dates]
format = "%d.%m.%Y %H:%M"
[write]
address = "{url}/answers/{{outer_id}}"
body = {{ reply = "{{text}}" }}
proof = "result.link"
"""


@dataclass(frozen=True)
class Line:
    """`say(text, number)` is what a person does there; settings may name the service's address as `{url}`."""

    kind: str
    service: Service
    say: Callable[[str, int], object]
    settings: dict[str, Any]
    secrets: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"bench-{self.service.name}"

    def ready_settings(self) -> dict[str, Any]:
        """With the addresses the running network has given out."""
        own = self.service.settings if isinstance(self.service, Mail) else {}
        told = {
            name: value.format(url=self.service.url) if isinstance(value, str) else value
            for name, value in self.settings.items()
        }
        return {**own, **told}


def lines() -> list[Line]:
    """The eight, each with a service of its own name on the fake network."""
    return [
        _vk_comments(),
        _vk_messages(),
        _ok(),
        _telegram(),
        _max(),
        _mail(),
        _connector(1),
        _connector(2),
    ]


def _vk_comments() -> Line:
    vk = Vk()
    vk.community(1)
    post = vk.post(1, "Приём обращений")
    settings = {"base_url": "{url}", "pages": [{"group_id": 1, "title": "Администрация"}], "wait": 2}
    return Line(
        "vk", vk, lambda text, n: vk.say(500 + n % AUTHORS, text, post=post), settings, {"token": "token-1"}
    )


def _vk_messages() -> Line:
    vk = _named(Vk, "vk-messages")
    vk.community(1)
    settings = {"base_url": "{url}", "pages": [{"group_id": 1, "title": "Приёмная"}], "wait": 2}
    return Line("vk", vk, lambda text, n: vk.say(500 + n % AUTHORS, text), settings, {"token": "token-1"})


def _ok() -> Line:
    ok = Ok()
    ok.group("57")
    settings = {"base_url": "{url}", "groups": [{"group_id": "57", "title": "Администрация"}]}
    return Line(
        "ok", ok, lambda text, n: ok.say(str(900 + n % 5), text), settings, {"group_token": "group-57"}
    )


def _telegram() -> Line:
    telegram = Telegram()
    group = telegram.group(-77, "Соседи")
    person = telegram.person(5, "Сосед")
    return Line(
        "telegram",
        telegram,
        lambda text, n: telegram.say(person, f"/сообщить {text}", group.number),
        {"base_url": "{url}", "poll_seconds": 2},
        {"token": TELEGRAM_TOKEN},
    )


def _max() -> Line:
    chat = Max()
    group = chat.group(-78, "Соседи")
    person = chat.person(6, "Соседка")
    return Line(
        "max",
        chat,
        lambda text, n: chat.say(person, f"/сообщить {text}", group.number),
        {"base_url": "{url}", "poll_seconds": 2},
        {"token": MAX_TOKEN},
    )


def _mail() -> Line:
    mail = Mail()
    # The settings name the ports, which are open only while the network runs.
    return Line(
        "email",
        mail,
        lambda text, n: mail.say(f"person-{n}@people.example.org", text),
        {"every_seconds": 1},
        {"password": PASSWORD},
    )


def _connector(number: int) -> Line:
    system = _named(Connector, f"connector-{number}")
    return Line(
        "connector",
        system,
        lambda text, n: system.say(f"N-{n}", text),
        {"mapping": MAPPING},
        {"token": TOKEN},
    )


def _named(kind: type[Service], name: str) -> Any:
    """One more service of the kind, under another name."""
    return type(kind.__name__, (kind,), {"name": name})()
