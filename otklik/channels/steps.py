"""Named moments between which a process may die; nothing happens at them.

Tests end the process at each one and see that nothing is lost, doubled or answered twice: a new moment is added
here and walked by tests/chaos by itself.
"""

from typing import Final, Literal

Step = Literal[
    "feed claimed",
    "feed fetched",
    "messages kept",
    "before commit",
    "after commit",
    "call kept",
    "call answered",
    "outgoing claimed",
    "outgoing sent",
    "outgoing marked",
    "media claimed",
    "media fetched",
    "media kept",
    "post launched",
    "post settled",
]
READING: Final[tuple[Step, ...]] = (
    "feed claimed",
    "feed fetched",
    "messages kept",
    "before commit",
    "after commit",
)
HEARING: Final[tuple[Step, ...]] = ("call kept", "call answered")
SENDING: Final[tuple[Step, ...]] = ("outgoing claimed", "outgoing sent", "outgoing marked")
MEDIA: Final[tuple[Step, ...]] = ("media claimed", "media fetched", "media kept")
PLACING: Final[tuple[Step, ...]] = ("post launched", "post settled")


def reached(step: Step) -> None:
    """The work has come to this moment."""
