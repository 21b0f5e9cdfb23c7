"""Under whose name the server runs: PostgreSQL refuses root, so root lends it another account."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from otklik.config.trouble import Trouble

OWN_NAME = "otklik"
MESSAGES = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "TZ": "UTC"}


@dataclass(frozen=True)
class Account:
    """The system user of the server; `lent` when it is not the user who runs the command."""

    name: str
    uid: int
    gid: int
    lent: bool

    def run(
        self, words: Sequence[str | Path], timeout: int = 180, output: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this user, outside the terminal's group: Ctrl+C must not reach the server.

        The output goes through a file, not a pipe: a server that stays would keep a pipe open for ever.
        """
        user = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.lent else {}
        target = output or Path(os.devnull)
        with target.open("w", encoding="utf-8") as file:
            done = subprocess.run(  # type: ignore[call-overload]  # noqa: S603 - typeshed wants each of `user` spelt
                [str(word) for word in words],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), **MESSAGES},
                cwd="/",
                start_new_session=True,
                timeout=timeout,
                check=False,
                **user,
            )
        text = target.read_text(encoding="utf-8", errors="replace") if output else ""
        return subprocess.CompletedProcess(done.args, done.returncode, text, "")

    def reaches(self, path: Path) -> bool:
        """Whether this user can enter the folder or run the file; the system itself is asked."""
        return self.run(["test", "-x", path]).returncode == 0

    def own(self, path: Path) -> None:
        """Give a file or folder that we have just made to the server's user."""
        if self.lent:
            os.chown(path, self.uid, self.gid)


def server_account() -> Account:
    """The current user; for root the user `postgres`, else `otklik`, which is created when it is missing."""
    if os.geteuid() != 0:
        return Account(_own_name(), os.geteuid(), os.getegid(), lent=False)
    for name in ("postgres", OWN_NAME):
        known = _find(name)
        if known:
            return known
    return _create()


def _own_name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def _find(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid, lent=True)


def _create() -> Account:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if program:
        words = [
            program,
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            OWN_NAME,
        ]
        subprocess.run(words, check=False, capture_output=True)  # noqa: S603 - our own fixed words
    made = _find(OWN_NAME) or _find("nobody")
    if made is None:
        raise Trouble(
            "PostgreSQL не работает от имени root, а завести для него пользователя otklik не вышло: "
            "создайте его командой useradd --system otklik."
        )
    return made
