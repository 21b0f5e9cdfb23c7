"""One thing that was looked at."""

from dataclasses import dataclass

MARKS = {"ok": "✓", "warn": "!", "bad": "✗"}


@dataclass(frozen=True)
class Finding:
    """What was looked at, `ok`, `warn` or `bad`, what was seen, and how to mend it (empty when in order)."""

    what: str
    state: str
    seen: str
    mend: str = ""

    def line(self) -> str:
        tail = f" — {self.mend}" if self.mend else ""
        return f"{MARKS[self.state]} {self.what}: {self.seen}{tail}"


def ok(what: str, seen: str) -> Finding:
    return Finding(what, "ok", seen)


def warn(what: str, seen: str, mend: str) -> Finding:
    return Finding(what, "warn", seen, mend)


def bad(what: str, seen: str, mend: str) -> Finding:
    return Finding(what, "bad", seen, mend)
