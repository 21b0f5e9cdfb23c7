"""The gate and the frame of every staff screen: who asks, in which municipality, page or part.

Views are wrapped by `needs`; they answer through `page_or_part` and `done`. A rule that says no (`Refused`)
becomes one sentence on the same screen, and what it had begun to write is rolled back.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.common.errors import Refused
from otklik.desk.counters import forget_counters
from otklik.desk.frame import frame_of
from otklik.desk.inbox import forget_inbox
from otklik.desk.request import DeskRequest
from otklik.desk.towns import towns_of

P = ParamSpec("P")
CHOSEN = "municipality"


DeskView = Callable[Concatenate[DeskRequest, P], HttpResponseBase]


def needs(
    *permissions: str,
) -> Callable[[DeskView[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Let in a person who holds any of the permissions (none given: any role); others see 404."""

    def wrap(view: DeskView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, User):
                return _to_sign_in(request)
            desk = _at_the_desk(request, request.user)
            if desk is None:
                return render(request, "desk/no_role.html", status=403)
            if permissions and not desk.rights.permissions.intersection(permissions):
                raise Http404
            return _answer(desk, lambda: view(desk, *args, **kwargs))

        return gate

    return wrap


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
    # A part swapped into the page must not become a sign-in form inside it.
    return HttpResponseClientRedirect(address) if cast(DeskRequest, request).htmx else redirect(address)


def _at_the_desk(request: HttpRequest, user: User) -> DeskRequest | None:
    desk = cast(DeskRequest, request)
    mine = towns_of(desk.municipality_ids)
    if not mine:
        return None
    chosen = request.session.get(CHOSEN)
    desk.municipalities = mine
    desk.municipality = next((town for town in mine if town.pk == chosen), mine[0])
    desk.rights = rights_of(user, desk.municipality)
    return desk


def _answer(request: DeskRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    with timezone.override(request.municipality.time_zone):
        if request.method in ("GET", "HEAD"):
            return view()
        try:
            forget_counters(request.user, request.municipality)
            forget_inbox(request)
            _refuse_unseen(request)
            with transaction.atomic():
                return view()
        except Refused as refusal:
            return refuse(request, str(refusal))


def _refuse_unseen(request: DeskRequest) -> None:
    """The zero sign comes with a text copied from a broken file; the database keeps no such text."""
    if any("\x00" in one for _, values in request.POST.lists() for one in values):
        raise Refused("В тексте есть невидимый знак, который нельзя сохранить: наберите это место заново.")


def may(request: DeskRequest, *permissions: str) -> bool:
    """Whether the person holds any of the permissions here."""
    return bool(request.rights.permissions.intersection(permissions))


def page_or_part(
    request: DeskRequest, name: str, context: dict[str, Any], status: int = 200, screen: str = ""
) -> HttpResponse:
    """The part `desk/<folder>/_<file>.html` for htmx, the whole `desk/<name>.html` for everybody else."""
    folder, _, file = name.rpartition("/")
    wants_part = request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    context = {"drawn_at": timezone.now().isoformat(), **context}
    whole = {"frame": frame_of(request, screen or name), **context} if not wants_part else context
    template = f"desk/{folder}/_{file}.html" if wants_part else f"desk/{name}.html"
    response = render(request, template, whole, status=status)
    patch_vary_headers(response, ("HX-Request",))
    return response


def part(request: DeskRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A piece of a page under its own address: popover, hints, rows that arrived."""
    return render(request, f"desk/{template}.html", context, status=status)


def tried(form: BaseForm, deed: Callable[[], object]) -> bool:
    """Do what the form asks; a rule that says no stands above the form, so what was typed is there to be sent again."""
    try:
        with transaction.atomic():
            deed()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def version_in(request: DeskRequest) -> int:
    """The version the person was looking at; nothing matches one that is not a number."""
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() else 0


def refuse(request: DeskRequest, sentence: str, status: int = 422) -> HttpResponse:
    """One sentence why not: above the page for htmx, as a page with the way back otherwise."""
    if request.htmx:
        response = render(request, "desk/parts/refusal.html", {"sentence": sentence}, status=status)
        return reswap(retarget(response, "#alerts"), "innerHTML")
    context = {"frame": frame_of(request, ""), "sentence": sentence, "back": request.headers.get("referer")}
    return render(request, "desk/refused.html", context, status=status)


def done(request: DeskRequest, sentence: str, to: str, undo: str = "") -> HttpResponse:
    """Say what was done and go to an address; `undo` is the address of the opposite deed."""
    messages.success(request, sentence, extra_tags=undo)
    return HttpResponseClientRedirect(to) if request.htmx else redirect(to)
