"""Points 1-3 and 16: who the centre is, by which acts, in which form, for which level it plans."""

import datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator

from otklik.charter.schema.base import Key, Keyed, Part, Words


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"часовой пояс {name!r} неизвестен") from None
    return name


class Identity(Part):
    """Names are whole, as they stand in the act; `controller` is the post that supervises the act."""

    name: Words
    short_name: Words
    region: Words
    level: Literal["district", "municipal_okrug", "city_okrug"]
    time_zone: Annotated[str, AfterValidator(_known_zone)]
    oktmo: str = ""
    population: int | None = None
    centre_title: Words
    centre_short_title: Words = "МЦУ"
    address: str = ""
    site: str = ""
    controller: Key | None = None
    leader: Key
    regional_centre: Words
    operator: str = ""
    partners: list[Words] = []


class Act(Keyed):
    """An act and what it approves; number and date may be blank until the operator fills them in."""

    kind: Words
    title: Words
    number: str = ""
    date: datetime.date | None = None
    valid_from: datetime.date | None = None
    approves: list[Literal["centre", "charter", "composition", "risk_procedure"]]
    legal_bases: list[Words] = []
    published_in: list[Words] = []
    note: str = ""


class Versions(Part):
    """Which act is behind the text and which behind the composition: they change apart from each other."""

    charter: Key
    composition: Key | None = None
    composition_by: str = ""
    risk_procedure: Key | None = None


class Form(Part):
    """A centre may be several forms at once (a working group called a project office)."""

    kinds: list[Literal["project_office", "working_group", "standing_collegial_body"]]
    separate_unit: bool = False
    external_members: bool = False
    note: str = ""


class Planning(Part):
    """For whose plans the centre prepares material."""

    levels: list[Literal["municipality", "region"]]
