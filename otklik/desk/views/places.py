"""Места: settlements and streets the machine knows by name, their points on the map, and the loading of lists."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.cases.services.points import follow_points
from otklik.common.errors import Refused
from otklik.common.words import count, plural
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.settlement_points import ground_words, point_map, proposals_for
from otklik.places.models import Settlement
from otklik.places.points import Proposal, typed_point
from otklik.places.selectors import settlements_of, street_total, streets_of
from otklik.places.services import ListLoad, load_settlements, load_streets, put_point
from otklik.places.spelling import fold

LARGEST_LIST = 20 * 1024 * 1024
SHOWN_ERRORS = 200
COLUMN_WORDS = {
    "settlement": "населённый пункт",
    "kind": "тип",
    "name": "название",
    "oktmo": "ОКТМО",
    "population": "население",
    "lat": "широта",
    "lon": "долгота",
}


@require_safe
@needs("charter.view", "places.manage")
def places(request: DeskRequest) -> HttpResponse:
    """Settlements with the number of their streets, and the streets of the chosen one."""
    return page_or_part(request, "places/places", context_of(request))


@require_POST
@needs("places.manage")
def load(request: DeskRequest) -> HttpResponse:
    """Take a list in and tell what became of every row."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise Refused("Выберите файл CSV со списком.")
    if (file.size or 0) > LARGEST_LIST:
        raise Refused("Файл больше 20 МБ: разделите список на части.")
    with NamedTemporaryFile(suffix=".csv") as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        take_in = load_settlements if request.POST.get("what") == "settlements" else load_streets
        loaded = take_in(Path(kept.name), request.municipality, request.user)
    followed = follow_points(request.municipality, loaded.moved, request.user, timezone.now())
    context = {**context_of(request), **told(loaded), "followed": followed}
    return page_or_part(request, "places/places", context)


@require_POST
@needs("places.manage")
def point(request: DeskRequest, key: int) -> HttpResponse:
    """Put a settlement on the map: by a click or two typed numbers, or by accepting what marks propose."""
    home = get_object_or_404(Settlement, municipality=request.municipality, pk=key)
    now = timezone.now()
    if "proposed" in request.POST:
        found = proposed(request, home)
        moved = put_point(home, (found.lat, found.lon), "marks", request.user, now, ground_words(found))
    else:
        typed = typed_point(request.POST.get("lat", ""), request.POST.get("lon", ""))
        moved = put_point(home, typed, "hand", request.user, now)
    followed = follow_points(request.municipality, moved, request.user, now)
    said = f"{home} — точка поставлена{followers(followed)}"
    return done(request, said, f"{reverse('desk:places')}?settlement={home.pk}")


def proposed(request: DeskRequest, home: Settlement) -> Proposal:
    """The proposal that the person has seen. Raises `Refused` when new marks have changed it since."""
    found = proposals_for(request.municipality, [home]).get(home.pk)
    if found is None or seen_as(found) != request.POST["proposed"]:
        raise Refused("Отметок стало больше или меньше: откройте пункт снова и посмотрите новое предложение.")
    return found


def followers(number: int) -> str:
    """«, её получили 12 карточек»; nothing when no case followed."""
    got = plural(number, "получила", "получили", "получили")
    return f", её {got} {count(number, 'карточка', 'карточки', 'карточек')}" if number else ""


def seen_as(proposal: Proposal) -> str:
    """How the button names the proposal it stands under."""
    return f"{proposal.lat:.5f};{proposal.lon:.5f}"


def context_of(request: DeskRequest) -> dict[str, Any]:
    """The gazetteer as the screen shows it."""
    # The database sorts by codes of letters, where Ё stands before А.
    settlements = sorted(
        settlements_of(request.municipality), key=lambda one: (not one.is_centre, fold(one.name))
    )
    chosen = next((one for one in settlements if str(one.pk) == request.GET.get("settlement")), None)
    proposals = proposals_for(request.municipality, settlements)
    own = proposals.get(chosen.pk) if chosen else None
    may_load = may(request, "places.manage")
    streets = sorted(streets_of(chosen), key=lambda one: fold(one.name)) if chosen else []
    return {
        "settlements": settlements,
        "street_total": street_total(request.municipality),
        "with_point": sum(one.point is not None for one in settlements),
        "next_bare": next_bare(settlements, chosen),
        "proposals": proposals,
        "proposal": {"words": ground_words(own), "seen": seen_as(own), "at": own} if own else None,
        "map": point_map(chosen, own, settlements) if chosen and may_load else None,
        "chosen": chosen,
        "streets": streets,
        "streets_without_point": sum(one.lat is None for one in streets),
        "may_load": may_load,
    }


def next_bare(settlements: Sequence[Settlement], chosen: Settlement | None) -> Settlement | None:
    """The next settlement without a point after the chosen one, round the list."""
    if chosen is None:
        return None
    place = settlements.index(chosen) + 1
    return next((one for one in [*settlements[place:], *settlements[: place - 1]] if one.point is None), None)


def told(loaded: ListLoad) -> dict[str, Any]:
    """The outcome of a load: which column was taken for what, counts, rows to mend."""
    columns = [(title, COLUMN_WORDS[name]) for name, title in loaded.columns.items()]
    return {"loaded": loaded, "columns": columns, "bad": loaded.bad[:SHOWN_ERRORS]}
