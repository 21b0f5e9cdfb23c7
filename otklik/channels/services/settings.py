"""Plain settings of a channel as a person fills them in; lists of words and pages are held to what may be watched."""

from collections.abc import Collection, Mapping
from typing import Any

from otklik.audit.services import record
from otklik.channels.adapters.connector.mapping import read_mapping
from otklik.channels.models import Channel
from otklik.channels.plain_settings import OFFICIAL, settings_of
from otklik.channels.setting_values import fitted
from otklik.channels.wordlists import refusal_of_pages, refusal_of_words
from otklik.common.errors import Refused

WATCHED = ("words", "open_pages")


def save_settings(channel: Channel, values: Mapping[str, Any], by: Any, places: Collection[str] = ()) -> None:
    """Keep the settings; an empty value goes back to the usual one. The journal names what changed, and of lists of
    words and pages what was added and taken away. `places` are names of streets and settlements. Raises Refused."""
    known = {one.key: one for one in settings_of(channel.kind)}
    given = {key: fitted(known[key], value) if key in known else value for key, value in values.items()}
    fresh = {**channel.settings, **given}
    for key in [key for key, value in fresh.items() if value in ("", None, [])]:
        del fresh[key]
    _refuse_watching(channel.kind, fresh, places)
    if "mapping" in fresh:
        read_mapping(str(fresh["mapping"]), "настройка mapping")
    changed = sorted(
        key for key in {*fresh, *channel.settings} if fresh.get(key) != channel.settings.get(key)
    )
    if not changed:
        return
    lists = _list_changes(channel, fresh)
    channel.settings = fresh
    channel.save(update_fields=["settings"])
    record(channel, "channels.settings_changed", by, channel.municipality, details={"changed": changed})
    if lists:
        record(channel, "channels.words_changed", by, channel.municipality, details=lists)


def _refuse_watching(kind: str, values: Mapping[str, Any], places: Collection[str]) -> None:
    official = [
        str(row.get("title", ""))
        for key in OFFICIAL
        for row in values.get(key) or ()
        if isinstance(row, dict)
    ]
    for setting in settings_of(kind):
        listed = [str(one) for one in values.get(setting.key) or ()] if setting.shape in WATCHED else []
        if setting.shape == "words":
            refusal = refusal_of_words(listed, [*official, *places])
        else:
            refusal = refusal_of_pages(listed)
        if refusal:
            raise Refused(refusal)


def _list_changes(channel: Channel, fresh: Mapping[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for setting in settings_of(channel.kind):
        if setting.shape not in WATCHED:
            continue
        before, after = set(channel.settings.get(setting.key) or ()), set(fresh.get(setting.key) or ())
        if before != after:
            changes[setting.key] = {"added": sorted(after - before), "removed": sorted(before - after)}
    return changes
