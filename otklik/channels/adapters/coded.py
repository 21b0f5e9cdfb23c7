"""Networks that refuse by numbered codes (VK, OK): what a code means for the desk, and how an answer to them ends."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.outer.adapter import OuterAdapter
from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.models import Outgoing
from otklik.channels.services.accounts import account_of
from otklik.common.errors import Refused
from otklik.common.scope import within

SOON = timedelta(seconds=30)
LATER = timedelta(minutes=10)
MENDED = timedelta(minutes=15)
TOMORROW = timedelta(hours=6)


@dataclass(frozen=True)
class Meaning:
    """What a code means. `by_hand`: trying again is of no use, a person does the rest; else try after `wait`."""

    words: str
    wait: timedelta = SOON
    by_hand: bool = False


class CodedError(Exception):
    """The network refused a call; `meaning` says it in Russian."""

    def __init__(self, network: str, code: int, method: str, meaning: Meaning) -> None:
        self.code = code
        self.meaning = meaning
        super().__init__(f"{network} {code} on {method}")


def send_by(outgoing: Outgoing, pages: str, send: Callable[[Account, Outgoing], SendResult]) -> SendResult:
    """Send by the opened account; a channel whose setting `pages` is empty is not connected: a person places it."""
    if not outgoing.channel.settings.get(pages):
        return OuterAdapter().send(outgoing)
    try:
        with within(outgoing.municipality_id):
            account = account_of(outgoing.channel)
        return send(account, outgoing)
    except CodedError as error:
        told = error.meaning
        return SendResult("by_hand" if told.by_hand else "retry", error=told.words, wait=told.wait)
    except Unreachable as shut:
        return SendResult("retry", error=shut.words, wait=shut.wait)
    except Refused as refused:
        return SendResult("retry", error=str(refused))


def words_of(error: CodedError | Unreachable) -> tuple[str, timedelta | None]:
    """What to say of the failure and how long to wait; a shut way may not know how long."""
    said = error.meaning if isinstance(error, CodedError) else error
    return said.words, said.wait
