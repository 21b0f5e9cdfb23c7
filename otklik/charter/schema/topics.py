"""Point 8: sector blocks and the topic groups they answer for. `topics` divides its tree by these groups."""

from typing import Literal

from otklik.charter.schema.base import Key, Keyed, Part, Words

GROUPS = (
    "roads", "transport", "housing", "waste", "energy", "heating", "water", "gas", "improvement", "lighting",
    "education", "health", "social", "culture_sport", "ecology", "animals", "land_building", "safety",
    "services", "communication", "trade", "economy", "other",
)  # fmt: skip
Group = Literal[
    "roads", "transport", "housing", "waste", "energy", "heating", "water", "gas", "improvement", "lighting",
    "education", "health", "social", "culture_sport", "ecology", "animals", "land_building", "safety",
    "services", "communication", "trade", "economy", "other",
]  # fmt: skip


class Block(Keyed):
    """An отраслевой блок: head, members and groups of topics; `catch_all` takes groups left over."""

    title: Words
    groups: list[Group] = []
    head: Key | None = None
    head_acting: bool = False
    members: list[Key] = []
    bodies: list[Key] = []
    catch_all: bool = False
    origin: Literal["charter", "local"] = "charter"
    note: str = ""


class TopicPlan(Part):
    """How the charter speaks of topics: no list, a flat list, or blocks; who may define them."""

    shape: Literal["none", "flat", "grouped"]
    defined_by: Key | None = None
    risk_prone_list: bool = False
    own_titles: list[Words] = []
