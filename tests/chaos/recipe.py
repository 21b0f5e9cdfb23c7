"""Builds the toy channel from the code that stands in docs/recipes/add-a-channel.md, word for word."""

import re
from pathlib import Path

import otklik.channels.adapters as adapters

RECIPE = Path(__file__).parents[2] / "docs" / "recipes" / "add-a-channel.md"
PACKAGE = "otklik/channels/adapters/"
FILE = re.compile(r"^```python (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINE = re.compile(r'^```text (SOURCES|ADAPTERS)\n"(\w+)": (?:"([\w.]+)"|(\w+)\(\)),\n```$', re.MULTILINE)


def write_folder(into: Path) -> list[Path]:
    """Every file of the recipe under `into`, as its path says, made importable; gives their paths."""
    written = []
    for path, code in FILE.findall(RECIPE.read_text(encoding="utf-8")):
        assert path.startswith(PACKAGE)
        file = into / path
        file.parent.mkdir(parents=True, exist_ok=True)
        (file.parent / "__init__.py").touch()
        file.write_text(code, encoding="utf-8")
        written.append(file)
    folder = str(into / PACKAGE)
    if folder not in adapters.__path__:
        adapters.__path__.append(folder)
    return written


def lines() -> dict[str, tuple[str, str]]:
    """The two lines of the recipe: which register -> (kind, what stands there)."""
    found = LINE.findall(RECIPE.read_text(encoding="utf-8"))
    return {register: (kind, path or name) for register, kind, path, name in found}
