"""A file stopped between two portions and let go on: nothing is lost, nothing is doubled."""

import io

import pytest

from otklik.audit.models import JournalEntry
from otklik.channels.importing.run import start_run, take_in
from otklik.channels.importing.stopping import continue_run, stop_run
from otklik.channels.importing.tests.making import MAPPING, as_csv, table
from otklik.channels.models import Channel, ImportRun, RawMessage
from otklik.channels.tasks import take_in_files
from otklik.common.errors import Refused

CONTENT = as_csv([*table(24), ("Т-25", "не дата", "Яма", "новое"), *table(5, first=26)[1:]])


def opened(channel: Channel) -> ImportRun:
    return start_run(io.BytesIO(CONTENT), "т.csv", channel, columns=MAPPING)


def stopped_after_ten(channel: Channel) -> ImportRun:
    """Asked by another process while the second portion is not yet begun."""
    run = opened(channel)
    return take_in(run, lambda done, _: stop_run(ImportRun.objects.get(pk=run.pk), None), portion=10)


def test_it_stops_after_the_portion_and_says_so(file_channel: Channel) -> None:
    run = stopped_after_ten(file_channel)
    run.refresh_from_db()
    assert (run.state, run.done, run.new) == ("stopped", 10, 10)
    assert run.finished_at is not None
    assert take_in_files() == 0
    assert RawMessage.objects.count() == 10


def test_it_goes_on_from_where_it_stopped_and_doubles_nothing(file_channel: Channel) -> None:
    run = stopped_after_ten(file_channel)
    continue_run(run, None)
    assert take_in_files() == 1
    run.refresh_from_db()
    assert (run.state, run.done, run.new, run.failed) == ("done", 30, 29, 1)
    assert (run.reading_from, RawMessage.objects.count()) == (10, 29)
    codes = list(JournalEntry.objects.order_by("pk").values_list("code", flat=True))
    deeds = ["import_started", "import_stopped", "import_continued", "import_done"]
    assert codes == [f"channels.{deed}" for deed in deeds]


def test_it_goes_on_when_the_same_file_is_loaded_again(file_channel: Channel) -> None:
    run = stopped_after_ten(file_channel)
    same = opened(file_channel)
    assert (same.pk, take_in(same).done) == (run.pk, 30)
    assert RawMessage.objects.count() == 29


def test_it_never_begins_when_it_is_stopped_while_it_waits(file_channel: Channel) -> None:
    run = opened(file_channel)
    stop_run(run, None)
    assert (take_in(run).state, RawMessage.objects.count()) == ("stopped", 0)


def test_it_leaves_a_stop_asked_of_a_dead_reader_to_the_worker(file_channel: Channel) -> None:
    run = opened(file_channel)
    ImportRun.objects.filter(pk=run.pk).update(state="stopping")
    take_in_files()
    run.refresh_from_db()
    assert (run.state, run.done) == ("stopped", 0)


def test_it_refuses_to_stop_what_is_over_and_to_continue_what_goes(file_channel: Channel) -> None:
    run = opened(file_channel)
    with pytest.raises(Refused, match="не прервана"):
        continue_run(run, None)
    take_in(run)
    with pytest.raises(Refused, match="уже не идёт"):
        stop_run(run, None)
