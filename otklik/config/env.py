"""Tiny readers of the environment; a secret may also come from the file named by NAME_FILE."""

import os
from pathlib import Path

from otklik.config.trouble import Trouble

TRUE = {"1", "true", "yes", "on", "да"}


def text(name: str, default: str = "") -> str:
    """The variable, else the content of the file that NAME_FILE points to, else the default."""
    if name in os.environ:
        return os.environ[name]
    file = os.environ.get(f"{name}_FILE")
    if not file:
        return default
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(
            f"Файл {file}, названный в {name}_FILE, не читается: проверьте путь и права."
        ) from error


def number(name: str, default: int) -> int:
    """A whole number. Raises Trouble for anything else."""
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError as error:
        raise Trouble(f"{name}={value} — не число: назначьте целое, например {default}.") from error


def flag(name: str, default: bool = False) -> bool:
    """Yes or no; anything that is not a yes is a no."""
    value = text(name)
    return value.strip().lower() in TRUE if value else default


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty items."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
