"""Where the installation keeps its files; knows nothing of Django, so that commands start quickly."""

from pathlib import Path

from otklik.config import env

TRIAL_KEY = "only-for-trial-and-tests"
PROJECT_DIR = Path(__file__).resolve().parent.parent.parent


def data_dir() -> Path:
    """The folder of the private database, files and logs: OTKLIK_DATA, else `var` of the checkout."""
    given = env.text("OTKLIK_DATA")
    if given:
        return Path(given).expanduser().absolute()
    checkout = (PROJECT_DIR / "manage.py").exists()
    return (PROJECT_DIR if checkout else Path.cwd()) / "var"


def secret_key_file() -> Path:
    """Where commands keep the installation's own signing key; `otklik setup` makes it."""
    return data_dir() / "secret.key"


def secret_key() -> str:
    """SECRET_KEY, else the installation's own key, else one that is fit for tests alone."""
    given = env.text("SECRET_KEY")
    if given:
        return given
    own = secret_key_file()
    return own.read_text(encoding="ascii").strip() if own.exists() else TRIAL_KEY
