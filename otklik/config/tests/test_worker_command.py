"""`otklik worker --once`: every timer has its turn, those that fail are named, the exit code tells."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from otklik.common.errors import Refused
from otklik.config.cli import worker
from otklik.config.schedule import Timer

pytestmark = pytest.mark.django_db
ran: list[str] = []


def good() -> None:
    ran.append("good")


def refusing() -> None:
    raise Refused("Укажите адрес сервера.")


def broken() -> None:
    raise ZeroDivisionError("живу один")


@pytest.fixture(autouse=True)
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTKLIK_DATA", str(tmp_path))
    monkeypatch.delenv("OTKLIK_TRACEBACK", raising=False)
    monkeypatch.setattr(worker, "call_command", lambda *words: ran.append(words[0]))
    ran.clear()


def run(monkeypatch: pytest.MonkeyPatch, *tasks: str) -> Result:
    timers = tuple(Timer("* * * * *", f"{__name__}.{one}") for one in tasks)
    monkeypatch.setattr(worker, "TIMERS", timers)
    return CliRunner().invoke(worker.command, ["--once"])


def test_a_timer_that_fails_holds_back_neither_the_others_nor_the_queue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run(monkeypatch, "refusing", "good", "broken", "good")
    assert (done.exit_code, ran) == (1, ["good", "good", "procrastinate"])
    assert done.stderr.splitlines() == [
        f"{__name__}.refusing: Укажите адрес сервера.",
        f"{__name__}.broken: дело остановилось на неожиданной ошибке ZeroDivisionError; "
        f"подробности в {tmp_path / 'log' / 'commands.log'}.",
    ]


def test_it_is_silent_when_all_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(monkeypatch, "good")
    assert (done.exit_code, done.stderr, ran) == (0, "", ["good", "procrastinate"])
