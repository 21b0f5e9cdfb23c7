"""What the mapping screen shows: the uploaded file kept, its headings, the known layout or a guess for each column."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from otklik.channels.importing.faults import FileFault
from otklik.channels.importing.guess import ColumnGuess, guess_columns
from otklik.channels.importing.headings import Headings
from otklik.channels.importing.presets import recognise
from otklik.channels.importing.run import keep_file
from otklik.channels.importing.tables import look_into
from otklik.channels.selectors import mapping_for
from otklik.common.models import Municipality

_TOKEN = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Preview:
    """`preset` is a known layout's key or empty; `columns` the saved mapping or the guess, field -> heading."""

    token: str
    name: str
    rows: int
    headings: Headings
    preset: str
    columns: dict[str, str]
    is_saved: bool
    guesses: list[ColumnGuess]


def upload(file: BinaryIO, name: str, municipality: Municipality) -> Preview:
    """Keep the file and look into it, inside the municipality's scope. Raises FileFault."""
    return preview(keep_file(file, municipality).name, name, municipality)


def preview(token: str, name: str, municipality: Municipality) -> Preview:
    """Look again into a file kept by `upload`. Raises FileFault."""
    glance = look_into(uploaded(token, municipality), name)
    known = recognise(glance.headings)
    saved = mapping_for(municipality, glance.headings)
    guesses = guess_columns(glance.headings, glance.first)
    guessed = {one.target: one.heading for one in guesses if one.target}
    return Preview(
        token=token,
        name=name,
        rows=max(glance.total - 1, 0),
        headings=glance.headings,
        preset=known.key if known else "",
        columns=dict(saved.columns) if saved else guessed,
        is_saved=saved is not None,
        guesses=guesses,
    )


def uploaded(token: str, municipality: Municipality) -> Path:
    """The kept file of this token: open it and hand it to `start_run`. Raises FileFault."""
    path = Path(settings.MEDIA_ROOT) / municipality.key / "imports" / token
    if not _TOKEN.fullmatch(token) or not path.is_file():
        raise FileFault("Файл не найден: загрузите его снова.")
    return path
