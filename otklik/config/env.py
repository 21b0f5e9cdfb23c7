"""Three tiny readers of the environment; a secret may also come from the file named by NAME_FILE."""

import os
from pathlib import Path

TRUE = {"1", "true", "yes", "on", "да"}


def text(name: str, default: str = "") -> str:
    """The variable, else the content of the file that NAME_FILE points to, else the default."""
    if name in os.environ:
        return os.environ[name]
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text(encoding="utf-8").strip() if file else default


def flag(name: str, default: bool = False) -> bool:
    """Yes or no; anything that is not a yes is a no."""
    value = text(name)
    return value.strip().lower() in TRUE if value else default


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty items."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
