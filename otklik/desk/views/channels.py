"""Каналы: how each does, what is stuck and goes on again, settings and secrets of one channel."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.channels.models import Channel, Outgoing
from otklik.channels.plain_settings import secrets_of
from otklik.channels.selectors import raw_tray
from otklik.channels.services import send_again
from otklik.channels.services.accounts import set_secret
from otklik.channels.services.feeds import feed_of, read_now, switch_feed
from otklik.channels.services.mending import send_all_again, take_all_again
from otklik.channels.services.settings import save_settings
from otklik.channels.standing import Standing, not_sent, standings
from otklik.common.errors import Refused
from otklik.desk.forms.channels import ChannelSettingsForm
from otklik.desk.page import done, may, needs, page_or_part, part
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CHANNELS
from otklik.places.selectors import gazetteer_of

SHOWN = 50
WAYS = {
    "open": "",
    "limited": "доступ ограничен",
    "closed": "закрыт",
}


def may_lead(request: DeskRequest, channel: Channel) -> bool:
    """Whoever manages channels, and the role that answers for this one by the charter."""
    owner = bool(channel.owner_role) and channel.owner_role in request.rights.role_keys
    return owner or may(request, "channels.manage")


def find(request: DeskRequest, key: str) -> Standing:
    """The channel with its state; 404 for what is not here."""
    found = standings(request.municipality, timezone.now(), [key])
    if not found:
        raise Http404
    return found[0]


def led(request: DeskRequest, key: str) -> Channel:
    """The channel for a deed; a person who does not lead it is refused."""
    channel = find(request, key).channel
    if not may_lead(request, channel):
        raise Refused("Настраивает канал администратор или роль, которая отвечает за него по положению.")
    return channel


@require_safe
@needs(*SEES_CHANNELS)
def status(request: DeskRequest) -> HttpResponse:
    """All channels: on or off, last success, queues, what is wrong and the mend."""
    found = standings(request.municipality, timezone.now())
    live = [one for one in found if one.is_machine]
    readable = [one for one in live if one.is_read and not one.is_closed]
    context = {
        "readable": len(readable),
        "on": sum(one.is_on for one in readable),
        "live": live,
        "by_hand": [one for one in found if not one.is_machine],
        "bad": [one for one in found if one.is_bad],
    }
    return page_or_part(request, "channels/status", context)


@require_safe
@needs(*SEES_CHANNELS)
def one(request: DeskRequest, key: str) -> HttpResponse:
    """One channel: its state, what is stuck, its settings for whoever leads it."""
    found = find(request, key)
    return page_or_part(request, "channels/one", _shown(request, found, ChannelSettingsForm(found.channel)))


def _shown(request: DeskRequest, found: Standing, form: ChannelSettingsForm) -> dict[str, Any]:
    channel = found.channel
    leads = may_lead(request, channel)
    kept = {row.name: row.changed_at for row in channel.secrets.all()} if leads else {}
    named = {one.name for one in secrets_of(channel.kind)}
    return {
        "one": found,
        "channel": channel,
        "feed": getattr(channel, "feed", None),
        "is_machine": found.is_machine,
        "hook": f"{settings.PUBLIC_URL}/hooks/{request.municipality.key}/{channel.key}/"
        if found.is_called
        else "",
        "availability": WAYS.get(channel.availability, channel.availability),
        "leads": leads,
        "form": form,
        "secrets": [(secret, kept.get(secret.name)) for secret in secrets_of(channel.kind)],
        "has_own": any(secret.each_page for secret in secrets_of(channel.kind)),
        "other_secrets": [(name, at) for name, at in kept.items() if name not in named],
        "letters": list(not_sent(request.municipality).filter(channel=channel)[:SHOWN]),
        "unread": list(raw_tray(request.municipality).filter(channel=channel)[:SHOWN]),
        "may_read_raw": may(request, "channels.view_raw"),
    }


@require_http_methods(["POST"])
@needs(*SEES_CHANNELS)
def keep_settings(request: DeskRequest, key: str) -> HttpResponse:
    """Keep the plain settings; a refused list is shown with what was typed."""
    channel = led(request, key)
    form = ChannelSettingsForm(channel, request.POST)
    if form.is_valid():
        gazetteer = gazetteer_of(request.municipality.key)
        places = {one.name for one in gazetteer.settlements} | {one.name for one in gazetteer.streets}
        try:
            save_settings(channel, form.values(), request.user, places)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, f"{channel.title}: настройки сохранены", _address(channel))
    return page_or_part(request, "channels/one", _shown(request, find(request, key), form), status=422)


@require_POST
@needs(*SEES_CHANNELS)
def secret(request: DeskRequest, key: str) -> HttpResponse:
    """Seal a secret; it is never shown again."""
    channel = led(request, key)
    name, value = request.POST.get("name", "").strip(), request.POST.get("value", "").strip()
    if not value and not request.POST.get("forget"):
        raise Refused("Вставьте ключ или пароль: пустой не сохраняем.")
    set_secret(channel, name, value, request.user)
    said = "секрет запечатан, показать его больше нельзя" if value else "секрет забыт"
    return done(request, f"{channel.title}: {said}", _address(channel))


@require_POST
@needs(*SEES_CHANNELS)
def switch(request: DeskRequest, key: str) -> HttpResponse:
    """Begin or stop reading."""
    channel = led(request, key)
    is_on = request.POST.get("on") == "1"
    switch_feed(channel, is_on, request.user)
    return done(
        request, f"{channel.title}: {'чтение включено' if is_on else 'чтение остановлено'}", _address(channel)
    )


@require_POST
@needs(*SEES_CHANNELS)
def check(request: DeskRequest, key: str) -> HttpResponse:
    """Проверить связь: the worker gives the channel one turn at once, its words appear below."""
    channel = led(request, key)
    now = timezone.now()
    read_now(feed_of(channel), request.user, now)
    context = {"channel": channel, "since": now.isoformat(), "is_waiting": True}
    if request.htmx:
        return part(request, "channels/_check", context)
    return done(
        request, f"{channel.title}: проверяем связь, обновите страницу через минуту", _address(channel)
    )


@require_safe
@needs(*SEES_CHANNELS)
def checked(request: DeskRequest, key: str) -> HttpResponse:
    """What came of the turn asked for; asked again by the page until there is something to say."""
    found = find(request, key)
    feed = getattr(found.channel, "feed", None)
    since = request.GET.get("since", "")
    tried = feed.tried_at.isoformat() if feed and feed.tried_at else ""
    ended = bool(
        feed
        and tried > since
        and (feed.failures or (feed.succeeded_at and feed.succeeded_at.isoformat() > since))
    )
    context = {"channel": found.channel, "one": found, "feed": feed, "since": since, "is_waiting": not ended}
    return part(request, "channels/_check", context)


@require_POST
@needs(*SEES_CHANNELS)
def out_again(request: DeskRequest, key: int) -> HttpResponse:
    """Send again one thing that did not leave."""
    letter = (
        Outgoing.objects.filter(municipality=request.municipality, pk=key).select_related("channel").first()
    )
    if letter is None:
        raise Http404
    if not (may(request, "cases.send_answer") or may_lead(request, letter.channel)):
        raise Refused("Снова отправляет тот, у кого есть право отправлять ответы.")
    send_again(letter, request.user, timezone.now())
    back = request.POST.get("back", "")
    to = reverse("desk:card", args=[back]) if back else _address(letter.channel)
    return done(request, "Поставлено на отправку снова", to)


@require_POST
@needs(*SEES_CHANNELS)
def all_out_again(request: DeskRequest, key: str) -> HttpResponse:
    """Send again everything of the channel that did not leave."""
    channel = led(request, key)
    n = send_all_again(channel, request.user, timezone.now())
    return done(request, f"{channel.title}: снова отправляем — {n}", _address(channel))


@require_POST
@needs(*SEES_CHANNELS)
def all_raw_again(request: DeskRequest, key: str) -> HttpResponse:
    """Read again everything of the channel that was not read."""
    channel = led(request, key)
    n = take_all_again(channel, request.user)
    return done(request, f"{channel.title}: снова читаем — {n}", _address(channel))


def _address(channel: Channel) -> str:
    return reverse("desk:channel", args=[channel.key])
