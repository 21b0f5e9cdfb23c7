"""`python -m tests.fakes [--port 8090] [vk mail …]`: the fake network alone, until Ctrl-C; prints the addresses."""

import argparse
import signal
import sys

from tests.fakes.catalogue import SERVICES, make
from tests.fakes.network import Network

STOP = {signal.SIGINT, signal.SIGTERM}


def main() -> None:
    """Serve the named services, all of them when none is named."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="service", help=", ".join(SERVICES))
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args()
    # Before the server's thread is made, so that no thread is stopped in the middle of an answer.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP)
    with Network(*(make(name) for name in given.names or SERVICES), port=given.port) as network:
        for name in network.services:
            sys.stdout.write(f"{name} {network.url(name)}\n")
        sys.stdout.flush()
        signal.sigwait(STOP)


if __name__ == "__main__":
    main()
