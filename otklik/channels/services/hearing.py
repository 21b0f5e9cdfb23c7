"""What bots heard is kept at once, in the transaction of the cursor; its steps are made later by `services.talking`."""

from collections.abc import Sequence

from otklik.channels.adapters.dialogue.said import Said
from otklik.channels.models import BotEvent, Channel


def keep_said(saids: Sequence[Said], channel: Channel) -> None:
    """A row for each thing said, once however often it is told."""
    BotEvent.objects.bulk_create(
        [
            BotEvent(
                municipality_id=channel.municipality_id,
                channel=channel,
                outer_id=one.outer_id[:200],
                chat=one.chat[:80],
                at=one.at,
                order=one.order,
                content=one.payload(),
            )
            for one in saids
        ],
        ignore_conflicts=True,
    )
