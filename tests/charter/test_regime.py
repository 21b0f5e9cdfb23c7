"""The legal regime and the answer's route of the five charters, by the rules that registration uses."""

from functools import cache

import pytest

from otklik.cases.rules import kind_of
from otklik.charter.files import OWN_FOLDER, read_charter
from otklik.charter.schema import AnswerRoute, Charter
from otklik.charter.schema.intake import CaseKind, MessageForm

FIVE = ["borovichi", "demyansk", "mikhaylovka", "lovozero", "bogotol"]


@cache
def charter(key: str) -> Charter:
    return read_charter(OWN_FOLDER / key)


@pytest.mark.parametrize("key", FIVE)
@pytest.mark.parametrize(
    ("channel", "form", "wants_appeal", "identified", "kind"),
    [
        ("reception", "oral", False, False, "appeal"),
        ("paper", "written", False, False, "appeal"),
        ("edms", "electronic", False, False, "appeal"),
        ("incident", "electronic", False, False, "message"),
        ("web_form", "electronic", False, True, "message"),
        ("web_form", "electronic", True, True, "appeal"),
        ("web_form", "electronic", True, False, "message"),
        ("email", "electronic", False, False, "message"),
    ],
)
def test_every_charter_tells_the_kind_by_the_channel(
    key: str, channel: str, form: MessageForm, wants_appeal: bool, identified: bool, kind: CaseKind
) -> None:
    found = kind_of(charter(key).regime, channel, form, wants_appeal, identified)
    assert found.kind == kind
    assert found.reason


@pytest.mark.parametrize(
    ("key", "channel", "form", "wants_appeal", "kind"),
    [
        ("borovichi", "oral", "oral", False, "message"),
        ("bogotol", "oral", "oral", False, "message"),
        ("mikhaylovka", "oral", "oral", False, "appeal"),
        ("mikhaylovka", "portal_gov", "electronic", False, "message"),
        ("mikhaylovka", "portal_gov", "electronic", True, "appeal"),
        ("borovichi", "portal_gov", "electronic", False, "appeal"),
    ],
)
def test_charters_differ_where_their_definitions_differ(
    key: str, channel: str, form: MessageForm, wants_appeal: bool, kind: CaseKind
) -> None:
    assert kind_of(charter(key).regime, channel, form, wants_appeal, is_identified=False).kind == kind


def routes(key: str, kind: CaseKind, channel: str) -> list[AnswerRoute]:
    return [
        route
        for route in charter(key).answers
        if (not route.kinds or kind in route.kinds) and (not route.channels or channel in route.channels)
    ]


@pytest.mark.parametrize("key", FIVE)
def test_an_appeal_is_signed_and_every_channel_has_a_route(key: str) -> None:
    for channel in charter(key).channels:
        appeal = routes(key, "appeal", channel)[0]
        assert (appeal.signature, appeal.signs, appeal.four_eyes) == ("required", "signer", True)
        assert routes(key, "message", channel)[0].approves


def test_the_officer_of_lovozero_approves_by_the_system_the_message_came_from() -> None:
    approvers = {
        channel: routes("lovozero", "message", channel)[0].approves
        for channel in ("pos", "ecpur", "incident")
    }
    assert approvers == {"pos": ["pos_officer"], "ecpur": ["ecpur_officer"], "incident": ["incident_officer"]}


def test_the_incident_officer_of_bogotol_may_answer_alone() -> None:
    assert not routes("bogotol", "message", "incident")[0].four_eyes
