"""What of the facts a person may see: the whole municipality, or what stands in the own blocks and bodies."""

from dataclasses import dataclass

from otklik.accounts.selectors import Rights, body_ids_under
from otklik.common.models import Municipality

LIMITS = frozenset({"cases.view_block", "cases.view_body"})


@dataclass(frozen=True)
class Sight:
    """A condition of `selectors.sums` under the name `sight`: any of these blocks or bodies, or everything."""

    is_whole: bool = True
    blocks: frozenset[str] = frozenset()
    bodies: frozenset[int] = frozenset()

    @property
    def cuts(self) -> tuple[str, ...]:
        """Dimensions a table must keep to answer."""
        if self.is_whole:
            return ()
        return tuple(name for name, keys in (("block", self.blocks), ("body", self.bodies)) if keys)


WHOLE = Sight()


def sight_of(rights: Rights, municipality: Municipality) -> Sight:
    """The same limits as of cards (`cases.selectors.visible_to`); who sees no cards at all sees figures of the whole.

    A card lent to another body stands in the facts under the body that answers for it.
    """
    limits = rights.permissions & LIMITS
    if "cases.view" in rights.permissions or not limits:
        return WHOLE
    blocks = rights.block_keys if "cases.view_block" in limits else frozenset()
    own = rights.body_ids if "cases.view_body" in limits else frozenset()
    return Sight(False, blocks, frozenset(body_ids_under(own, municipality)) if own else frozenset())
