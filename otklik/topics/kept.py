"""Where learnt models are kept on the disk. Loads nothing, so a screen may ask without the learning library."""

from pathlib import Path

from otklik.topics import tree

VERSION = 3
"""Raised when the way of learning changes, so that models kept by older code are not used."""


def common_path(folder: Path) -> Path:
    """The model of the tree's own phrases, under the digest of its data."""
    return folder / f"topics-{VERSION}-{tree.digest()}.joblib"


def own_path(folder: Path, town: str) -> Path:
    """A municipality's own model; a newer tree or way of learning asks to learn anew."""
    return folder / f"own-{town}-{VERSION}-{tree.digest()}.joblib"
