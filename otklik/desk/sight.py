"""What a screen of figures says of its limits to a person who sees a part of the municipality."""

from otklik.accounts.models import Body
from otklik.analytics.sight import Sight
from otklik.common.models import Municipality
from otklik.topics.models import Block

MOST_NAMES = 3


def say_sight(sight: Sight, municipality: Municipality) -> str:
    """One sentence naming the blocks and bodies; empty where the whole municipality is shown."""
    if sight.is_whole:
        return ""
    blocks = Block.objects.filter(municipality=municipality, key__in=sight.blocks)
    bodies = Body.objects.filter(municipality=municipality, pk__in=sight.bodies).order_by("pk")
    names = [f"«{title}»" for title in (*blocks.values_list("title", flat=True), *map(str, bodies))]
    if not names:
        return "За вами не записан ни блок, ни орган: показывать нечего."
    rest = f" и ещё {len(names) - MOST_NAMES}" if len(names) > MOST_NAMES else ""
    return f"Показана ваша часть: {', '.join(names[:MOST_NAMES])}{rest}. Остальное по вашей роли не видно."
