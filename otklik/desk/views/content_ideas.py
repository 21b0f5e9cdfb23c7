"""Предложения: what of the analysis is worth telling, with figures, reason and sureness; one click makes a draft."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.desk.content_about import seen_link
from otklik.desk.content_doors import around
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.outreach.content.doors import PUBLISH, SEES
from otklik.reports.worth_telling.ideas import KINDS
from otklik.reports.worth_telling.selectors import ideas_of, taken, thresholds_of
from otklik.reports.worth_telling.services import draft


@require_safe
@needs(*SEES)
def ideas(request: DeskRequest) -> HttpResponse:
    """Ideas by kinds; those a material was made of show it."""
    town, today = request.municipality, timezone.localdate()
    found = ideas_of(town, today)
    made = taken(town, found)
    groups = []
    for kind, (head, second) in KINDS.items():
        rows = [
            {
                "idea": one,
                "figures": [(figure, seen_link(request, figure.link)) for figure in one.figures],
                "link": seen_link(request, one.link),
                "material": made.get(one.about),
            }
            for one in found
            if one.kind == kind
        ]
        if rows:
            groups.append((head, second, rows))
    context = {
        **around(request, "ideas"),
        "groups": groups,
        "fresh": sum(one.about not in made for one in found),
        "asked": thresholds_of(town, today),
        "may_see_parameters": may(request, "charter.view"),
    }
    return page_or_part(request, "content/ideas", context)


@require_POST
@needs(PUBLISH)
def take(request: DeskRequest) -> HttpResponse:
    """A draft of the idea; opened at once, for a person has to finish it."""
    material = draft(request.municipality, request.POST.get("key", ""), request.user, timezone.now())
    to = reverse("desk:content_material", args=[material.number])
    return done(request, f"Черновик № {material.number} составлен: допишите то, что в фигурных скобках", to)
