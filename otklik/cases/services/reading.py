"""The language work of messages: in this process, or for a long batch in processes beside it.

Only texts go out and only readings come back: the processes that read know no database. While one chunk is
being saved the next is being read, so a file keeps all processors busy.
"""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from otklik.cases.twins import bands, text_key
from otklik.common.memory import begin_process
from otklik.language.embeddings import embed
from otklik.language.reading import Reading, read_many
from otklik.places.gazetteer import Gazetteer
from otklik.places.rules import FoundPlace, find_place
from otklik.topics.rules import Suggestion
from otklik.topics.services import suggest_topics, warm

LONG = 600
"""Fewer messages are read sooner than a second process has loaded its dictionaries."""
PIECE = 50


_gazetteers: dict[str, Gazetteer] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that can be said of one text without a database; the key and the bands look twins up."""

    reading: Reading
    suggestion: Suggestion
    place: FoundPlace
    text_key: str
    bands: list[int]


def tell(texts: Sequence[str], gazetteer: Gazetteer) -> list[Told]:
    """Read the texts, in their order; the topics are suggested to them all at once."""
    if not texts:
        return []
    gazetteer = _known(gazetteer)
    readings = read_many(texts)
    masked = [reading.masked for reading in readings]
    suggestions = suggest_topics(masked, embed(masked), gazetteer.municipality)
    return [
        Told(
            reading,
            suggestion,
            find_place(text, gazetteer),
            text_key(reading.masked),
            bands(reading.masked),
        )
        for text, reading, suggestion in zip(texts, readings, suggestions, strict=True)
    ]


def _known(gazetteer: Gazetteer) -> Gazetteer:
    """The equal one of an earlier call, whose indexes are built already: every piece brings a copy."""
    kept = _gazetteers.get(gazetteer.municipality)
    if kept != gazetteer:
        kept = _gazetteers[gazetteer.municipality] = gazetteer
    return kept


class Reader:
    """Reads in this process, at the moment it is asked."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def expect(self, texts: Sequence[str]) -> None:
        """These texts will be asked soon."""

    def read(self, texts: Sequence[str]) -> list[Told]:
        """What language says of each text, in their order."""
        return tell(texts, self.gazetteer)


class _Piece:
    """Some texts and what is told of them: nothing yet, soon by a process, or here."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.sent: Future[list[Told]] | None = None
        self.told: list[Told] | None = None

    @property
    def is_begun(self) -> bool:
        return self.told is not None or self.sent is not None


class ReaderAhead(Reader):
    """Reads expected texts in processes of its own; while it would wait for them it reads itself.

    Pieces are handed out few at a time, from the first: what no process has begun can be read here, and a
    killed process takes no more than its own piece with it.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        super().__init__(gazetteer)
        self._processes = max(1, len(os.sched_getaffinity(0)) - 1)
        self._pool = ProcessPoolExecutor(self._processes, get_context("spawn"), initializer=begin_process)
        self._pieces: dict[str, _Piece] = {}
        self._waiting: deque[_Piece] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._waiting.clear()
        self._pool.shutdown(cancel_futures=True)

    def expect(self, texts: Sequence[str]) -> None:
        idle = not self._waiting
        fresh = [text for text in dict.fromkeys(texts) if text not in self._pieces]
        for at in range(0, len(fresh), PIECE):
            piece = _Piece(fresh[at : at + PIECE])
            self._pieces |= dict.fromkeys(piece.texts, piece)
            self._waiting.append(piece)
        if idle:
            for _ in range(self._processes + 1):
                self._hand_out()

    def _hand_out(self, _: object = None) -> None:
        """Send the first waiting piece; called again, by the pool's own thread, when a piece is done."""
        try:
            piece = self._waiting.popleft()
        except IndexError:
            return
        try:
            piece.sent = self._pool.submit(tell, piece.texts, self.gazetteer)
        except RuntimeError:  # the pool is broken or closed
            self._waiting.appendleft(piece)
            return
        piece.sent.add_done_callback(self._hand_out)

    def read(self, texts: Sequence[str]) -> list[Told]:
        self.expect(texts)
        pieces = list(dict.fromkeys(self._pieces[text] for text in texts))
        while piece := self._not_begun(pieces):
            piece.told = super().read(piece.texts)
        told = {
            text: one for piece in pieces for text, one in zip(piece.texts, self._result(piece), strict=True)
        }
        for text in told:
            self._pieces.pop(text, None)
        return [told[text] for text in texts]

    def _not_begun(self, pieces: list[_Piece]) -> _Piece | None:
        """One of these that no process has begun, taken from those that wait."""
        for piece in pieces:
            if not piece.is_begun:
                with suppress(ValueError):  # a process has just begun with it
                    self._waiting.remove(piece)
                    return piece
        return None

    def _result(self, piece: _Piece) -> list[Told]:
        if piece.told is not None:
            return piece.told
        try:
            return piece.sent.result() if piece.sent else super().read(piece.texts)
        except BrokenProcessPool:
            return super().read(piece.texts)


@contextmanager
def reader_of(gazetteer: Gazetteer, messages: int) -> Iterator[Reader]:
    """The reader that suits so many messages; its processes end with the block."""
    if messages < LONG:
        yield Reader(gazetteer)
        return
    # On the very first use the model is learnt, half a minute: once here, not again in each process.
    warm()
    with ReaderAhead(gazetteer) as reader:
        yield reader
