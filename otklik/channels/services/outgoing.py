"""What must leave: rows saved together with the deed, delivered later by `channels.tasks.send_waiting`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from otklik.audit.services import record
from otklik.channels.models import Channel, Outgoing, StoredFile
from otklik.common.errors import Refused


@dataclass(frozen=True)
class Waiting:
    """What is to leave, before it has a row. `way` is "comment" (public, under the post), "message" (to the author
    alone), "page" (a post of our own, `recipient` is the page as the network calls it) or "" where a channel has one
    way. `now` is the earliest moment of the first try.
    """

    channel: Channel
    kind: str
    about: str
    recipient: str
    subject: str
    body: str
    key: str
    reply_to: str
    now: datetime
    way: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """Columns of the row beside those it is known by."""
        return {
            "channel": self.channel,
            "kind": self.kind,
            "about": self.about,
            "recipient": self.recipient,
            "subject": self.subject,
            "body": self.body,
            "reply_to": self.reply_to,
            "way": self.way,
            "next_try_at": self.now,
        }


def keep_outgoing(one: Waiting, files: Sequence[StoredFile] = ()) -> Outgoing:
    """The one row for this key: a second call with the same key gives the first row and changes nothing."""
    outgoing, created = Outgoing.objects.get_or_create(
        municipality_id=one.channel.municipality_id, key=one.key, defaults=one.fields
    )
    if created and files:
        outgoing.files.set(files)
    return outgoing


def keep_many_outgoing(waiting: Iterable[Waiting]) -> None:
    """Rows for many at once; one whose key is there already changes nothing."""
    rows = [
        Outgoing(municipality_id=one.channel.municipality_id, key=one.key, **one.fields) for one in waiting
    ]
    Outgoing.objects.bulk_create(rows, ignore_conflicts=True)


def make_outgoing(
    channel: Channel,
    kind: str,
    about: str,
    recipient: str,
    subject: str,
    body: str,
    key: str,
    files: Sequence[StoredFile] = (),
    reply_to: str = "",
    now: datetime | None = None,
    way: str = "",
) -> Outgoing:
    """`keep_outgoing` of what these words say."""
    at = now or timezone.now()
    return keep_outgoing(
        Waiting(channel, kind, about, recipient, subject, body, key, reply_to, at, way), files
    )


def mark_placed(outgoing: Outgoing, proof: str, by: Any, now: datetime) -> None:
    """A person placed or handed it over: `proof` is a link, a mail number, a signature for receipt. Raises Refused."""
    if not proof.strip():
        raise Refused("Укажите, где размещено или как вручено: ссылку, номер отправления или роспись.")
    changed = Outgoing.objects.filter(pk=outgoing.pk, state__in=["waiting", "by_hand", "dead"]).update(
        state="sent", sent_at=now, proof=proof.strip()[:500], error=""
    )
    if not changed:
        raise Refused("Это уже отправлено: обновите страницу.")
    outgoing.refresh_from_db()
    record(outgoing, "channels.placed", by, outgoing.municipality, details={"about": outgoing.about})


def send_again(outgoing: Outgoing, by: Any, now: datetime) -> None:
    """Start deliveries anew after the reason of the failure is mended. Raises Refused."""
    changed = Outgoing.objects.filter(pk=outgoing.pk, state="dead").update(
        state="waiting", tries=0, next_try_at=now, error=""
    )
    if not changed:
        raise Refused("Снова отправить можно только то, что не ушло: обновите страницу.")
    outgoing.refresh_from_db()
    record(outgoing, "channels.sent_again", by, outgoing.municipality, details={"about": outgoing.about})


def take_back(outgoing: Outgoing) -> bool:
    """Forget a row nothing of which can have left yet; False when it is being sent or was tried: then it stays."""
    waiting = Outgoing.objects.select_for_update().filter(pk=outgoing.pk, state="waiting", tries=0)
    return bool(waiting.exists() and waiting.delete()[0])


def set_aside(outgoing: Outgoing, why: str) -> bool:
    """Keep from sending what waits between two tries; `resume` lets it go on. False while it is being sent."""
    waiting = Outgoing.objects.filter(pk=outgoing.pk, state="waiting")
    return bool(waiting.update(state="by_hand", error=why[:400]))


def resume(outgoing: Outgoing, at: datetime) -> None:
    """Go on sending what was set aside, from this moment; its tries and its key stay, so no copy arises."""
    Outgoing.objects.filter(pk=outgoing.pk, state="by_hand").update(state="waiting", error="", next_try_at=at)
