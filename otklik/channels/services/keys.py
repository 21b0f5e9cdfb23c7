"""Keys of outer systems: shown once when made, kept as a hash."""

import hashlib
import secrets
from typing import Any

from django.utils import timezone

from otklik.audit.services import record
from otklik.channels.models import ApiKey, Channel
from otklik.common.errors import Refused

MARK = "otk_"


def make_key(channel: Channel, title: str, by: Any = None) -> tuple[ApiKey, str]:
    """A new key of the channel and its text, which is never shown again."""
    if not title.strip():
        raise Refused("Назовите систему, которой выдаёте ключ.")
    text = f"{MARK}{channel.municipality_id}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        municipality=channel.municipality,
        channel=channel,
        title=title.strip()[:160],
        prefix=text[:12],
        key_hash=_hash(text),
    )
    record(key, "channels.key_made", by, channel.municipality, details={"system": key.title})
    return key, text


def municipality_id_of(text: str) -> int | None:
    """The municipality a key's text names, so that the scope can be set before the key is looked up."""
    number = text.removeprefix(MARK).partition("_")[0]
    return int(number) if text.startswith(MARK) and number.isdecimal() and len(number) < 10 else None


def check_key(text: str) -> ApiKey | None:
    """The living key of this text within the current scope, None otherwise; one query."""
    key = ApiKey.objects.select_related("channel", "municipality").filter(key_hash=_hash(text)).first()
    return key if key and key.revoked_at is None else None


def revoke_key(key: ApiKey, by: Any = None) -> None:
    """End the key at once."""
    if not ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now()):
        raise Refused("Ключ уже отозван.")
    record(key, "channels.key_revoked", by, key.municipality, details={"system": key.title})


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
