"""Bots Long Poll of one page: events since the last one, and a word when some of them are lost.

Protocol: dev.vk.com, «Bots Long Poll API». The key of a session opens private messages of the page, so sessions live
in the memory of the worker alone; the number of the last event is the cursor.
"""

from dataclasses import dataclass, field
from typing import Any

from otklik.channels.adapters.source import Unreachable
from otklik.channels.adapters.vk.client import UNSHAPED, Vk
from otklik.channels.adapters.vk.pages import Page, number, pages_of
from otklik.channels.outside import ask, json_of

# Seconds a turn waits for events: a lone page as long as is advised, several in turn hardly at all.
WAIT = 20
SHORT_WAIT = 1
LONGEST_WAIT = 25
OUTDATED, KEY_EXPIRED, ALL_LOST = 1, 2, 3


@dataclass(frozen=True)
class Session:
    """Where to ask, and the number of the newest event when it was opened."""

    server: str
    key: str
    ts: str


@dataclass(frozen=True)
class Polled:
    """Events in order and the number to ask from next. `lost`: what was between must be found by other ways."""

    ts: str
    events: list[Any] = field(default_factory=list)
    lost: bool = False


class LongPoll:
    """Sessions of pages, opened when first asked for and kept until the network ends them."""

    def __init__(self) -> None:
        self._sessions: dict[tuple[int | None, int], Session] = {}

    def poll(self, vk: Vk, page: Page, ts: str) -> Polled:
        """Events after `ts`; with an empty `ts` those from now on. Raises VkError, Unreachable."""
        try:
            return self._poll(vk, page, ts)
        except Unreachable:
            # The network may have moved the server of the session.
            self._sessions.pop((vk.account.channel.pk, page.group_id), None)
            raise

    def _poll(self, vk: Vk, page: Page, ts: str) -> Polled:
        session = self._session(vk, page)
        answer = self._ask(vk, session, ts or session.ts)
        failed = answer.get("failed")
        if failed == KEY_EXPIRED:
            session = self._session(vk, page, anew=True)
            answer = self._ask(vk, session, ts or session.ts)
            failed = answer.get("failed")
        if failed == OUTDATED:
            return Polled(str(answer["ts"]) if "ts" in answer else session.ts, lost=True)
        if failed is not None:
            return Polled(self._session(vk, page, anew=True).ts, lost=True)
        if "ts" not in answer or not isinstance(answer.get("updates"), list):
            raise Unreachable(UNSHAPED)
        return Polled(str(answer["ts"]), answer["updates"])

    def _session(self, vk: Vk, page: Page, anew: bool = False) -> Session:
        place = (vk.account.channel.pk, page.group_id)
        if anew or place not in self._sessions:
            given = vk.as_page(page, "groups.getLongPollServer", group_id=page.group_id)
            if not isinstance(given, dict) or not {"server", "key", "ts"} <= given.keys():
                raise Unreachable(UNSHAPED)
            self._sessions[place] = Session(str(given["server"]), str(given["key"]), str(given["ts"]))
        return self._sessions[place]

    def _ask(self, vk: Vk, session: Session, ts: str) -> dict[str, Any]:
        usual = WAIT if len(pages_of(vk.account)) == 1 else SHORT_WAIT
        wait = min(number(vk.account, "wait", usual), LONGEST_WAIT)
        params = {"act": "a_check", "key": session.key, "ts": ts, "wait": wait}
        answer = json_of(ask(vk.account, "GET", session.server, params=params, timeout=wait + 10))
        if not isinstance(answer, dict):
            raise Unreachable(UNSHAPED)
        return answer
