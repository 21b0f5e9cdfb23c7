"""The secret by which a messenger is known from a stranger."""

import hmac

from otklik.channels.adapters.source import Stranger


def check_secret(ours: str, given: str) -> None:
    """Raises Stranger; a channel without a secret hears nobody."""
    if not ours or not hmac.compare_digest(ours.encode(), given.encode()):
        raise Stranger
