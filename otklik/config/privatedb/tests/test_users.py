"""Root and ordinary users: folders that are not ours keep their modes, and each user gets a working server."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from otklik.config.privatedb import ensure_running
from otklik.config.privatedb.account import server_account

AS_ROOT = os.geteuid() == 0
NOBODY = 65534
TRY_IT = """
import sys
from pathlib import Path
from otklik.config.privatedb import ensure_running
held = ensure_running(Path(sys.argv[1]), given=True)
print(held.cluster.account.lent, held.cluster.place.folder)
held.release()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="otklik-"))
    yield path
    shutil.rmtree(path)


@pytest.mark.skipif(not AS_ROOT, reason="только root может закрыть папку от пользователя сервера")
def test_a_closed_folder_of_root_points_to_the_shared_one(folder: Path) -> None:
    modes = {one: one.stat().st_mode for one in (folder, *folder.parents)}
    held = ensure_running(folder)
    place = held.cluster.place.folder
    try:
        assert place.parent == Path("/var/lib/otklik")
        assert (folder / "pg.place").read_text().strip() == str(place)
        assert {one: one.stat().st_mode for one in modes} == modes
    finally:
        held.release()
        shutil.rmtree(place)


@pytest.mark.skipif(not AS_ROOT, reason="root нужен, чтобы стать другим пользователем")
def test_an_ordinary_user_has_the_database_in_the_data_folder(folder: Path) -> None:
    os.chown(folder, NOBODY, NOBODY)
    python = _reachable_python()
    if python is None:
        pytest.skip("Python этого окружения закрыт от других пользователей.")
    packages = os.pathsep.join(one for one in sys.path if one)
    done = subprocess.run(
        [python, "-c", TRY_IT, str(folder)],
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        cwd="/",
        env={"PYTHONPATH": packages, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == f"False {folder / 'pg'}", done.stderr


def _reachable_python() -> Path | None:
    """This very Python, else the system's own of the same version, where root keeps the first to itself."""
    system = Path("/usr/bin", f"python{sys.version_info.major}.{sys.version_info.minor}")
    found = [one for one in (Path(sys.executable).resolve(), system) if server_account().reaches(one)]
    return found[0] if found else None
