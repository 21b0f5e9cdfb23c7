"""The temperature of the common model, found once for the data in the tree and kept beside them.

Finding it teaches the readers four times over (half a minute); with it known a fresh machine teaches them once.
`python -m otklik.topics.calibration` finds it anew after a change of the data and writes it down.
"""

import json

from otklik.topics import tree
from otklik.topics.kept import VERSION

FILE = tree.DATA / "calibration.json"


def known_temperature() -> float | None:
    """The temperature written down for exactly these data, None when the data have changed since."""
    kept = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return float(kept["temperature"]) if kept.get("of") == _named() else None


def write_temperature(temperature: float) -> None:
    """Keep the temperature of today's data."""
    kept = {"of": _named(), "temperature": temperature}
    FILE.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _named() -> str:
    return f"{VERSION}-{tree.digest()}"


if __name__ == "__main__":
    from otklik.topics.suggester import taught_model

    write_temperature(taught_model(temperature=None).temperature)
