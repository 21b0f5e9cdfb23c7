"""Point 13: the procedure of information risks; levels, chat, watch and closing rule are settings."""

from typing import Literal

from otklik.charter.schema.base import Key, Keyed, Part, Words


class RiskLevel(Keyed):
    """Minutes are counted from detection, hours of the watch from the placed answer."""

    title: Words
    criteria: list[Words]
    alert_minutes: int
    verify_minutes: int
    first_word_minutes: int
    full_answer_minutes: int
    watch_hours: int
    escalate_to: list[Words]
    position: int


class AlertChat(Part):
    """Where risks are told to colleagues."""

    title: Words
    channel: Key


class RiskProcedure(Part):
    """`full` - a procedure of its own, `role` - only an officer is named, `off` - the charter is silent."""

    mode: Literal["full", "role", "off"]
    officer: Key | None = None
    chat: AlertChat | None = None
    daily_watch: list[Literal["local_pages", "resident_chats"]] = []
    steps: list[Key] = []
    proof_links: list[Literal["regional_media", "federal_media", "local_media", "official_page"]] = []
    close_when: Literal["no_spread_and_no_negative", "no_spread_or_no_negative"] = "no_spread_and_no_negative"
    campaigns: bool = False
    threat_calendar: Literal["seasonal_and_yearly", "none"] = "none"
