"""Points 5-7: who may apply, what is a сообщение and what an обращение, and by which channels."""

from typing import Literal

from otklik.charter.schema.base import Key, Keyed, Part, Words

CaseKind = Literal["appeal", "message"]
MessageForm = Literal["written", "oral", "electronic"]
Applicant = Literal["citizen", "foreigner", "stateless", "citizen_abroad", "organisation"]
ChannelKind = Literal[
    "portal_gov", "pos", "incident", "ecpur", "edms", "vk", "ok", "telegram", "max", "email", "paper",
    "phone", "oral", "reception", "web_form", "api", "file", "heat_map", "public_pages", "other",
]  # fmt: skip


class Applicants(Part):
    """Categories the charter names; `organisations_seen` is a mention without a definition."""

    categories: list[Applicant]
    organisations_seen: bool = False
    note: str = ""


class KindRule(Part):
    """One line of the legal regime; an empty list or None means «any». The first matching line decides."""

    channels: list[Key] = []
    forms: list[MessageForm] = []
    chosen: CaseKind | None = None
    identified: bool | None = None
    gives: CaseKind
    ground: Words


class Regime(Part):
    """What сообщение means here, and the rules that tell it from обращение."""

    definition: Literal["own", "by_reference", "none"]
    reference: str = ""
    message_forms: list[MessageForm]
    message_addressed: Literal["any", "unaddressed_only"] = "any"
    rules: list[KindRule]
    otherwise: CaseKind = "message"


class Channel(Keyed):
    """A way in or out. A new one is a few lines here; `kind` picks the adapter, `other` needs none."""

    kind: ChannelKind
    title: Words
    direction: Literal["in", "out", "both"]
    level: Literal["federal", "regional", "municipal", "open"]
    form: MessageForm = "electronic"
    owner_role: Key | None = None
    availability: Literal["open", "limited", "closed"] = "open"
    through: Key | None = None
    origin: Literal["charter", "local"] = "charter"
    note: str = ""
