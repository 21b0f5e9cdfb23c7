"""What every adapter promises."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol

from otklik.channels.models import Outgoing


@dataclass(frozen=True)
class SendResult:
    """`sent` with its proof; `by_hand`: a person must do the rest; `retry`: the way is shut now, `error` in Russian.

    `unknown`: the line broke after the text had left and the network takes a second copy for a second message, so a
    person looks whether it is there.
    `wait` is how long the outer system asked to be left alone; without it the usual delay holds.
    """

    state: Literal["sent", "by_hand", "retry", "unknown"]
    proof: str = ""
    error: str = ""
    wait: timedelta | None = None


class Adapter(Protocol):
    """Delivers one outgoing; called outside a transaction, for a row no one else holds.

    An adapter with `repeats_safely = True` promises that the network drops a second copy of the same outgoing (a
    number of ours, a Message-ID): then a sending cut in the middle is made again by itself. Lines that an
    adapter keeps open between letters are shut by `registry.rest` at the end of a run.
    """

    def send(self, outgoing: Outgoing) -> SendResult: ...
