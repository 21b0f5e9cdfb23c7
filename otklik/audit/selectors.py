"""Reads the journal: by thing, and sentences of its codes gathered from every package's `journal.py`."""

import importlib
from functools import cache
from importlib.util import find_spec

from django.apps import apps
from django.db.models import Model, QuerySet

from otklik.audit.models import JournalEntry
from otklik.common.models import Municipality


@cache
def sentences() -> dict[str, str]:
    """Code -> Russian sentence; each package keeps its own in `journal.WORDS`."""
    found: dict[str, str] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.journal"
        if config.name.startswith("otklik.") and find_spec(name):
            found.update(importlib.import_module(name).WORDS)
    return found


def journal_of(municipality: Municipality) -> QuerySet[JournalEntry]:
    """The municipality's journal, newest first."""
    return JournalEntry.objects.filter(municipality=municipality).select_related("actor").order_by("-number")


def newest_about(kind: str, municipality: Municipality, limit: int = 100) -> list[JournalEntry]:
    """The newest entries about things of a kind («cases.case»), without their reasons: for asking what changed."""
    entries = JournalEntry.objects.filter(municipality=municipality, thing_kind=kind).order_by("-number")
    return list(entries.only("at", "actor_id", "actor_title", "code", "thing_id")[:limit])


def journal_about(thing: Model, municipality: Municipality) -> QuerySet[JournalEntry]:
    """Entries about one thing, newest first."""
    return journal_of(municipality).filter(thing_kind=thing._meta.label_lower, thing_id=str(thing.pk))
