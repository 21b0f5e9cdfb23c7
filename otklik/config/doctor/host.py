"""What can be seen of the host without a database."""

import os
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from otklik.charter.extra import extra_folder, is_preset
from otklik.common.errors import Refused
from otklik.config import env, paths
from otklik.config.doctor.finding import Finding, bad, ok, warn
from otklik.config.privatedb.binaries import OLDEST, known_binaries
from otklik.config.trouble import Trouble

OLDEST_PYTHON = (3, 11)
LITTLE_SPACE, VERY_LITTLE_SPACE = 2 * 1024**3, 300 * 1024**2
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def examine(port: int) -> Iterator[Finding]:
    """Python, PostgreSQL's programs, the data folder, own presets, port, browser, fonts, key, clock, mail."""
    yield _python()
    yield _programs()
    yield from _folder(paths.data_dir())
    yield _presets()
    yield _port(port)
    yield _browser()
    yield _fonts()
    yield _key()
    yield _zone()
    yield _mail()


def _python() -> Finding:
    if sys.version_info < OLDEST_PYTHON:
        return bad("Python", platform.python_version(), "установите Python 3.11 или новее")
    return ok("Python", platform.python_version())


def _programs() -> Finding:
    if env.text("DATABASE_URL"):
        return ok("программы PostgreSQL", "не нужны: база названа в DATABASE_URL")
    try:
        found = [one for one in known_binaries() if one.version >= OLDEST]
    except Trouble as error:
        return bad("программы PostgreSQL", "PG_BIN указывает не туда", str(error))
    if not found:
        return bad("программы PostgreSQL", f"нет версии {OLDEST} или новее", "установите пакет postgresql")
    return ok("программы PostgreSQL", ", ".join(f"{one.version} ({one.folder})" for one in found))


def _folder(folder: Path) -> Iterator[Finding]:
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if not there.is_dir():
        yield bad("папка данных", f"{there} — не папка", "назначьте другую в OTKLIK_DATA")
        return
    if not os.access(there, os.W_OK | os.X_OK):
        yield bad(
            "папка данных",
            f"{folder}: нет прав",
            "смените владельца папки или назначьте другую в OTKLIK_DATA",
        )
        return
    yield ok("папка данных", str(folder))
    free = shutil.disk_usage(there).free
    words = f"свободно {free / 1024**3:.1f} ГБ"
    if free < VERY_LITTLE_SPACE:
        yield bad("место на диске", words, "освободите хотя бы 2 ГБ")
    elif free < LITTLE_SPACE:
        yield warn("место на диске", words, "освободите хотя бы 2 ГБ")
    else:
        yield ok("место на диске", words)


def _presets() -> Finding:
    try:
        folder = extra_folder()
    except Refused as refusal:
        return bad("свои положения", "не найдены", str(refusal))
    if folder is None:
        return ok("свои положения", "не назначены")
    names = sorted(one.name for one in folder.iterdir() if is_preset(one))
    return ok("свои положения", f"{', '.join(names)} ({folder})")


def _port(port: int) -> Finding:
    with socket.socket() as probe:
        taken = probe.connect_ex(("127.0.0.1", port)) == 0
    if taken:
        return warn(
            "порт страниц", f"{port} занят", "если это не сам Отклик, запускайте otklik up --port с другим"
        )
    return ok("порт страниц", f"{port} свободен")


def _browser() -> Finding:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found:
        return ok("Chromium", found)
    return warn("Chromium", "нет", "нужен только испытаниям: apt-get install chromium")


def _fonts() -> Finding:
    program = shutil.which("fc-list")
    if program is None:
        return warn(
            "шрифты",
            "нет программы fc-list",
            "нужны только снимкам экрана: apt-get install fonts-dejavu-core",
        )
    listed = subprocess.run([program, ":lang=ru", "family"], capture_output=True, text=True, check=False)  # noqa: S603
    if not listed.stdout.strip():
        return warn(
            "шрифты", "нет кириллических", "нужны только снимкам экрана: apt-get install fonts-dejavu-core"
        )
    return ok("шрифты", f"кириллических: {len(set(listed.stdout.splitlines()))}")


def _key() -> Finding:
    if env.text("SECRET_KEY") == paths.TRIAL_KEY:
        return bad("ключ подписи", "учебный", "уберите SECRET_KEY: свой создастся в папке данных")
    own = paths.secret_key_file()
    known = env.text("SECRET_KEY") or own.exists()
    return ok("ключ подписи", "свой" if known else "создастся при первом запуске")


def _zone() -> Finding:
    if not Path("/usr/share/zoneinfo/Europe/Moscow").exists():
        return ok("часовые пояса", "из пакета Python tzdata")
    return ok("часовые пояса", "системные")


def _mail() -> Finding:
    name = env.text("EMAIL_HOST")
    try:
        port = env.number("EMAIL_PORT", 25)
    except Trouble as error:
        return bad("почта", "порт не назначен", str(error))
    if not name:
        return warn(
            "почта", "EMAIL_HOST не назначен", "назначьте сервер SMTP, иначе ответы по почте останутся ждать"
        )
    try:
        socket.create_connection((name, port), timeout=3).close()
    except OSError as error:
        return bad("почта", f"{name}:{port} не отвечает ({error})", "проверьте EMAIL_HOST и EMAIL_PORT")
    return ok("почта", f"{name}:{port} отвечает")
