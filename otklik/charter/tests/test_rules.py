"""The legal regime and the answer's route of the five presets."""

from functools import cache

import pytest

from otklik.charter.files import OWN_FOLDER, read_charter
from otklik.charter.rules import answer_route, kind_of
from otklik.charter.schema import Charter
from otklik.charter.schema.intake import CaseKind, MessageForm

FIVE = ["borovichi", "demyansk", "mikhaylovka", "lovozero", "bogotol"]


@cache
def charter_named(key: str) -> Charter:
    return read_charter(OWN_FOLDER / key)


@pytest.mark.parametrize("key", FIVE)
@pytest.mark.parametrize(
    ("channel", "form", "chosen", "identified", "kind"),
    [
        ("reception", "oral", None, False, "appeal"),
        ("paper", "written", None, False, "appeal"),
        ("edms", "electronic", None, False, "appeal"),
        ("incident", "electronic", None, False, "message"),
        ("web_form", "electronic", "message", False, "message"),
        ("web_form", "electronic", "appeal", True, "appeal"),
        ("web_form", "electronic", "appeal", False, "message"),
        ("email", "electronic", None, False, "message"),
    ],
)
def test_every_charter_tells_the_kind_by_the_channel(
    key: str, channel: str, form: MessageForm, chosen: CaseKind | None, identified: bool, kind: CaseKind
) -> None:
    found, ground = kind_of(charter_named(key), channel, form, chosen, identified)
    assert found == kind
    assert ground


@pytest.mark.parametrize(
    ("key", "channel", "form", "chosen", "kind"),
    [
        ("borovichi", "oral", "oral", None, "message"),
        ("borovichi", "paper", "written", "message", "message"),
        ("mikhaylovka", "oral", "oral", None, "appeal"),
        ("mikhaylovka", "paper", "written", "message", "appeal"),
        ("mikhaylovka", "portal_gov", "electronic", None, "message"),
        ("mikhaylovka", "portal_gov", "electronic", "appeal", "appeal"),
        ("borovichi", "portal_gov", "electronic", None, "appeal"),
        ("bogotol", "oral", "oral", None, "message"),
    ],
)
def test_charters_differ_where_their_definitions_differ(
    key: str, channel: str, form: MessageForm, chosen: CaseKind | None, kind: CaseKind
) -> None:
    assert kind_of(charter_named(key), channel, form, chosen)[0] == kind


@pytest.mark.parametrize("key", FIVE)
def test_an_appeal_is_signed_and_every_channel_has_a_route(key: str) -> None:
    charter = charter_named(key)
    for channel in charter.channels:
        appeal = answer_route(charter, "appeal", channel)
        assert (appeal.signature, appeal.signs, appeal.four_eyes) == ("required", "signer", True)
        assert answer_route(charter, "message", channel).approves


def test_the_officer_of_lovozero_approves_by_the_system_the_message_came_from() -> None:
    charter = charter_named("lovozero")
    assert [
        answer_route(charter, "message", channel).approves for channel in ("pos", "ecpur", "incident")
    ] == [
        ["pos_officer"],
        ["ecpur_officer"],
        ["incident_officer"],
    ]


def test_it_says_when_no_line_fits() -> None:
    charter = charter_named("bogotol").model_copy(update={"answers": []})
    with pytest.raises(LookupError, match="no line"):
        answer_route(charter, "appeal", "paper")
