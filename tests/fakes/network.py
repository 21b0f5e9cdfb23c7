"""The fake network: several services behind one server of this machine, each under its own name."""

import asyncio
import socket
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.fakes.service import Service

HOST = "127.0.0.1"


class Network:
    """`with Network(Vk(), Mail()) as network:` — the server runs in a thread until the block ends."""

    def __init__(self, *services: Service, port: int = 0) -> None:
        self.services = {service.name: service for service in services}
        self._socket = _listen(port)
        self.port: int = self._socket.getsockname()[1]
        self.base = f"http://{HOST}:{self.port}"
        for service in services:
            service.base = f"{self.base}/{service.name}"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="fake-network", daemon=True)
        self._ready = threading.Event()
        self._failure: BaseException | None = None

    def url(self, service: str) -> str:
        """The address of a service, without a slash at the end."""
        return self.services[service].url

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        # A long poll is let go when its client leaves, and the end does not wait for those still open.
        runner = web.AppRunner(
            _app(list(self.services.values())), handler_cancellation=True, shutdown_timeout=0, access_log=None
        )
        try:
            self._loop.run_until_complete(runner.setup())
            self._loop.run_until_complete(web.SockSite(runner, self._socket).start())
        except BaseException as error:
            self._failure = error
        self._ready.set()
        if self._failure is None:
            self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()


def _app(services: Sequence[Service]) -> web.Application:
    app = web.Application(client_max_size=64 * 1024**2)
    for service in services:
        app.add_subapp(f"/{service.name}/", service.app())
    return app


def _listen(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((HOST, port))
    return listening
