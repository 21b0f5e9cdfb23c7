"""What every fake service is: a name, routes, what people wrote there and what we posted there."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from aiohttp import web
from aiohttp.typedefs import Handler

from tests.fakes.faults import Faults
from tests.fakes.striking import striking

Found = TypeVar("Found")


@dataclass(frozen=True)
class Posted:
    """What we put out there, as people see it: `place` is a post or a conversation, `answers` the id answered."""

    place: str
    text: str
    answers: str = ""
    identifier: str = ""
    more: dict[str, Any] = field(default_factory=dict)


class Service:
    """Subclasses name themselves and give `routes()`, relative to the service's own address.

    State is plain lists and dictionaries changed by verbs of a test's thread; after a change that a waiting request
    must see, a verb calls `wake()`. A service that is not HTTP opens its sockets in `start` and closes them in `stop`.
    """

    name: ClassVar[str]
    # Keys of answers whose lists the faults `duplicate` and `shuffle` touch.
    lists: ClassVar[frozenset[str]] = frozenset()

    def __init__(self) -> None:
        self.faults = Faults()
        self.posted: list[Posted] = []
        self.calls: list[str] = []
        self.base = ""
        self._moment = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._changed = asyncio.Event()

    def reset(self) -> None:
        """Be empty and well again, for the next test; subclasses empty their own state too."""
        self.faults.clear()
        self.posted.clear()
        self.calls.clear()

    def moment(self) -> int:
        """Now, in ms, and later than ever before: no two things happen in a network at one moment."""
        self._moment = max(int(time.time() * 1000), self._moment + 1)
        return self._moment

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """What the service answers to."""
        return ()

    async def start(self) -> None:
        """Called in the server's loop before the first request."""

    async def stop(self) -> None:
        """Called in the server's loop after the last one."""

    @property
    def url(self) -> str:
        """Where the service is, without a slash at the end."""
        return self.base

    def app(self) -> web.Application:
        """The service as a part of the network, with its faults and its record of calls."""
        app = web.Application(middlewares=[self._recording(), striking(self.faults, self.lists)])
        app.add_routes(self.routes())
        app.on_startup.append(self._begin)
        app.on_cleanup.append(self._end)
        return app

    def wake(self) -> None:
        """Let waiting requests look again; called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring)

    def between_requests(self, deed: Callable[[], object]) -> None:
        """Do it in the server's own thread, so that a word never falls between two halves of an answer."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(deed)

    async def until(self, look: Callable[[], Found | None], seconds: float) -> Found | None:
        """What `look` finds, at once or after a `wake`; None when the time is over."""
        end = asyncio.get_running_loop().time() + seconds
        while True:
            changed, found = self._changed, look()
            left = end - asyncio.get_running_loop().time()
            if found is not None or left <= 0:
                return found
            try:
                await asyncio.wait_for(changed.wait(), left)
            except TimeoutError:
                return look()

    def _ring(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    def _recording(self) -> Any:
        @web.middleware
        async def record(request: web.Request, handler: Handler) -> web.StreamResponse:
            self.calls.append(f"{request.method} {request.path.removeprefix(f'/{self.name}')}")
            return await handler(request)

        return record

    async def _begin(self, _app: web.Application) -> None:
        self._loop = asyncio.get_running_loop()
        await self.start()

    async def _end(self, _app: web.Application) -> None:
        await self.stop()
        self._loop = None
