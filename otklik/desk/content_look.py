"""How a version will look on its network: what is seen before «ещё», the picture, the preview of a link, notes.

The shape is the network's, the colours are ours: nobody should take it for the page itself.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse

from otklik.outreach.content.models import LinkPreview, MediaItem
from otklik.outreach.content.rules import NETWORKS, first_link, length, notes, private_notes
from otklik.outreach.models import OfficialPage


@dataclass(frozen=True)
class LinkLook:
    """The preview under a text: of the page read, or its bare host while it was not."""

    url: str
    title: str
    description: str
    site: str
    error: str
    is_read: bool


@dataclass(frozen=True)
class Look:
    """One version as its readers will see it."""

    network: str
    network_title: str
    page: str
    face: str
    seen: str
    rest: str
    long: int
    most: int
    over: int
    picture: str
    alt: str
    link: LinkLook | None
    stops: tuple[str, ...]
    hints: tuple[str, ...]


def look_of(
    page: OfficialPage, text: str, picture: MediaItem | None, known: LinkPreview | None = None
) -> Look:
    """The look of these words on the page; `known` is what was read of their first link."""
    shape, told = NETWORKS[page.network], text.strip()
    most = shape.longest_with_picture if picture else shape.longest
    seen, rest = fold(told, shape.seen)
    said = [*notes(page.network, told, picture is not None), *private_notes(told)]
    return Look(
        network=page.network,
        network_title=shape.title,
        page=page.title,
        face=page.title[:1].upper(),
        seen=seen,
        rest=rest,
        long=length(told),
        most=most,
        over=max(0, length(told) - most),
        picture=reverse("desk:content_picture", args=[picture.pk]) if picture else "",
        alt=picture.alt if picture else "",
        link=link_look(told, known) if shape.shows_preview and picture is None else None,
        stops=tuple(one.words for one in said if one.level == "stop"),
        hints=tuple(one.words for one in said if one.level == "hint"),
    )


def fold(text: str, seen: int) -> tuple[str, str]:
    """What stands before «ещё» and after it, cut between words."""
    if len(text) <= seen:
        return text, ""
    cut = text.rfind(" ", 0, seen)
    cut = cut if cut > seen // 2 else seen
    return text[:cut], text[cut:]


def link_look(text: str, known: LinkPreview | None) -> LinkLook | None:
    """The preview of the first link of the text."""
    url = first_link(text)
    if not url:
        return None
    if known is None or known.url != url[:1000]:
        return LinkLook(url, "", "", urlsplit(url).hostname or "", "", False)
    return LinkLook(url, known.title, known.description, known.site, known.error, True)
