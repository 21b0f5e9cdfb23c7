"""An archive of `otklik backup` brings a lost installation back."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from otklik.config.cli.restore import return_files


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="otklik-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


def otklik(data: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    outside = ("DATABASE_URL", "OTKLIK_OWNER_URL", "SECRET_KEY")
    environment = {key: value for key, value in os.environ.items() if key not in outside}
    environment["OTKLIK_DATA"] = str(data)
    return subprocess.run(
        [sys.executable, "-m", "otklik", *words], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_it_returns_database_files_and_key_and_never_over_living_data(folder: Path) -> None:
    first, second, archives = folder / "first", folder / "second", folder / "archives"
    assert otklik(first, "setup").returncode == 0
    (first / "files").mkdir()
    (first / "files" / "photo.jpg").write_bytes(b"photo")
    assert otklik(first, "backup", str(archives)).returncode == 0
    (archive,) = archives.glob("*.tar")
    assert archive.stat().st_mode & 0o777 == 0o600

    done = otklik(second, "restore", str(archive))
    assert done.returncode == 0, done.stderr
    assert (second / "files" / "photo.jpg").read_bytes() == b"photo"
    assert (second / "secret.key").read_bytes() == (first / "secret.key").read_bytes()
    assert otklik(second, "verify-journal").stdout == otklik(first, "verify-journal").stdout != ""

    again = otklik(second, "restore", str(archive))
    assert (again.returncode, again.stderr.startswith("В базе уже есть данные")) == (1, True)


def test_it_names_a_file_that_is_not_an_archive(folder: Path) -> None:
    wrong = folder / "wrong.tar"
    wrong.write_text("not an archive")
    done = otklik(folder / "data", "restore", str(wrong))
    assert (done.returncode, "не читается" in done.stderr) == (1, True)


def test_it_returns_the_key_over_the_one_an_empty_installation_has_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    side, data = folder / "side", folder / "data"
    for place, key in ((side, "of the archive"), (data, "fresh")):
        (place / "files").mkdir(parents=True)
        (place / "secret.key").write_text(key)
    (side / "files" / "act.pdf").write_bytes(b"act")
    monkeypatch.setenv("OTKLIK_DATA", str(data))
    return_files(side)
    assert (data / "secret.key").read_text() == "of the archive"
    assert (data / "files" / "act.pdf").read_bytes() == b"act"
