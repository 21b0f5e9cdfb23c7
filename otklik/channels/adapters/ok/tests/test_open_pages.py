"""Open groups by a list: posts that speak of us are taken once and followed, others and persons never."""

from dataclasses import replace
from typing import Any

import pytest

from otklik.channels.adapters.ok.tests.conftest import Desk
from otklik.channels.adapters.source import Change
from tests.fakes.ok.service import Group


def watched(desk: Desk, number: str, **more: Any) -> Group:
    """A group of others, listed in the settings by its address."""
    group = desk.ok.group(number, "Подслушано в округе")
    given = {"open_pages": [f"https://ok.ru/group/{number}"], "words": ["яма"], "open_every": 0, **more}
    desk.account = replace(desk.account, settings={**desk.account.settings, **given})
    return group


def say(desk: Desk, group: Group, text: str, **more: Any) -> str:
    topic = desk.ok.put_out(group, [{"type": "text", "text": text}])
    group.posts[topic] |= more
    return topic


def changes(desk: Desk) -> list[tuple[str, str, str]]:
    return [(one.outer_id, one.kind, one.text) for one in desk.turn().changes]


def test_it_takes_posts_by_words_and_follows_them(desk: Desk) -> None:
    group = watched(desk, "9801")
    say(desk, group, "Старая яма")
    assert desk.texts() == []
    pit = say(desk, group, "На Лесной опять ямы", like_summary={"count": 3}, author_ref="user:501")
    say(desk, group, "Продам гараж")
    (post,) = desk.turn().incomings
    assert (post.text, post.reach, post.thread) == (
        "На Лесной опять ямы",
        {"likes": 3},
        f"discussion:{pit}@9801",
    )
    assert post.link == f"https://ok.ru/group/9801/topic/{pit}"
    assert (post.outer_author, post.page) == ("https://ok.ru/profile/501", "https://ok.ru/group/9801")
    group.posts[pit] |= {"media": [{"type": "text", "text": "Ямы заделали"}], "like_summary": {"count": 9}}
    told = desk.turn()
    assert told.incomings == []
    assert [(one.kind, one.text, dict(one.reach)) for one in told.changes if isinstance(one, Change)] == [
        ("edited", "Ямы заделали", {}),
        ("reach", "", {"likes": 9}),
    ]
    del group.topics[pit]
    assert changes(desk) == [(f"discussion:{pit}@9801", "removed", "")]
    assert changes(desk) == []


def test_a_group_that_cannot_be_read_stops_no_other(desk: Desk) -> None:
    group = watched(desk, "9802", open_pages=["ok.ru/gorod", "404404", "9802"])
    desk.turn()
    say(desk, group, "Яма во дворе")
    fetched = desk.turn()
    assert [one.text for one in fetched.incomings] == ["Яма во дворе"]
    assert "нужен номер группы" in fetched.words


@pytest.mark.parametrize(("every", "texts"), [(0, ["Яма"]), (300, [])])
def test_it_reads_them_rarely(desk: Desk, every: int, texts: list[str]) -> None:
    group = watched(desk, "9803", open_every=every)
    desk.turn()
    say(desk, group, "Яма")
    assert desk.texts() == texts
    group.posts.clear()
    group.topics.clear()
