"""From a table to routed cases with all the language work, as `otklik import` does it."""

import csv
import random
import tempfile
import time
from pathlib import Path

from bench.filling import fill
from bench.measuring import Measured, peak_mb
from bench.pool import Town, main_town, sentences
from otklik.cases.services.intake import register_many
from otklik.channels.importing.run import start_run, take_in
from otklik.channels.models import Channel
from otklik.common.models import Municipality
from otklik.common.scope import within

MESSAGES = 10_000
"""A file of a month: the reader beside the worker loads its dictionaries once in it, three seconds of a core."""
COLUMNS = {"text": "Текст", "outer_id": "Номер", "author": "Заявитель", "phone": "Телефон"}


def measure(cases: int) -> Measured:
    """Messages a second beside so many stored cases, and the most memory of the working process.

    A few messages go before the clock: a worker reads its dictionaries and its model once a start.
    """
    fill(cases)
    town = main_town()
    with tempfile.TemporaryDirectory() as folder:
        total = min(cases, MESSAGES)
        _take_in(_written(Path(folder, "first.csv"), town, 20), town)
        file = _written(Path(folder, "messages.csv"), town, total)
        began = time.perf_counter()
        made = _take_in(file, town)
        taken = time.perf_counter() - began
    if made < total:
        raise RuntimeError(f"{made} cases of {total} messages")
    return Measured("intake", cases, per_second=round(made / taken, 1), peak_mb=peak_mb())


def _written(file: Path, town: Municipality, count: int) -> Path:
    """A table of messages with names, telephones and places, no two alike."""
    chance = random.Random(file.name)
    with within(town.pk):
        writer = Town(town, chance, sentences())
    with file.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(COLUMNS.values())
        for number in range(count):
            phone = f"8900{chance.randrange(10**7):07d}"
            text = f"{writer.line('').text} Мой телефон {phone}. Меня зовут Иван Петрович Садовников."
            table.writerow([text, f"{file.stem}-{number}", f"Заявитель {number}", phone])
    return file


def _take_in(file: Path, town: Municipality) -> int:
    """Table to raw messages, raw messages to cases, chunk by chunk; returns how many cases."""
    with within(town.pk), file.open("rb") as stream:
        channel = Channel.objects.filter(municipality=town, kind="api").get()
        run = start_run(stream, file.name, channel, columns=COLUMNS)
    take_in(run)
    return register_many(town, run)
