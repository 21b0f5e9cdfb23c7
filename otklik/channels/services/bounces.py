"""What did not arrive comes back to its outgoing row in words, so that the clerk sees it on the card."""

from collections.abc import Sequence

from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.channels.adapters.source import Bounce
from otklik.channels.models import Channel, Outgoing

MEND = "Исправьте адрес или распечатайте ответ и отправьте письмом."


def take_bounces(bounces: Sequence[Bounce], channel: Channel) -> int:
    """Turn sent rows back into work for a person; a second report of the same letter changes nothing."""
    words = {bounce.proof: bounce.words for bounce in bounces if bounce.proof}
    if not words:
        return 0
    sent = Outgoing.objects.filter(
        municipality_id=channel.municipality_id, proof__in=words, state="sent", sent_at__isnull=False
    )
    taken = 0
    for outgoing in sent.select_related("municipality").order_by("id"):
        error = f"{words[outgoing.proof]} {MEND}"[:400]
        if not Outgoing.objects.filter(pk=outgoing.pk, state="sent").update(state="by_hand", error=error):
            continue
        taken += 1
        record(outgoing, "channels.bounced", None, outgoing.municipality, details={"about": outgoing.about})
        if outgoing.about:
            leave_notice(
                outgoing.municipality,
                f"Письмо не дошло: {outgoing.about}",
                f"/cases/{outgoing.about}/",
                permission="cases.send_answer",
            )
    return taken
