"""The folder of a municipality's own presets, named by the setting OTKLIK_PRESETS.

Read before every command, so it loads no libraries. A mistyped path must not quietly leave a town without its charter.
"""

import os
from pathlib import Path

from otklik.common.errors import Refused

SETTING = "OTKLIK_PRESETS"


def extra_folder() -> Path | None:
    """The folder; None when the setting is empty. Raises Refused when it holds no folder with a `charter.toml`."""
    named = os.environ.get(SETTING)
    if not named:
        return None
    folder = Path(named)
    try:
        if not folder.is_dir():
            raise Refused(f"Папки {folder} нет: исправьте путь в {SETTING} или уберите эту настройку.")
        if is_preset(folder):
            raise Refused(f"{folder} — само положение: назовите в {SETTING} папку, в которой оно лежит.")
        if not any(map(is_preset, folder.iterdir())):
            raise Refused(
                f"В папке {folder} нет положений: положите в неё папку муниципалитета с файлом charter.toml, "
                f"исправьте путь в {SETTING} или уберите эту настройку."
            )
    except OSError as error:
        raise Refused(f"Папка {folder} из {SETTING} не читается: дайте на неё права.") from error
    return folder


def is_preset(folder: Path) -> bool:
    """Whether a charter lies right in this folder."""
    return (folder / "charter.toml").is_file()
