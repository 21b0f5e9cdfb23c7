"""Points 10, 12, 14, 15, 17: reports, meetings, polls, the goal with its indicators, the problem list."""

from typing import Literal

from otklik.charter.schema.base import Key, Keyed, Part, Words

Cadence = Literal[
    "daily",
    "weekly",
    "twice_a_month",
    "monthly",
    "quarterly",
    "yearly",
    "on_request",
    "as_needed",
    "not_stated",
]
CADENCE_WORDS: dict[Cadence, str] = {
    "daily": "каждый день",
    "weekly": "каждую неделю",
    "twice_a_month": "два раза в месяц",
    "monthly": "каждый месяц",
    "quarterly": "каждый квартал",
    "yearly": "каждый год",
    "on_request": "по запросу",
    "as_needed": "по мере надобности",
    "not_stated": "срок в положении не назван",
}
ProblemSource = Literal[
    "cases", "polls", "recipients_work", "conflicts", "channel_setup", "heat_map", "national_projects"
]


class Report(Keyed):
    """A paper of the centre: to whom, how often, with which sections, checked by whom.

    `days` are days of the month by which it is due; empty where the act fixes no dates.
    """

    title: Words
    addressee: Words
    cadence: Cadence
    days: list[int] = []
    sections: list[Key] = []
    by_blocks: bool = False
    channel: Key | None = None
    prepared_by: Key | None = None
    verified_by: Key | None = None


class Meetings(Part):
    """Rules of meetings. What the act leaves open (quorum, notice, terms) stays empty by default."""

    mode: Literal["full", "agenda", "preparation", "off"]
    forms: list[Literal["in_person", "in_absentia"]] = []
    cadence: Cadence = "not_stated"
    chair: Key | None = None
    deputy_chair: Key | None = None
    organiser: Key | None = None
    keeper: Key | None = None
    signer: Key | None = None
    agenda_approver: Key | None = None
    invites_experts: bool = False
    quorum_share: float | None = None
    notice_days: int | None = None
    protocol_days: int | None = None


class Polls(Part):
    """Which forms the centre uses, where they are placed and who is муниципальный уполномоченный."""

    forms: list[Literal["poll", "vote", "discussion"]]
    results_used: list[Literal["poll", "vote", "discussion"]] = []
    placed_in: Literal["pos", "any_site", "none"]
    authorised_role: Key | None = None


class Indicator(Keyed):
    """A target figure; `target` stays empty until somebody hands it down."""

    title: Words
    unit: Literal["percent", "score", "count", "days", "hours"]
    better: Literal["higher", "lower"]
    target: float | None = None
    period: Literal["month", "quarter", "year"] = "quarter"


class Goal(Part):
    """What the centre exists for, and by which figures it is seen."""

    kind: Literal["information", "satisfaction", "not_stated"]
    words: str = ""
    set_by: Key | None = None
    met_by: Key | None = None
    indicators: list[Key] = []


class Problems(Part):
    """Sources of the municipal problem list."""

    sources: list[ProblemSource]
    region_indicators: bool = False
