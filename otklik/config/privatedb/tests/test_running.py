"""The private server on real folders: started once, shared, mended after a kill, never a silent loss."""

import os
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from otklik.config.privatedb import Running, ensure_running
from otklik.config.privatedb.binaries import known_binaries
from otklik.config.trouble import Trouble

QUICK = {"fsync": "off"}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path that the server's user can reach, whoever runs the test."""
    path = Path(tempfile.mkdtemp(prefix="otklik-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def running(folder: Path) -> Iterator[Running]:
    held = ensure_running(folder, extra=QUICK)
    yield held
    held.release()


def ask(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def server_pid(held: Running) -> int:
    return int((held.cluster.place.data / "postmaster.pid").read_text().splitlines()[0])


def test_it_gives_two_roles_and_only_the_owner_is_superuser(running: Running) -> None:
    query = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    assert (ask(running.url, query), ask(running.owner_url, query)) == (False, True)


def test_it_knows_russian_capitals(running: Running) -> None:
    assert ask(running.url, "SELECT lower('ЁЖИК')") == "ёжик"


def test_it_is_stopped_by_the_last_who_leaves(folder: Path) -> None:
    first, second = ensure_running(folder, extra=QUICK), ensure_running(folder)
    assert (first.started, second.started) == (True, False)
    first.release()
    assert ask(second.url, "SELECT 1") == 1
    second.release()
    second.release()
    assert not second.cluster.running()


def test_two_folders_are_two_installations(running: Running) -> None:
    with tempfile.TemporaryDirectory(prefix="otklik-") as other:
        Path(other).chmod(0o755)
        beside = ensure_running(Path(other), extra=QUICK)
        with psycopg.connect(beside.owner_url) as owner:
            owner.execute("CREATE TABLE only_here (id int)")
        query = "SELECT to_regclass('only_here')::text"
        assert (ask(running.owner_url, query), ask(beside.owner_url, query)) == (None, "only_here")
        beside.release()
        assert ask(running.url, "SELECT 1") == 1


def test_it_starts_again_after_a_kill_and_keeps_what_was_committed(running: Running) -> None:
    with psycopg.connect(running.owner_url) as owner:
        owner.execute("CREATE TABLE kept (id int)")
    os.kill(server_pid(running), signal.SIGKILL)
    wait_until_dead(running)
    assert running.revive()
    assert not running.revive()
    assert ask(running.owner_url, "SELECT to_regclass('kept')::text") == "kept"


def wait_until_dead(held: Running) -> None:
    for _ in range(100):
        if not held.cluster.running():
            return
        time.sleep(0.05)
    raise AssertionError("the killed server still lives")


def test_it_is_not_misled_by_a_process_number_of_another_program(folder: Path) -> None:
    held = ensure_running(folder, extra=QUICK)
    held.release()
    (held.cluster.place.data / "postmaster.pid").write_text(f"{os.getpid()}\n{held.cluster.place.data}\n")
    again = ensure_running(folder)
    assert again.started
    again.release()


def test_it_names_a_broken_folder_and_deletes_nothing(folder: Path) -> None:
    held = ensure_running(folder, extra=QUICK)
    held.release()
    control = held.cluster.place.data / "global" / "pg_control"
    control.write_bytes(b"broken")
    with pytest.raises(Trouble, match="файлы повреждены или неполны; ничего не удалено"):
        ensure_running(folder)
    assert control.read_bytes() == b"broken"


def test_it_does_not_begin_anew_when_the_data_has_gone(folder: Path) -> None:
    held = ensure_running(folder, extra=QUICK)
    held.release()
    shutil.rmtree(held.cluster.place.data)
    with pytest.raises(Trouble, match="верните папку из резервной копии"):
        ensure_running(folder)


def test_it_says_when_passwords_are_lost(folder: Path) -> None:
    held = ensure_running(folder, extra=QUICK)
    held.release()
    held.cluster.place.access_file.write_text("{")
    with pytest.raises(Trouble, match=r"Не читается файл .*access.json"):
        ensure_running(folder)


def test_it_keeps_passwords_to_the_owner_alone(running: Running) -> None:
    assert running.cluster.place.access_file.stat().st_mode & 0o777 == 0o600


def test_it_refuses_a_file_in_place_of_the_folder(folder: Path) -> None:
    (folder / "var").write_text("")
    with pytest.raises(Trouble, match="не папка"):
        ensure_running(folder / "var")


def test_a_deep_folder_listens_on_loopback_and_exchanges_a_taken_port(folder: Path) -> None:
    deep = folder / ("d" * 90)
    held = ensure_running(deep, extra=QUICK)
    assert not held.cluster.place.by_socket
    held.release()
    with socket.socket() as other:
        other.bind(("127.0.0.1", held.cluster.access.port))
        other.listen()
        again = ensure_running(deep)
        assert again.cluster.access.port != held.cluster.access.port
        assert ask(again.url, "SELECT 1") == 1
        again.release()


@pytest.mark.slow
@pytest.mark.parametrize("source", ["system", "wheel"])
def test_it_works_with_each_source_of_programs(
    source: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [one for one in known_binaries() if one.source == source]
    if not found:
        pytest.skip("Здесь нет системного PostgreSQL: установите пакет postgresql.")
    monkeypatch.setattr("otklik.config.privatedb.binaries.known_binaries", lambda: found)
    held = ensure_running(folder, extra=QUICK)
    assert ask(held.url, "SELECT lower('ЁЖИК')") == "ёжик"
    assert held.cluster.binaries.source == source
    held.release()
