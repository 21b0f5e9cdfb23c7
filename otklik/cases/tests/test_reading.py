"""Reading in processes beside: the same answers as here, in the order asked, whatever happens to a process."""

from collections.abc import Iterator
from multiprocessing import active_children

import pytest

from otklik.cases.services.reading import LONG, Reader, ReaderAhead, Told, reader_of
from otklik.places.gazetteer import Gazetteer, SettlementFact, StreetFact

GAZETTEER = Gazetteer(
    "borovichi", (SettlementFact("Боровичи", "г", is_centre=True),), (StreetFact("Боровичи", "Гагарина"),)
)
TEXTS = [f"На улице Гагарина у дома {house} яма, телефон 8 900 123-45-{house:02}." for house in range(1, 71)]


def _plain(told: Told) -> tuple[object, ...]:
    """Without the sureness: its last digits depend on which texts were read together."""
    return told.reading, told.place, told.text_key, told.bands, told.suggestion.topic_key


@pytest.fixture(scope="module")
def ahead() -> Iterator[ReaderAhead]:
    with ReaderAhead(GAZETTEER) as reader:
        yield reader


def test_it_tells_the_same_as_reading_here(ahead: ReaderAhead) -> None:
    ahead.expect(TEXTS)
    asked = [*reversed(TEXTS), TEXTS[0]]
    there, here = ahead.read(asked), Reader(GAZETTEER).read(asked)
    assert [_plain(one) for one in there] == [_plain(one) for one in here]


def test_it_reads_texts_nobody_expected(ahead: ReaderAhead) -> None:
    assert ahead.read(["Спасибо за ремонт."])[0].reading.kind.value == "thanks"
    assert ahead.read([]) == []


def test_it_reads_here_what_a_killed_process_left() -> None:
    with ReaderAhead(GAZETTEER) as reader:
        reader.expect(TEXTS)
        for process in active_children():
            process.kill()
        reader.expect(["Ещё одна яма на улице Гагарина."])
        told = reader.read([*TEXTS, "Ещё одна яма на улице Гагарина."])
    assert [one.place.house for one in told[:-1]] == [str(house) for house in range(1, 71)]


def test_it_starts_no_process_for_a_few_messages() -> None:
    with reader_of(GAZETTEER, LONG - 1) as reader:
        assert type(reader) is Reader
