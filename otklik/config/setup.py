"""Makes a fresh or older database fit this code: tables, rights of the application's role, reference data.

Run as the owner by `otklik setup`; every step may be repeated.
"""

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from otklik.accounts.services import load_people
from otklik.analytics.criteria.services import load_criteria
from otklik.cases.services.templates import load_answer_templates
from otklik.channels.services import load_channels
from otklik.charter.files import preset_folders
from otklik.charter.schema import Charter
from otklik.charter.selectors import charter_of
from otklik.charter.services import load_charter
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.config import state
from otklik.config.first_tables import make_first_tables
from otklik.config.grants import grant_all
from otklik.deadlines.services import load_calendar
from otklik.places.services import load_gazetteer
from otklik.routing.services import load_rules
from otklik.topics.services import load_blocks, load_topics

# In the order of need: a later one may look up what an earlier one has loaded.
TOWN_LOADERS: tuple[Callable[[Charter, Municipality], object], ...] = (
    load_people,
    load_blocks,
    load_gazetteer,
    load_channels,
    load_rules,
    load_criteria,
    load_answer_templates,
)
ONE_AT_A_TIME = 7_160_120


def set_up(tell: Callable[[str], None]) -> None:
    """All steps; the digest is written last, so a cut set-up is taken up again by the next command.

    Two commands at once wait for each other: the second finds everything done and repeats it cheaply.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
    tell("таблицы")
    make_first_tables()
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
    tell("тематики и календарь")
    load_topics()
    load_calendar()
    for key, folder in preset_folders().items():
        tell(f"положение {key}")
        with transaction.atomic():
            municipality = load_charter(folder).municipality
            with within(municipality.id):
                charter = charter_of(municipality)
                for load in TOWN_LOADERS:
                    load(charter, municipality)


def application_role() -> str | None:
    """The role of DATABASE_URL; None when the application owns its tables, which `otklik doctor` reports."""
    role, owner = (
        unquote(urlsplit(url).username or "") for url in (settings.DATABASE_URL, settings.OWNER_URL)
    )
    return role if role and role != owner else None
