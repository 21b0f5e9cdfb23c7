"""What a fake service is told to do wrong: struck requests are counted, so a test says exactly how often.

A fault strikes before the deed (nothing was done) or after it (done, but the answer is spoilt); the second kind is
how a sending is doubled by a careless client.
"""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "fail", "refuse", "outage", "slow", "half_body", "lose_answer", "wrong_json", "duplicate", "shuffle"
]
BEFORE: frozenset[str] = frozenset({"fail", "outage", "slow"})
STORMY: tuple[Kind, ...] = (
    "fail",
    "refuse",
    "half_body",
    "lose_answer",
    "wrong_json",
    "duplicate",
    "shuffle",
)
REFUSED = 429


@dataclass(frozen=True)
class Fault:
    """One stroke. `status` and `seconds` for those that need them, `text` is the body of a wrong answer."""

    kind: Kind
    status: int = 500
    seconds: float = 0
    text: str = ""

    @property
    def comes_before(self) -> bool:
        """Whether the request is struck before anything is done."""
        return self.kind in BEFORE


@dataclass
class Plan:
    """A fault that waits for requests: `left` strokes (None: until cleared), only where `METHOD /path` holds `only`.

    So many of them (`after`) are served well before the first stroke.
    """

    fault: Fault
    left: int | None
    only: str
    after: int = 0


class Faults:
    """The faults of one service; safe to order from the thread of a test while the server runs in another."""

    def __init__(self) -> None:
        self._plans: list[Plan] = []
        self._lock = threading.Lock()
        self._out = False
        self._storm: Callable[[], Fault | None] | None = None
        self.struck: list[str] = []

    def fail(self, status: int = 500, times: int | None = 1, only: str = "") -> None:
        """Answer with this status and a page of a gateway; nothing is done."""
        self._order(Fault("fail", status=status), times, only)

    def retry_after(self, seconds: float, times: int | None = 1, only: str = "") -> None:
        """Answer 429 with Retry-After; nothing is done."""
        self._order(Fault("fail", status=REFUSED, seconds=seconds), times, only)

    def slow(self, seconds: float, times: int | None = 1, only: str = "") -> None:
        """Think for so long before the deed."""
        self._order(Fault("slow", seconds=seconds), times, only)

    def half_body(self, times: int | None = 1, only: str = "") -> None:
        """Do it, send half of the promised body, drop the line."""
        self._order(Fault("half_body"), times, only)

    def lose_answer(self, times: int | None = 1, only: str = "", after: int = 0) -> None:
        """Do it and drop the line without a word."""
        self._order(Fault("lose_answer"), times, only, after)

    def wrong_json(self, times: int | None = 1, only: str = "", text: str = '{"strange": [') -> None:
        """Do it and answer 200 with this text instead."""
        self._order(Fault("wrong_json", text=text), times, only)

    def duplicate(self, times: int | None = 1, only: str = "") -> None:
        """Give every item of the service's lists twice."""
        self._order(Fault("duplicate"), times, only)

    def shuffle(self, times: int | None = 1, only: str = "") -> None:
        """Give the service's lists in the wrong order."""
        self._order(Fault("shuffle"), times, only)

    def outage(self, on: bool = True) -> None:
        """Drop every line before anything is done, until switched off."""
        self._out = on

    def storm(self, share: float, seed: int = 1) -> None:
        """Strike this share of all requests with faults of every kind, the same ones for the same seed."""
        chance = random.Random(seed)

        def fault() -> Fault | None:
            return _random_fault(chance) if chance.random() < share else None

        self._storm = fault

    def clear(self) -> None:
        """Be well again; what was struck stays on record."""
        with self._lock:
            self._plans.clear()
            self._out, self._storm = False, None

    def take(self, request: str) -> Fault | None:
        """The fault of this request, the eldest order first; None when it is served well."""
        with self._lock:
            fault = self._due(request)
            if fault is not None:
                self.struck.append(fault.kind)
            return fault

    def _due(self, request: str) -> Fault | None:
        if self._out:
            return Fault("outage")
        for plan in self._plans:
            if plan.only not in request or plan.left == 0:
                continue
            plan.after -= 1
            if plan.after < 0:
                plan.left = None if plan.left is None else plan.left - 1
                return plan.fault
        return self._storm() if self._storm else None

    def _order(self, fault: Fault, times: int | None, only: str, after: int = 0) -> None:
        with self._lock:
            self._plans.append(Plan(fault, times, only, after))


def _random_fault(chance: random.Random) -> Fault:
    kind = chance.choice(STORMY)
    if kind == "refuse":
        return Fault("fail", status=REFUSED, seconds=1)
    return Fault(kind, status=chance.choice((500, 502, 503)), text='{"strange": [')
