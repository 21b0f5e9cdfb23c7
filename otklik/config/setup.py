"""Makes a fresh or older database fit this code: tables, rights of the application's role, reference data.

Run as the owner by `otklik setup`; every step may be repeated.
"""

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.management import call_command
from django.utils.module_loading import import_string

from otklik.charter.files import preset_folders
from otklik.charter.selectors import charter_of
from otklik.charter.services import load_charter
from otklik.common.scope import within
from otklik.config import state
from otklik.config.grants import grant_all

# In the order of need: a later one may look up what an earlier one has loaded. The first list serves every
# municipality at once, the second is called with a charter and its municipality.
COMMON_LOADERS = (
    ("тематики", "otklik.topics.services.load_topics"),
    ("календарь", "otklik.deadlines.services.load_calendar"),
)
TOWN_LOADERS = (
    "otklik.accounts.services.load_people",
    "otklik.topics.services.load_blocks",
    "otklik.places.services.load_gazetteer",
    "otklik.channels.services.load_channels",
    "otklik.routing.services.load_rules",
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
    load_reference_data(tell)
    state.write("digest", state.digest())


def load_reference_data(tell: Callable[[str], None]) -> None:
    """Topics, calendar and every preset with what its charter names; unchanged files change nothing."""
    for words, name in COMMON_LOADERS:
        load = _find(name)
        if load:
            tell(words)
            load()
    for key, folder in preset_folders().items():
        tell(f"положение {key}")
        municipality = load_charter(folder).municipality
        with within(municipality.id):
            charter = charter_of(municipality)
            for name in TOWN_LOADERS:
                load = _find(name)
                if load:
                    load(charter, municipality)


def application_role() -> str | None:
    """The role of DATABASE_URL; None when the application owns its tables, which `otklik doctor` reports."""
    role, owner = (
        unquote(urlsplit(url).username or "") for url in (settings.DATABASE_URL, settings.OWNER_URL)
    )
    return role if role and role != owner else None


def _find(name: str) -> Callable[..., object] | None:
    try:
        found: Callable[..., object] = import_string(name)
    except ImportError:
        return None
    return found
