"""Rows that follow a file: what the charter, the topic tree or the gazetteer says, kept by few statements."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Model

T = TypeVar("T", bound=Model)


def keep_rows(
    model: type[T], wanted: Mapping[Any, Mapping[str, Any]], by: Sequence[str] = ("key",), **owner: Any
) -> dict[Any, T]:
    """Make rows that are missing, change those that say otherwise; three statements whatever their number.

    `wanted` maps the value of `by` (a tuple where `by` names several fields) to the other fields; a field that is not
    named keeps what it has. Links are named by their `_id`. Rows of the owner that nobody wants stay as they are.
    """
    rows = model._default_manager.filter(**owner)
    known = {_key_of(row, by): row for row in rows}
    fresh: list[T] = []
    changed: list[T] = []
    fields: set[str] = set()
    for key, values in wanted.items():
        row = known.get(key)
        if row is None:
            named = dict(zip(by, key if len(by) > 1 else (key,), strict=True))
            fresh.append(model(**owner, **named, **values))
            continue
        other = {name: value for name, value in values.items() if getattr(row, name) != value}
        if other:
            for name, value in other.items():
                setattr(row, name, value)
            changed.append(row)
            fields.update(other)
    made = model._default_manager.bulk_create(fresh)
    if changed:
        model._default_manager.bulk_update(changed, sorted(fields))
    known.update((_key_of(row, by), row) for row in made)
    return {key: known[key] for key in wanted}


def _key_of(row: Model, by: Sequence[str]) -> Any:
    values = tuple(getattr(row, name) for name in by)
    return values if len(by) > 1 else values[0]
