"""Timers of cases: take in what waits, warn of terms. Each is safe to run twice."""

from django.utils import timezone

from otklik.cases.forget import erase_old
from otklik.cases.services.bots import tell_states
from otklik.cases.services.changes import apply_changes
from otklik.cases.services.files import attach_late_files
from otklik.cases.services.intake import register_many
from otklik.cases.services.updates import apply_updates
from otklik.cases.services.warnings import warn_of_terms
from otklik.charter.selectors import parameter
from otklik.common.everywhere import everywhere, everywhere_in_steps
from otklik.common.models import Municipality
from otklik.common.scope import within

AT_ONCE = 5000
"""Messages of one municipality before the next has its turn."""


def take_in() -> int:
    """Register waiting raw messages of every municipality; returns how many cases were made."""
    return everywhere_in_steps(_take_in)


def answer_bots() -> int:
    """Tell people who asked a bot how their cases stand; returns how many were told."""
    return everywhere(lambda municipality: tell_states(municipality, timezone.now()))


def forget() -> int:
    """Erase personal data whose time of keeping is over; returns how many cases were touched."""
    return everywhere(_forget)


def warn() -> int:
    """Look ahead at the clocks of every municipality; returns how many notices were left."""
    return everywhere(lambda municipality: warn_of_terms(municipality, timezone.now()))


def _take_in(municipality: Municipality) -> int:
    made = register_many(municipality, limit=AT_ONCE)
    with within(municipality.pk):
        apply_updates(municipality, timezone.now())
        apply_changes(municipality, timezone.now())
        attach_late_files(municipality, timezone.now())
    return made


def _forget(municipality: Municipality) -> int:
    years = parameter(municipality, "fz59.storage_years").value
    social = parameter(municipality, "retention.messages_years").value
    return erase_old(
        municipality,
        timezone.now(),
        years if isinstance(years, int) else 5,
        social if isinstance(social, int) else 3,
    )
