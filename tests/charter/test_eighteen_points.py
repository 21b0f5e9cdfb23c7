"""What the five charters decide, point by point: where they differ the data differs, never the code."""

from datetime import date
from functools import cache
from operator import attrgetter

import pytest

from otklik.charter.files import OWN_FOLDER, preset_folders, read_charter
from otklik.charter.schema import GROUPS, Charter

FIVE = ["borovichi", "demyansk", "mikhaylovka", "lovozero", "bogotol"]


@cache
def charter(key: str) -> Charter:
    return read_charter(OWN_FOLDER / key)


# One line a decision: path in the charter, then its value in each of the FIVE.
DECISIONS: list[tuple[str, tuple[object, object, object, object, object]]] = [
    ("identity.level", ("district", "municipal_okrug", "city_okrug", "district", "municipal_okrug")),
    (
        "identity.time_zone",
        ("Europe/Moscow", "Europe/Moscow", "Europe/Volgograd", "Europe/Moscow", "Asia/Krasnoyarsk"),
    ),
    ("identity.controller", ("deputy_head_curator", None, None, "deputy_head", "deputy_head_public")),
    ("versions.composition", ("creation", "creation", None, "creation", "composition")),
    ("versions.risk_procedure", (None, "creation", None, None, None)),
    (
        "form.kinds",
        (
            ["project_office", "working_group"],
            ["project_office"],
            ["project_office"],
            ["project_office"],
            ["working_group", "project_office", "standing_collegial_body"],
        ),
    ),
    (
        "planning.levels",
        (
            ["municipality"],
            ["municipality"],
            ["municipality", "region"],
            ["municipality", "region"],
            ["municipality"],
        ),
    ),
    ("regime.definition", ("own", "by_reference", "own", "none", "own")),
    ("regime.message_addressed", ("any", "any", "unaddressed_only", "any", "any")),
    ("topics.shape", ("grouped", "none", "flat", "none", "flat")),
    ("rating.on", (True, False, True, True, True)),
    (
        "rating.criteria",
        (
            ["count", "terms", "completeness"],
            [],
            ["count", "speed", "completeness_and_quality"],
            ["count", "quality", "speed", "completeness"],
            ["count", "terms"],
        ),
    ),
    ("rating.channels", (["incident", "pos"], [], [], [], ["pos"])),
    ("fast_track.on", (True, True, True, False, False)),
    ("fast_track.limit_days", (None, None, 29, None, None)),
    ("fast_track.channels", (["incident"], [], [], [], [])),
    ("fast_track.interdepartmental", (True, True, False, False, False)),
    ("meetings.mode", ("agenda", "preparation", "off", "off", "full")),
    ("meetings.quorum_share", (None, None, None, None, None)),
    ("risks.mode", ("off", "full", "off", "off", "role")),
    ("polls.placed_in", ("pos", "none", "pos", "any_site", "pos")),
    ("polls.authorised_role", ("pos_officer", None, "poll_officer", "head", "poll_officer")),
    ("goal.kind", ("information", "information", "satisfaction", "not_stated", "information")),
    (
        "problems.sources",
        (
            ["cases", "polls", "recipients_work", "heat_map"],
            ["cases", "polls", "recipients_work", "conflicts", "channel_setup"],
            ["cases", "polls", "recipients_work", "heat_map", "national_projects"],
            ["cases", "polls", "channel_setup"],
            ["cases", "polls", "recipients_work", "conflicts", "channel_setup"],
        ),
    ),
]


@pytest.mark.parametrize(("path", "values"), DECISIONS, ids=[path for path, _ in DECISIONS])
def test_each_charter_decides_for_itself(path: str, values: tuple[object, ...]) -> None:
    assert tuple(attrgetter(path)(charter(key)) for key in FIVE) == values


