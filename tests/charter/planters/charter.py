"""What the charter itself proves: a next version of it says, or does not say, what a key asks for."""

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from otklik.charter.files import preset_folders
from otklik.charter.models import CharterVersion
from otklik.charter.selectors import forget_remembered
from otklik.charter.services import load_charter
from otklik.common.models import Municipality
from otklik.topics.models import Block, Topic
from tests.charter.planters.ground import Ground, plants

Change = Callable[[dict[str, Any]], None]
_versions = count(1)


def put(municipality: Municipality, change: Change) -> None:
    """Put a changed version of the charter in force."""
    newest = CharterVersion.objects.filter(municipality=municipality).order_by("-loaded_at", "-id").first()
    assert newest is not None
    data = json.loads(json.dumps(newest.data))
    change(data["charter"])
    CharterVersion.objects.create(municipality=municipality, digest=f"planted-{next(_versions)}", data=data)
    forget_remembered()


def acts(**fields: object) -> Change:
    """Every act of the charter with these fields."""

    def change(charter: dict[str, Any]) -> None:
        for act in charter["acts"].values():
            act.update(fields)

    return change


def no_acts(ground: Ground) -> None:
    put(ground.whose, acts(date=(ground.today + timedelta(days=9)).isoformat()))


@plants("charter.acts", "charter.validity", "charter.composition_act", bare=no_acts)
def an_act(ground: Ground) -> None:
    put(ground.whose, acts(date=ground.today.isoformat(), approves=["centre", "charter", "composition"]))


@plants("charter.risk_act", bare=lambda ground: put(ground.whose, acts(approves=["charter"])))
def a_risk_act(ground: Ground) -> None:
    put(ground.whose, acts(approves=["charter", "risk_procedure"]))


@plants("charter.legal_bases", bare=lambda ground: put(ground.whose, acts(legal_bases=[])))
def a_ground_in_law(ground: Ground) -> None:
    put(ground.whose, acts(legal_bases=["131-ФЗ"]))


def no_local_roles(ground: Ground) -> None:
    def change(charter: dict[str, Any]) -> None:
        for role in charter["roles"].values():
            role["origin"] = "charter"

    put(ground.whose, change)


@plants("charter.extra_rights", bare=no_local_roles)
def a_role_of_our_own(ground: Ground) -> None:
    def change(charter: dict[str, Any]) -> None:
        charter["roles"]["head"].update(origin="local", note="решение главы")

    put(ground.whose, change)


def forget_charter(municipality: Municipality) -> None:
    """As if no version had ever been loaded."""
    CharterVersion.objects.filter(municipality=municipality).delete()
    forget_remembered()


def no_versions(ground: Ground) -> None:
    forget_charter(ground.whose)


@plants("charter.form", "charter.text", "charter.terms_used", "charter.regime", bare=no_versions)
def a_version(ground: Ground) -> None:
    load_charter(preset_folders()[ground.whose.key])


@plants(
    "charter.address",
    bare=lambda ground: put(ground.whose, lambda charter: charter["identity"].update(address="")),
)
def an_address(ground: Ground) -> None:
    put(ground.whose, lambda charter: charter["identity"].update(address="ул. Советская, 1"))


@plants("charter.outer_bodies", only_grows=True)
def a_partner(ground: Ground) -> None:
    put(ground.whose, lambda charter: charter["identity"].update(partners=["Дом молодёжи"]))


@plants("charter.blocks", only_grows=True)
def a_block(ground: Ground) -> None:
    def change(charter: dict[str, Any]) -> None:
        one = next(iter(charter["blocks"].values()))
        charter["blocks"]["planted"] = {**one, "key": "planted", "groups": [], "catch_all": False}

    put(ground.whose, change)


@plants("charter.channel_catalogue", only_grows=True)
def a_channel(ground: Ground) -> None:
    def change(charter: dict[str, Any]) -> None:
        one = next(iter(charter["channels"].values()))
        charter["channels"]["planted"] = {**one, "key": "planted"}

    put(ground.whose, change)


def all_channels_open(ground: Ground) -> None:
    def change(charter: dict[str, Any]) -> None:
        for one in charter["channels"].values():
            one["availability"] = "open"

    put(ground.whose, change)


@plants("charter.channel_closed", bare=all_channels_open)
def a_closed_channel(ground: Ground) -> None:
    def change(charter: dict[str, Any]) -> None:
        next(iter(charter["channels"].values()))["availability"] = "closed"

    put(ground.whose, change)


def no_blocks(ground: Ground) -> None:
    Topic.objects.update(is_open=False)


@plants("topics.approved", bare=no_blocks)
def an_open_topic(ground: Ground) -> None:
    assert Block.objects.filter(municipality=ground.whose).exists()
    Topic.objects.update(is_open=True)
