"""A dry run of a source: what one turn would bring, masked; nothing is kept and the cursor does not move."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from otklik.channels.adapters.source import Fetched, Unreachable
from otklik.channels.adapters.sources import source_for
from otklik.channels.incoming import Incoming
from otklik.channels.models import Channel, Feed
from otklik.channels.services.accounts import account_of
from otklik.common.errors import Refused
from otklik.common.scope import within
from otklik.common.words import count
from otklik.language.personal import mask

SHOWN = 5
LONGEST = 200


def try_read(channel: Channel) -> list[str]:
    """Lines for a person who connects the channel. Call outside a transaction. Raises Refused with what to mend."""
    source = source_for(channel)
    if source is None:
        raise Refused("Этот канал читать нечем: проверьте его вид и настройку source.")
    with within(channel.municipality_id):
        account = account_of(channel)
        feed = Feed.objects.filter(channel=channel).first()
    try:
        fetched = source.fetch(account, feed.cursor if feed else {})
    except Unreachable as shut:
        raise Refused(shut.words) from None
    return list(_lines(fetched, ZoneInfo(channel.municipality.time_zone)))


def _lines(fetched: Fetched, zone: ZoneInfo) -> Iterator[str]:
    yield (
        f"{count(len(fetched.incomings), 'сообщение', 'сообщения', 'сообщений')}, "
        f"{count(len(fetched.tables), 'таблица', 'таблицы', 'таблиц')}, "
        f"не прочитано: {len(fetched.unread)}{', это ещё не всё' if fetched.more else ''}"
    )
    for one in fetched.incomings[:SHOWN]:
        yield _shown(one, zone)
    for table in fetched.tables[:SHOWN]:
        yield f"таблица «{table.name}», разметка {table.preset or 'по шапке'}"
    for unread in fetched.unread[:SHOWN]:
        yield f"не прочитано: {unread.words}"
    if fetched.words:
        yield fetched.words


def _shown(one: Incoming, zone: ZoneInfo) -> str:
    """Number, time and words without persons: a name of an author is never shown here."""
    text = " ".join(mask(one.whole_text).text.split())
    cut = f"{text[:LONGEST]}…" if len(text) > LONGEST else text
    topic = f" [{one.outer_topic}]" if one.outer_topic else ""
    status = f" ({one.outside.status})" if one.outside.status else ""
    return f"{one.outer_id} от {one.came_at.astimezone(zone):%d.%m.%Y %H:%M}{topic}{status}: {cut}"
