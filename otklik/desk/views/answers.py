"""Ответы в системы: a table of signed answers for the operator, and control that what was given is placed."""

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.cases.models import Case
from otklik.cases.selectors import get_case_for
from otklik.cases.services import mark_placed
from otklik.channels.answer_table import FIELDS, columns_of, format_of, write_columns
from otklik.channels.files import path_of
from otklik.channels.given import answers_not_placed, answers_to_give, sheets_of
from otklik.channels.models import AnswerSheet, Channel, Outgoing
from otklik.channels.selectors import channels_of
from otklik.channels.services import give_answers, give_back, set_answer_columns
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest

KINDS = ("pos", "incident", "portal_gov", "ecpur", "edms")
SHOWN = 200


def channels_with_tables(request: DeskRequest) -> list[Channel]:
    """Channels whose answers an operator places by hand."""
    return [one for one in channels_of(request.municipality) if one.kind in KINDS]


@require_safe
@needs("cases.send_answer")
def answers(request: DeskRequest) -> HttpResponse:
    """What waits to be given, what is given and not placed, tables given before — of the chosen channel."""
    channels = channels_with_tables(request)
    chosen = next((one for one in channels if one.key == request.GET.get("channel")), None)
    channel = chosen or next(iter(channels), None)
    context: dict[str, object] = {"channels": channels, "channel": channel, "fields": FIELDS.items()}
    context["may_set"] = may(request, "channels.manage")
    if channel:
        not_placed = answers_not_placed(channel)
        context |= {
            "to_give": answers_to_give(channel).count(),
            "not_placed": list(not_placed[:SHOWN]),
            "not_placed_count": not_placed.count(),
            "sheets": list(sheets_of(channel)[:20]),
            "columns": write_columns(columns_of(channel)),
            "format": format_of(channel),
        }
    return page_or_part(request, "answers/list", context)


def find_channel(request: DeskRequest, key: str) -> Channel:
    """A channel of this municipality; 404 otherwise."""
    return get_object_or_404(channels_of(request.municipality), key=key, kind__in=KINDS)


def address_of(channel: Channel) -> str:
    return f"{reverse('desk:answers')}?channel={channel.key}"


@require_POST
@needs("cases.send_answer")
def give(request: DeskRequest, key: str) -> HttpResponse:
    """Make the table of everything not given yet."""
    channel = find_channel(request, key)
    sheet = give_answers(channel, request.user, timezone.now())
    return done(request, f"Таблица готова, ответов: {sheet.count}. Скачайте её ниже", address_of(channel))


@require_safe
@needs("cases.send_answer")
def sheet(request: DeskRequest, key: int) -> HttpResponseBase:
    """The table as it was given, as often as asked."""
    found = get_object_or_404(AnswerSheet, municipality=request.municipality, pk=key)
    path = path_of(found.file)
    if not found.file.path or not path.is_file():
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=found.file.name, content_type=found.file.content_type
    )


@require_POST
@needs("cases.send_answer")
def placed(request: DeskRequest, key: int) -> HttpResponse:
    """One given answer stands in the outer system: its link or number; or it comes back into the next table."""
    outgoing = get_object_or_404(
        Outgoing.objects.select_related("channel"), municipality=request.municipality, pk=key
    )
    if request.POST.get("deed") == "return":
        give_back(outgoing, request.user)
        return done(request, "Ответ войдёт в следующую таблицу", address_of(outgoing.channel))
    try:
        case = get_case_for(request.user, request.municipality, outgoing.about, request.rights)
    except Case.DoesNotExist:
        raise Http404 from None
    mark_placed(case, request.POST.get("link", ""), request.user, timezone.now())
    return done(request, f"Размещено: {outgoing.about}", address_of(outgoing.channel))


@require_POST
@needs("channels.manage")
def columns(request: DeskRequest, key: str) -> HttpResponse:
    """Keep what the outer system wants to see in the table."""
    channel = find_channel(request, key)
    set_answer_columns(channel, request.POST.get("columns", ""), request.POST.get("format", ""), request.user)
    return done(request, "Столбцы сохранены", address_of(channel))
