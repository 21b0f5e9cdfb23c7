"""Processes that answer pages know the adapter and the listener, but never load aiogram."""

import ast
from pathlib import Path

import pytest

from otklik.channels.adapters import telegram

FOLDER = Path(telegram.__file__).parent
HEAVY = {"aiogram", "aiohttp"}
BEHIND = {"otklik.channels.adapters.telegram.client", "otklik.channels.adapters.telegram.source"}


@pytest.mark.parametrize("name", ["adapter", "listener", "reading"])
def test_it_loads_its_library_only_when_it_speaks(name: str) -> None:
    tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    named = {node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)}
    named |= {one.name for node in tree.body if isinstance(node, ast.Import) for one in node.names}
    assert not {one for one in named if one.partition(".")[0] in HEAVY or one in BEHIND}