@pytest.mark.parametrize(
    ("role", "exists"),
    [
        ("curator", (True, True, True, False, True)),
        ("coordinator", (False, False, False, True, True)),
        ("head", (True, True, True, True, True)),
        ("incident_officer", (True, False, True, True, True)),
        ("pos_officer", (True, False, True, True, True)),
        ("ecpur_officer", (False, False, False, True, False)),
        ("edms_officer", (False, False, False, True, False)),
        ("block_head", (True, False, True, False, True)),
        ("risk_officer", (False, True, False, False, False)),
        ("pages_officer", (False, False, True, False, True)),
        ("poll_officer", (False, False, True, False, True)),
        ("executor", (True, True, True, True, True)),
    ],
)
def test_a_role_is_on_or_off(role: str, exists: tuple[bool, ...]) -> None:
    found = tuple(role in {one.key for one in charter(key).roles_on()} for key in FIVE)
    assert found == exists


def posts_of(key: str, role: str) -> list[str]:
    return [holder.post for holder in charter(key).holders_of(role)]


def test_one_servant_of_borovichi_holds_two_roles_and_one_role_has_two_servants() -> None:
    assert posts_of("borovichi", "incident_officer") == ["general_leading_first", "general_leading_second"]
    assert posts_of("borovichi", "pos_officer") == ["general_leading_first"]
    assert charter("borovichi").identity.controller in posts_of("borovichi", "curator")


def test_the_head_of_the_social_block_of_borovichi_is_acting() -> None:
    acting = {holder.block: holder.acting for holder in charter("borovichi").holders_of("block_head")}
    assert acting == {"infrastructure": False, "social": True, "other": False}


def test_six_members_of_demyansk_have_no_role_and_one_is_proposed_for_risks() -> None:
    assert len(posts_of("demyansk", "member")) == 6
    assert set(posts_of("demyansk", "risk_officer")) < set(posts_of("demyansk", "member"))
    assert charter("demyansk").roles["risk_officer"].note


def test_one_role_of_mikhaylovka_is_three_trades() -> None:
    assert posts_of("mikhaylovka", "incident_officer") == posts_of("mikhaylovka", "pages_officer")
    assert charter("mikhaylovka").roles["block_member"].appointed_by == "block_head"


def test_the_press_manager_of_lovozero_holds_five_roles_and_edms_has_a_second_holder() -> None:
    five = ("head", "incident_officer", "pos_officer", "ecpur_officer", "edms_officer")
    assert all("press_manager" in posts_of("lovozero", role) for role in five)
    assert posts_of("lovozero", "edms_officer") == ["press_manager", "organisation_chief"]
    assert posts_of("lovozero", "coordinator") == posts_of("lovozero", "leader")


def test_the_head_of_bogotol_stands_in_for_the_curator() -> None:
    meetings = charter("bogotol").meetings
    assert charter("bogotol").roles["curator"].substituted_by == "head"
    assert (meetings.chair, meetings.deputy_chair, meetings.signer) == ("curator", "head", "curator")
    assert meetings.forms == ["in_person", "in_absentia"]
    assert meetings.invites_experts


def test_the_feedback_officer_of_bogotol_has_four_outer_functions() -> None:
    assert len(charter("bogotol").roles["pos_officer"].outer_functions) == 4
    assert posts_of("bogotol", "pos_officer") == posts_of("bogotol", "poll_officer")


def test_acts_may_be_blank_and_charter_and_composition_may_change_apart() -> None:
    blank = charter("mikhaylovka").acts["creation"]
    assert (blank.number, blank.date) == ("", None)
    assert charter("bogotol").acts["composition"].approves == ["composition"]
    assert charter("bogotol").acts["creation"].date == date(2026, 4, 7)
    assert any("33-ФЗ" in base for base in charter("bogotol").acts["creation"].legal_bases)
    assert all(
        any("131-ФЗ" in base for base in charter(key).acts["creation"].legal_bases)
        for key in ("borovichi", "demyansk", "lovozero")
    )


