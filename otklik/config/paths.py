"""Where the installation keeps its files; knows nothing of Django, so that commands start quickly."""

from pathlib import Path

from otklik.config import env

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent


def data_dir() -> Path:
    """The folder of the private database, files and logs: OTKLIK_DATA, else `var` of the checkout."""
    given = env.text("OTKLIK_DATA")
    if given:
        return Path(given).expanduser().absolute()
    checkout = (PROJECT_DIR / "manage.py").exists()
    return (PROJECT_DIR if checkout else Path.cwd()) / "var"
