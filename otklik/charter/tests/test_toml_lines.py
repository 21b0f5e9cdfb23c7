"""Lines of keys in TOML texts."""

import pytest

from otklik.charter.toml_lines import Place, line_of

TEXT = """\
# heading
[identity]
name = "Городок"

[roles.curator]  # a comment
title = "Куратор"
holders = [
  { post = "deputy" },
]

[parameters."fz59.review_days"]
value = 30

[[escalation]]
days = -3

[[escalation]]
days = 1
to = "head"
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("identity",), 2),
        (("identity", "name"), 3),
        (("roles", "curator", "title"), 6),
        (("roles", "curator", "holders", 0, "post"), 7),
        (("roles", "curator", "missing"), 5),
        (("parameters", "fz59.review_days", "value"), 12),
        (("escalation",), 14),
        (("escalation", 0, "days"), 15),
        (("escalation", 1, "to"), 19),
        (("escalation", 7), 14),
        (("nowhere",), 1),
    ],
)
def test_it_finds_the_key_or_the_nearest_table(place: Place, line: int) -> None:
    assert line_of(TEXT, place) == line
