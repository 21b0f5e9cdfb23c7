"""One body added by hand: its name and mail, what still stands at it, closing once that is handed over."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from otklik.accounts.bodies import close_body, rename_body
from otklik.accounts.models import OWN_KEY, Body
from otklik.accounts.selectors import bodies_of
from otklik.desk.body_work import left_at
from otklik.desk.forms.people import BodyNamesForm, ReasonForm
from otklik.desk.page import done, needs, page_or_part, tried
from otklik.desk.request import DeskRequest


def find_body(request: DeskRequest, key: int) -> Body:
    """A body of the municipality added by hand that still acts; 404 otherwise."""
    added = bodies_of(request.municipality).filter(key__startswith=OWN_KEY)
    return get_object_or_404(added.select_related("municipality"), pk=key)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("accounts.manage")
def body(request: DeskRequest, key: int) -> HttpResponse:
    """The page; a POST gives the body another name."""
    found = find_body(request, key)
    initial = {name: getattr(found, name) for name in BodyNamesForm.base_fields}
    form = BodyNamesForm(request.municipality, request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, lambda: rename_body(found, **form.cleaned_data, by=request.user))
    ):
        return done(request, "Записано", reverse("desk:people"))
    return _shown(request, found, form, ReasonForm(request.municipality))


@require_POST
@needs("accounts.manage")
def close(request: DeskRequest, key: int) -> HttpResponse:
    """Close the body; the page again, with what was typed, while anything stands at it."""
    found = find_body(request, key)
    form = ReasonForm(request.municipality, request.POST)
    waiting = [one.words for one in left_at(found, request)]
    if form.is_valid() and tried(
        form, lambda: close_body(found, form.cleaned_data["reason"], waiting, request.user)
    ):
        return done(request, f"Орган «{found.short_name}» закрыт", reverse("desk:people"))
    initial = {name: getattr(found, name) for name in BodyNamesForm.base_fields}
    return _shown(request, found, BodyNamesForm(request.municipality, initial=initial), form)


def _shown(request: DeskRequest, found: Body, names: BodyNamesForm, reason: ReasonForm) -> HttpResponse:
    context = {"body": found, "names": names, "reason": reason, "left": left_at(found, request)}
    is_typed = names.is_bound or reason.is_bound
    return page_or_part(request, "people/body", context, status=422 if is_typed else 200)
