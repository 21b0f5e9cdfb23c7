"""Point 4: bodies, posts and the role catalogue. Positions only, never names of persons.

How `accounts` fills its tables: a `Body` row per `charter.bodies`, a `Post` row per `charter.posts`, a `Role`
row per switched-on role, and one holding per `role.holders` (post, block, acting mark). Block heads and
members also stand in `charter.blocks`; `charter.holders_of(role_key)` gives both kinds in one list.
"""

from typing import Literal

from otklik.charter.schema.base import Key, Keyed, Part, Words

BodyKind = Literal["administration", "unit", "institution", "company", "state", "region_centre"]
RoleOrigin = Literal["charter", "local"]


class Body(Keyed):
    """An administration, its unit, an institution, or an outer body that receives forwarded appeals."""

    name: Words
    short_name: Words
    kind: BodyKind
    parent: Key | None = None
    is_external: bool = False
    email: str = ""
    groups: list[Key] = []


class Post(Keyed):
    """A position in a body. Two persons in like positions are two posts."""

    title: Words
    body: Key


class Holder(Part):
    """A post that holds a role; `acting` is the mark «врио», `block` narrows the role to one block."""

    post: Key
    acting: bool = False
    block: Key | None = None


class Role(Keyed):
    """A role of the centre under its local title.

    `permissions` come from `role_defaults` of common.toml unless the preset says otherwise. An empty list of
    holders means that the charter names no post: the operator appoints.
    """

    title: Words
    on: bool = True
    origin: RoleOrigin = "charter"
    duties: list[Words] = []
    holders: list[Holder] = []
    combines_with: list[Key] = []
    substituted_by: Key | None = None
    external_allowed: bool = False
    appointed_by: Key | None = None
    signs: list[Literal["answers", "protocols"]] = []
    outer_functions: list[Words] = []
    permissions: list[str]
    requires_totp: bool = False
    note: str = ""
