"""Which sites may show the town's form inside their pages: a setting of the channel of the open page."""

import re
from typing import Any
from urllib.parse import urlsplit

from otklik.audit.services import record
from otklik.channels.models import Channel
from otklik.channels.services.channels import channel_of_kind
from otklik.common.errors import Refused
from otklik.common.models import Municipality

KIND = "web_form"
SETTING = "widget_origins"
MOST = 20
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{2,5})?")


def origins_of(municipality: Municipality) -> list[str]:
    """Sites as a policy names them: scheme and host."""
    found = Channel.objects.filter(municipality=municipality, kind=KIND).order_by("position", "id").first()
    return list(found.settings.get(SETTING, [])) if found else []


def set_origins(municipality: Municipality, text: str, by: Any) -> list[str]:
    """Keep the sites typed one a line. Raises Refused for what is not a plain https address."""
    origins = list(dict.fromkeys(_origin(line) for line in text.split()))
    if len(origins) > MOST:
        raise Refused(f"Сайтов больше {MOST}: оставьте те, где форма стоит.")
    channel = channel_of_kind(municipality, KIND)
    channel.settings = {**channel.settings, SETTING: origins}
    channel.save(update_fields=["settings"])
    record(channel, "channels.widget_origins_set", by, municipality, details={"origins": origins})
    return origins


def _origin(line: str) -> str:
    """`https://site.ru` of whatever address of the site was pasted; a name in Cyrillic becomes its ASCII form."""
    split = urlsplit(line if "//" in line else f"https://{line}")
    try:
        place = (split.hostname or "").encode("idna").decode() + (f":{split.port}" if split.port else "")
    except (UnicodeError, ValueError):
        place = ""
    if split.scheme != "https" or not _HOST.fullmatch(place) or "." not in place:
        raise Refused(f"«{line[:60]}» — не адрес сайта: напишите его как https://site.ru.")
    return f"https://{place}"
