"""Makes a fresh or older database fit this code: tables, rights of the application's role, reference data.

Run as the owner by `otklik setup`; every step may be repeated.
"""

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.management import call_command
from django.utils.module_loading import import_string

from otklik.config import state
from otklik.config.grants import grant_all

# In the order of need: a later one may look up what an earlier one has loaded.
LOADERS = (
    ("положения", "otklik.charter.services.load_charters"),
    ("тематики", "otklik.topics.services.load_topics"),
    ("блоки", "otklik.topics.services.load_blocks"),
    ("места", "otklik.places.services.load_gazetteer"),
    ("календарь", "otklik.deadlines.services.load_calendar"),
    ("каналы", "otklik.channels.services.load_channels"),
    ("автоправила", "otklik.routing.services.load_rules"),
)


def set_up(tell: Callable[[str], None]) -> None:
    """All steps; the digest is written last, so a cut set-up is taken up again by the next command."""
    tell("таблицы")
    call_command("migrate", interactive=False, verbosity=0)
    tell("права ролей")
    state.prepare_table()
    role = application_role()
    if role:
        grant_all(role)
    for words, name in LOADERS:
        load = find(name)
        if load:
            tell(words)
            load()
    state.write("digest", state.digest())


def application_role() -> str | None:
    """The role of DATABASE_URL; None when the application is its tables' owner, which `otklik doctor` reports."""
    role, owner = (unquote(urlsplit(url).username or "") for url in (settings.DATABASE_URL, settings.OWNER_URL))
    return role if role and role != owner else None


def find(name: str) -> Callable[[], object] | None:
    try:
        found: Callable[[], object] = import_string(name)
    except ImportError:
        return None
    return found