def test_only_mikhaylovka_gives_its_address() -> None:
    assert [bool(charter(key).identity.address) for key in FIVE] == [False, False, True, False, False]


def test_applicants_are_citizens_alone_or_with_organisations() -> None:
    takes = ["organisation" in charter(key).applicants.categories for key in FIVE]
    assert takes == [False, True, True, False, True]
    assert [charter(key).applicants.organisations_seen for key in FIVE] == [True, False, False, True, False]
    assert len(charter("borovichi").applicants.categories) == 4


def test_networks_that_cannot_be_reached_stay_in_the_catalogue() -> None:
    closed = {one.title for one in charter("borovichi").channels.values() if one.availability == "closed"}
    assert closed == {"Twitter", "Facebook", "Instagram"}


def test_a_channel_keeps_its_local_name() -> None:
    assert charter("mikhaylovka").channels["incident"].title == "Медиалогия Инцидент"
    assert charter("borovichi").channels["incident"].title == "Инцидент менеджмент"
    assert charter("demyansk").channels["alert_chat"].owner_role == "risk_officer"


def test_blocks_are_three_none_eight_none_and_seven() -> None:
    own = [sum(block.origin == "charter" for block in charter(key).blocks.values()) for key in FIVE]
    assert own == [3, 0, 8, 1, 7]


@pytest.mark.parametrize("key", FIVE)
def test_every_topic_group_has_a_block(key: str) -> None:
    taken = {group for block in charter(key).blocks.values() for group in block.groups}
    assert taken <= set(GROUPS)
    assert charter(key).catch_all_block() is not None


def test_exact_cadences_stand_in_the_reports() -> None:
    assert charter("borovichi").reports["note"].cadence == "twice_a_month"
    assert charter("mikhaylovka").reports["quarterly"].cadence == "quarterly"
    assert charter("mikhaylovka").reports["quarterly"].by_blocks
    assert all(
        report.cadence in {"on_request", "as_needed"} for report in charter("lovozero").reports.values()
    )


def test_the_risk_procedure_of_demyansk_is_whole() -> None:
    risks = charter("demyansk").risks
    assert (risks.officer, risks.close_when) == ("risk_officer", "no_spread_and_no_negative")
    assert risks.daily_watch == ["local_pages", "resident_chats"]
    assert "local_media" not in risks.proof_links
    assert len(risks.steps) == 9
    assert [level.title for level in charter("demyansk").risk_levels.values()] == [
        "критический",
        "высокий",
        "средний",
        "низкий",
    ]


@pytest.mark.parametrize("key", FIVE)
def test_targets_stay_empty_until_somebody_hands_them_down(key: str) -> None:
    assert all(indicator.target is None for indicator in charter(key).indicators.values())


@pytest.mark.parametrize("key", FIVE)
def test_somebody_registers_works_approves_signs_and_manages(key: str) -> None:
    given = {
        permission
        for role in charter(key).roles_on()
        if charter(key).holders_of(role.key)
        for permission in role.permissions
    }
    assert {
        "cases.register", "cases.sort", "cases.assign", "cases.work", "cases.approve_answer", "cases.sign_answer",
        "cases.send_answer", "routing.edit", "accounts.manage", "charter.confirm",
    } <= given  # fmt: skip


@pytest.mark.parametrize("key", FIVE)
def test_who_approves_or_signs_answers_signs_in_with_a_code(key: str) -> None:
    careless = [
        role.key
        for role in charter(key).roles_on()
        if {"cases.approve_answer", "cases.sign_answer"} & set(role.permissions) and not role.requires_totp
    ]
    assert careless == []


def test_no_code_names_a_municipality() -> None:
    code = [path for path in OWN_FOLDER.parent.rglob("*.py") if "tests" not in path.parts]
    assert code
    assert not [
        path.name for path in code for key in preset_folders() if f'"{key}"' in path.read_text("utf-8")
    ]
