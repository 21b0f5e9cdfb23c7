"""`python -m tests.fakes.live --port 8090 --desk http://127.0.0.1:8000/ --town …`: the network of `otklik demo --live`.

Telegram, MAX and ВКонтакте behind one port of this machine, with a page where a visitor writes as a resident.
"""

import argparse
import signal
import sys
import time
from collections.abc import Sequence

from tests.fakes.max import Max
from tests.fakes.network import Network
from tests.fakes.service import Service
from tests.fakes.telegram import Telegram
from tests.fakes.visit import Visit
from tests.fakes.visit.rooms import BotRoom, Room, WallRoom
from tests.fakes.vk import Vk

NAMES = ("telegram", "max", "vk")
EPOCH = 1_767_225_600
"""2026: since then numbers of the show count seconds."""


def begin(
    point: tuple[float, float], now: float, names: Sequence[str] = NAMES
) -> tuple[list[Service], list[Room]]:
    """The messengers and their rooms. A town keeps each number once for ever, so a later show begins with greater ones:
    else what is written in it would be taken for a repeat."""
    telegram, messenger, vk = Telegram(), Max(), Vk()
    for one in (telegram, messenger, vk):
        one.numbers_from(int(now) - EPOCH)
    rooms: list[Room] = [
        BotRoom("telegram", "Telegram", telegram, point),
        BotRoom("max", "MAX", messenger, point),
        WallRoom(vk),
    ]
    return [telegram, messenger, vk], [room for room in rooms if room.key in names]


def main() -> None:
    """Serve until told to stop; prints one line when the page can be opened."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.live", description=__doc__)
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--desk", default="http://127.0.0.1:8000/")
    parser.add_argument("--town", default="Город")
    parser.add_argument("--point", default="58.3877,33.9162", help="latitude,longitude of the town")
    parser.add_argument("--rooms", default=",".join(NAMES), help="networks the town is connected to")
    given = parser.parse_args()
    lat, _, lon = given.point.partition(",")
    point = float(lat), float(lon)
    services, rooms = begin(point, time.time(), given.rooms.split(","))
    # A signal that comes before the wait is kept for it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    with Network(*services, Visit(rooms, given.desk, given.town), port=given.port) as network:
        sys.stdout.write(f"{network.url('visit')}/\n")
        sys.stdout.flush()
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main()
