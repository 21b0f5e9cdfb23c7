"""Questions about channels; screens reach them inside the person's scope."""

from django.db.models import Count, F, Q, QuerySet

from otklik.channels.importing.headings import Headings
from otklik.channels.models import Channel, ImportMapping, ImportRun, Outgoing, PhoneCall, RawMessage
from otklik.channels.services.mappings import heading_key
from otklik.common.models import Municipality


def channels_of(municipality: Municipality) -> QuerySet[Channel]:
    """Every channel in the order of the charter."""
    return Channel.objects.filter(municipality=municipality)


def open_channels(municipality: Municipality, *kinds: str) -> QuerySet[Channel]:
    """Channels that work, of these kinds when given."""
    found = channels_of(municipality).exclude(availability="closed")
    return found.filter(kind__in=kinds) if kinds else found


def raw_tray(municipality: Municipality) -> QuerySet[RawMessage]:
    """Messages that did not become cases, newest first, with their channels."""
    failed = RawMessage.objects.filter(municipality=municipality, state="failed")
    return failed.select_related("channel").order_by("-came_at", "-id")


def import_runs(municipality: Municipality) -> QuerySet[ImportRun]:
    """Files taken in, newest first."""
    return ImportRun.objects.filter(municipality=municipality).select_related("channel", "by")


def mapping_for(municipality: Municipality, headings: Headings) -> ImportMapping | None:
    """The mapping saved for a table with these headings."""
    return ImportMapping.objects.filter(municipality=municipality, heading_key=heading_key(headings)).first()


def outgoing_by_hand(municipality: Municipality) -> QuerySet[Outgoing]:
    """What a person must print, hand over or place, and what could not be sent.

    Questions of a bot that reached nobody are nobody's work: the person has left the talk.
    """
    waiting = Outgoing.objects.filter(municipality=municipality, state__in=["by_hand", "dead"])
    return waiting.exclude(kind__startswith="talk_").select_related("channel").order_by("created_at")


def calls_to_write(municipality: Municipality) -> QuerySet[PhoneCall]:
    """Talks whose gist nobody has written yet, the oldest first."""
    return PhoneCall.objects.filter(municipality=municipality, state="new")


def calls_to_return(municipality: Municipality) -> QuerySet[PhoneCall]:
    """Whom to call back: those whose time has come or comes first; `tried` counts vain tries."""
    waiting = PhoneCall.objects.filter(municipality=municipality, state="to_call")
    return _with_tries(waiting).order_by(F("next_try_at").asc(nulls_first=True), "came_at", "id")


def calls_closed(municipality: Municipality) -> QuerySet[PhoneCall]:
    """Calls that are over, the latest first."""
    closed = PhoneCall.objects.filter(municipality=municipality, state__in=["done", "not_reached"])
    return _with_tries(closed).order_by("-closed_at", "-id")


def open_calls(municipality: Municipality) -> int:
    """How many calls wait for a clerk."""
    return PhoneCall.objects.filter(municipality=municipality, state__in=["new", "to_call"]).count()


def _with_tries(calls: QuerySet[PhoneCall]) -> QuerySet[PhoneCall]:
    return calls.annotate(tried=Count("tries", filter=Q(tries__is_reached=False)))
