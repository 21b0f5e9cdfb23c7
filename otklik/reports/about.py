"""What a paper is about when it is about one thing: a topic, a place, a body, a block, a request, a dashboard.

The kind and the key are kept with the report; the title is looked up when it is composed and stays in the document.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from otklik.accounts.models import Body, User
from otklik.accounts.selectors import rights_of
from otklik.analytics.dashboards.models import Dashboard
from otklik.analytics.dashboards.selectors import dashboards_for
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.places.models import Settlement
from otklik.reports.models import MaterialRequest
from otklik.topics.models import Block, Topic

KINDS = {
    "topic": "тему",
    "settlement": "населённый пункт",
    "body": "орган",
    "block": "направление",
    "request": "запрос",
    "dashboard": "сводку",
}
"""Each kind as it stands after «выберите»."""
CUTS = frozenset({"topic", "settlement", "body", "block"})
"""Kinds that narrow the figures; others only say where the words come from."""
NAMED = CUTS | {"dashboard"}
"""Kinds whose title stands after the subject of the paper."""
BY_ID = frozenset({"settlement", "body"})


@dataclass(frozen=True)
class About:
    """One thing by its key; empty for a paper about the whole municipality."""

    kind: str = ""
    key: str = ""
    title: str = ""

    @property
    def where(self) -> dict[str, object]:
        """The condition for the facts."""
        if self.kind not in CUTS:
            return {}
        return {self.kind: int(self.key) if self.kind in BY_ID else self.key}

    @property
    def conditions(self) -> dict[str, str]:
        """The same for the address of a list of cases."""
        return {self.kind: self.key} if self.kind in CUTS else {}


WHOLE = About()


def find_about(town: Municipality, kind: str, key: str) -> About:
    """The thing with its title of today. Raises Refused for one that is not here."""
    if kind and kind not in KINDS:
        raise Refused(f"О том, что названо «{kind}», справок нет; есть {', '.join(KINDS)}.")
    title = _titles(town, kind, key) if kind in NAMED else ""
    is_there = title if kind in NAMED else kind != "request" or _is_asked(town, key)
    if kind and not is_there:
        raise Refused(f"Выберите {KINDS[kind]} из списка: такой записи в справочнике нет.")
    return About(kind, key, title)


def choices(town: Municipality, user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a reference may be about, by groups: («Темы», [(«topic:roads», «Дороги»), …]); the person's dashboards."""
    seen = dashboards_for(user, town, rights_of(user, town))
    dashboards = [(f"dashboard:{one.pk}", one.title) for one in seen]
    own = {"municipality": town}
    blocks = [(f"block:{one.key}", one.title) for one in Block.objects.filter(**own)]
    bodies = [(f"body:{one.pk}", one.short_name) for one in Body.objects.filter(**own, is_open=True)]
    topics = [(f"topic:{one.key}", one.title) for one in Topic.objects.filter(is_open=True)]
    places = [(f"settlement:{one.pk}", str(one)) for one in Settlement.objects.filter(**own)]
    groups = [
        ("Свои сводки", dashboards),
        ("Направления", blocks),
        ("Темы", topics),
        ("Органы", bodies),
        ("Места", places),
    ]
    return [(title, found) for title, found in groups if found]


def _titles(town: Municipality, kind: str, key: str) -> str:
    match kind:
        case "topic":
            found = Topic.objects.filter(key=key).values_list("title", flat=True).first()
            return f"«{found}»" if found else ""
        case "block":
            found = Block.objects.filter(municipality=town, key=key).values_list("title", flat=True).first()
            return f"«{found}»" if found else ""
        case "dashboard":
            own = Dashboard.objects.filter(municipality=town)
            found = own.filter(pk=int(key)).values_list("title", flat=True).first() if key.isdigit() else None
            return f"«{found}»" if found else ""
        case "body":
            return _by_id(Body.objects.filter(municipality=town).in_bulk([int(key)]) if key.isdigit() else {})
        case _:
            places = Settlement.objects.filter(municipality=town)
            return _by_id(places.in_bulk([int(key)]) if key.isdigit() else {})


def _is_asked(town: Municipality, key: str) -> bool:
    return key.isdigit() and MaterialRequest.objects.filter(municipality=town, pk=int(key)).exists()


def _by_id(found: Mapping[int, object]) -> str:
    return "".join(str(one) for one in found.values())
