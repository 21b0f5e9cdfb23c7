"""What must leave: rows saved together with the deed, delivered later by `channels.tasks.send_waiting`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from otklik.audit.services import record
from otklik.channels.models import Channel, Outgoing, StoredFile
from otklik.common.errors import Refused


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
    """The one row for this key: a second call with the same key gives the first row and changes nothing.

    `way` is "comment" (public, under the post), "message" (to the author alone), "page" (a post of our own, `recipient`
    is the page as the network calls it) or "" where a channel has one way.
    """
    outgoing, created = Outgoing.objects.get_or_create(
        municipality=channel.municipality,
        key=key,
        defaults={
            "channel": channel,
            "kind": kind,
            "about": about,
            "recipient": recipient,
            "subject": subject,
            "body": body,
            "reply_to": reply_to,
            "way": way,
            "next_try_at": now or timezone.now(),
        },
    )
    if created and files:
        outgoing.files.set(files)
    return outgoing


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
