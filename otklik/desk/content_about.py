"""What a material is about, in words and as an address, and which addresses the viewer may follow."""

from otklik.desk.page import may
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES, SEES_POLLS, SEES_RISKS, SEES_ROADMAPS
from otklik.reports.worth_telling.ideas import KINDS

THINGS: dict[str, tuple[str, str]] = {
    "risk": ("Информационный риск", "/risks/{}/"),
    "campaign": ("Профилактическая кампания", "/campaigns/{}/"),
    "poll": ("Опрос или обсуждение", "/polls/{}/"),
    "problem": ("Проблема", ""),
    "roadmap": ("Дорожная карта", "/roadmaps/{}/"),
    "analysis": ("Предложение из анализа", "/content/ideas/"),
}
"""What stands before the colon of `about`: its words and the page of the thing, where its key is enough to find it."""

GATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("/cases/", SEES_CASES),
    ("/roadmaps/", SEES_ROADMAPS),
    ("/risks/", SEES_RISKS),
    ("/polls/", SEES_POLLS),
)
"""Whose address is shown to whom; the others stand open to all who see publications."""


def about_words(about: str) -> str:
    """«Информационный риск», «Предложение из анализа: что спрашивают многие»."""
    kind, _, rest = about.partition(":")
    words = THINGS.get(kind, ("", ""))[0]
    if kind == "analysis":
        found = KINDS.get(rest.partition(":")[0])
        return f"{words}: {found[0].lower()}" if found else words
    return words


def about_link(about: str) -> str:
    """The page of the thing; empty for what has none."""
    kind, _, rest = about.partition(":")
    return THINGS.get(kind, ("", ""))[1].format(rest)


def seen_link(request: DeskRequest, link: str) -> str:
    """The address while the viewer may open it, else empty."""
    held = next((needed for start, needed in GATES if link.startswith(start)), ())
    return link if not held or may(request, *held) else ""
