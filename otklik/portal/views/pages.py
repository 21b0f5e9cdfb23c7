"""Plain pages: towns of the installation, consent to keep contacts, what the machine decides."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.charter.selectors import charter_of, parameter
from otklik.common.models import Municipality
from otklik.outreach.selectors import by_owner
from otklik.portal.selectors import town_address
from otklik.portal.towns import in_town


@require_safe
def towns(request: HttpRequest) -> HttpResponse:
    """Every town of the installation; a single one opens at once."""
    found = list(Municipality.objects.order_by("name"))
    if len(found) == 1:
        return redirect("portal:submit", found[0].key)
    return render(request, "portal/towns.html", {"towns": found})


@require_safe
@in_town
def consent(request: HttpRequest, town: Municipality) -> HttpResponse:
    """The consent as a document of its own (152-ФЗ ст. 9)."""
    context = {
        "town": town,
        "identity": charter_of(town).identity,
        "address": town_address(town),
        "years": parameter(town, "fz59.storage_years").value,
        "today": timezone.localdate(),
    }
    return render(request, "portal/consent.html", context)


@require_safe
@in_town
def machine(request: HttpRequest, town: Municipality) -> HttpResponse:
    """What the program decides by itself and where a person does."""
    return render(request, "portal/machine.html", {"town": town})


@require_safe
@in_town
def official(request: HttpRequest, town: Municipality) -> HttpResponse:
    """Official pages of the administration and its institutions, so that a false one can be told from them."""
    context = {"town": town, "tab": "pages", "owners": by_owner(town)}
    return render(request, "portal/pages.html", context)
