"""Turns of speech of `phrases.toml` as compiled patterns. Called by the other files of this package."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8"))


@cache
def phrases(section: str) -> re.Pattern[str]:
    """Any turn of the section as whole words; the text must be in small letters with е for ё."""
    return re.compile(r"(?<!\w)(?:" + "|".join(_file()[section]) + r")(?!\w)")


def says(section: str, text: str) -> bool:
    """Whether the text has a turn of the section."""
    return phrases(section).search(text) is not None


@cache
def words(section: str) -> frozenset[str]:
    """A list of dictionary forms of the file."""
    return frozenset(str(_file()["words"][section]).split())
