"""The outer list: indicators of national projects and problems kept by others, by a table or by hand."""

from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.channels.importing.run import keep_file
from otklik.common.errors import Refused
from otklik.desk.forms.problems import OuterForm, first_fault
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.views.problems import MANAGE, SEES
from otklik.problems.models import OuterIndicator
from otklik.problems.outer_table import COLUMNS, read_outer
from otklik.problems.services import list_outer, write_outer

MOST = 300


@require_safe
@needs(*SEES)
def outer(request: DeskRequest) -> HttpResponse:
    """All lists, each indicator with its problems."""
    town = request.municipality
    rows = OuterIndicator.objects.filter(municipality=town).annotate(many=Count("problems"))
    groups: dict[str, list[OuterIndicator]] = {}
    for one in rows.prefetch_related("problems")[:MOST]:
        groups.setdefault(one.list_name, []).append(one)
    may_manage = may(request, MANAGE)
    context: dict[str, Any] = {
        "groups": list(groups.items()),
        "may_manage": may_manage,
        "columns": ", ".join(titles[0] for titles in COLUMNS.values()),
        "form": OuterForm(town, initial={"on": timezone.localdate()}, auto_id="outer-%s")
        if may_manage
        else None,
    }
    return page_or_part(request, "problems/outer", context)


@require_POST
@needs(MANAGE)
def load(request: DeskRequest) -> HttpResponse:
    """A whole list from a table."""
    file = request.FILES.get("file")
    if file is None:
        raise Refused("Выберите файл таблицы: CSV или XLSX.")
    town = request.municipality
    path = keep_file(BytesIO(file.read()), town)
    lines = read_outer(path, file.name or "", ZoneInfo(town.time_zone), timezone.localdate())
    name, source = request.POST.get("list_name", ""), request.POST.get("source", "")
    listed = list_outer(town, name, source, lines, request.user, timezone.now())
    said = f"Новых {listed.new}, изменено {listed.changed}, без изменений {listed.same}"
    return done(request, said, reverse("desk:problems_outer"))


@require_POST
@needs(MANAGE)
def write(request: DeskRequest) -> HttpResponse:
    """One indicator by hand."""
    form = OuterForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused(first_fault(form))
    data = form.cleaned_data
    write_outer(
        request.municipality, data["list_name"], data["source"], form.told(), request.user, timezone.now()
    )
    return done(request, "Показатель записан", reverse("desk:problems_outer"))
