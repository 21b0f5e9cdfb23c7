"""Talks with bots end: drafts in days, rows of what was said in a week, talks with the term of keeping."""

from datetime import UTC, datetime, timedelta

from otklik.channels.adapters.dialogue.said import Said
from otklik.channels.adapters.dialogue.talk import Draft, Step, Talk
from otklik.channels.forget_talks import forget_talks
from otklik.channels.models import BotEvent, BotTalk
from otklik.channels.services import channel_of_kind
from otklik.channels.services.hearing import keep_said
from otklik.channels.services.talking import walk_talks
from otklik.common.models import Municipality

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DRAFT = Draft("7:1", (("1", "Не горит фонарь"),))


def test_it_forgets_what_is_not_needed_any_more(place: Municipality) -> None:
    channel = channel_of_kind(place, "telegram")
    keep_said([Said("7:1", "7", NOW, "start", message="1", person="7", name="Анна", text="/start")], channel)
    walk_talks(place, NOW)
    BotEvent.objects.update(kept_at=NOW)
    talks: list[tuple[str, int, Step]] = [
        ("8", 2, "place"),
        ("9", 4, "place"),
        ("10", 4, "idle"),
        ("11", 1200, "idle"),
    ]
    for chat, age, step in talks:
        state = Talk("idle", NOW.isoformat(), DRAFT, ("9:1",)).at(step, DRAFT).payload()
        at = NOW - timedelta(days=age)
        BotTalk.objects.create(municipality=place, channel=channel, chat=chat, state=state, changed_at=at)
    assert forget_talks(place, NOW, 3) == 2
    left = {row.chat: Talk.from_payload(row.state) for row in BotTalk.objects.all()}
    assert set(left) == {"7", "8", "9", "10"}
    assert (left["8"].draft, left["9"].draft, left["9"].sent) == (DRAFT, Draft(), ("9:1",))
    assert BotEvent.objects.count() == 1
    assert forget_talks(place, NOW + timedelta(days=3650), 30) >= 1
    assert not BotEvent.objects.exists()
