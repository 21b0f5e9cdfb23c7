"""The garbage collector during long batches of rows, and the start of processes that work on them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import django

RARELY = (100_000, 50, 100)


@contextmanager
def rare_collection() -> Iterator[None]:
    """Let the collector look round rarely: a batch makes thousands of rows that live until they are saved, and
    walking them again and again took a third of the work. What is loaded before the block is not walked at all.

    For the whole process: other threads share it for the while.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
        gc.collect()


def let_go() -> None:
    """Free what a saved part of the batch leaves behind: rows that point at each other are freed by the collector
    alone, and a long file would keep all of them to its end."""
    gc.collect()


def begin_process() -> None:
    """What a process made for a batch does first; it stands here because no model may be imported before it."""
    django.setup()
    gc.freeze()
    gc.set_threshold(*RARELY)
