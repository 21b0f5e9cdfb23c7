"""A call centre that tells of its calls, signed as it must be."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from otklik.channels.models import Feed

SECRET = "line-secret"


def ring(client: Client, feed: Feed, data: Any, when: datetime | None = None, secret: str = SECRET) -> Any:
    """Tell of a call at this moment; bytes are sent as they are."""
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    stamp = str(int((when or datetime.now(UTC)).timestamp()))
    sign = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    address = f"/hooks/{feed.municipality.key}/{feed.channel.key}/"
    headers = {"X-Timestamp": stamp, "X-Signature": f"sha256={sign}"}
    return client.post(address, body, content_type="application/json", headers=headers)
