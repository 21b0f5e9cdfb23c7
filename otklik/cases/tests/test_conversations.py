"""One conversation on one card: what joins it, what becomes a case, what the source did, how it is forgotten."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from otklik.accounts.models import Notice
from otklik.cases import services
from otklik.cases.forget import ERASED, erase_old, shown_of
from otklik.cases.models import Applicant, Case, Term, Thread, Utterance, UtteranceText
from otklik.cases.selectors.outside import outer_state
from otklik.cases.services.changes import apply_changes
from otklik.cases.services.intake import register_waiting
from otklik.channels.incoming import Incoming
from otklik.channels.models import Channel, Feed, Outgoing, RawChange, RawMessage
from otklik.channels.services import keep_many
from otklik.common.errors import Refused
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
PIT = "На улице Гагарина напротив дома 12 огромная яма на дороге, пробили колесо. Когда заделаете?"
WASTE = "На улице Мира второй месяц не вывозят мусор с контейнерной площадки. Когда вывезут?"
POST = "wall-7_40"
ANNA, OLGA = "https://vk.com/id501", "https://vk.com/id502"


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture
def vk(town: Town) -> Channel:
    return Channel.objects.get(municipality=town.municipality, kind="vk")


def comment(number: int, text: str, author: str = ANNA, parent: int = 0, **more: Any) -> Incoming:
    return Incoming(
        outer_id=f"{POST}_r{number}",
        text=text,
        came_at=NOW + timedelta(minutes=number),
        outer_author=author,
        link=f"https://vk.com/{POST}?reply={number}",
        thread=POST,
        parent=f"{POST}_r{parent}" if parent else POST,
        page="Официальная страница",
        **more,
    )


def private(number: int, text: str, author: str = ANNA) -> Incoming:
    peer = author.removeprefix("https://vk.com/id")
    return Incoming(
        outer_id=f"msg-{peer}-{number}",
        text=text,
        came_at=NOW + timedelta(minutes=number),
        outer_author=author,
        thread=f"peer-{peer}",
        link=f"https://vk.com/gim7?sel={peer}",
        page="Официальная страница",
    )


def take(town: Town, channel: Channel, *incomings: Incoming) -> int:
    keep_many(incomings, channel)
    return register_waiting(town.municipality, NOW + timedelta(hours=1))


def only_case(town: Town) -> Case:
    return Case.objects.select_related("municipality", "channel", "applicant").get(
        municipality=town.municipality
    )


def author_of(case: Case) -> Applicant:
    assert case.applicant is not None
    return case.applicant


def last_said(case: Case) -> Utterance:
    return case.utterances.latest("id")


def assigned(town: Town) -> Case:
    case = only_case(town)
    if case.state == "registered":
        case = services.assign_case(case, town.bodies[0], town.vera, NOW, "разобрано")
    return case


def test_words_of_the_same_author_join_the_case_in_one_batch_and_in_the_next(town: Town, vk: Channel) -> None:
    assert take(town, vk, comment(1, PIT), comment(2, "Мой номер 8 900 123-45-67, напишите.")) == 1
    assigned(town)
    assert take(town, vk, comment(3, "Там ещё и люк открыт")) == 0
    case = only_case(town)
    said = list(case.utterances.values_list("said_by", "masked_text", "link"))
    assert [who for who, *_ in said] == ["applicant", "applicant"]
    assert "123-45-67" not in said[0][1]
    assert "123-45-67" in UtteranceText.objects.get(utterance=case.utterances.all()[0]).text
    assert said[1][2] == f"https://vk.com/{POST}?reply=3"
    assert list(RawMessage.objects.values_list("state", flat=True)) == ["registered"] * 3
    assert Notice.objects.filter(text__contains="написал ещё").exists()
    assert case.moves.filter(deed="said").count() == 2


def test_taking_the_same_messages_again_says_nothing_twice(town: Town, vk: Channel) -> None:
    take(town, vk, comment(1, PIT), comment(2, "Там ещё и люк открыт"))
    take(town, vk, comment(1, PIT), comment(2, "Там ещё и люк открыт"))
    assert Utterance.objects.count() == 1


def test_another_author_under_the_same_post_has_a_case_of_the_own(town: Town, vk: Channel) -> None:
    assert take(town, vk, comment(1, PIT), comment(2, WASTE, OLGA)) == 2


def test_another_resident_who_only_supports_is_in_the_talk_without_a_name(town: Town, vk: Channel) -> None:
    take(
        town,
        vk,
        comment(1, PIT),
        comment(2, "Поддерживаю соседку, всё так и есть на самом деле", OLGA, parent=1),
    )
    said = only_case(town).utterances.get()
    assert said.said_by == "resident"
    assert not Thread.objects.exclude(author=author_of(only_case(town)).fingerprint).exists()


def test_thanks_after_the_answer_make_no_case_and_a_new_question_is_a_repeat(town: Town, vk: Channel) -> None:
    take(town, vk, comment(1, PIT))
    case = only_case(town)
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW, answered_at=NOW)
    assert take(town, vk, comment(2, "Спасибо большое за помощь")) == 0
    assert case.utterances.count() == 1
    assert (
        take(town, vk, comment(3, "Яма появилась снова, асфальт провалился. Когда сделаете нормально?")) == 1
    )
    assert Case.objects.exclude(pk=case.pk).get().is_repeat


def test_a_reply_to_our_question_resumes_the_inner_clocks(town: Town, vk: Channel) -> None:
    take(town, vk, comment(1, PIT))
    case = assigned(town)
    services.take_case(case, town.boris, NOW)
    services.ask_applicant(case, "С какой стороны дороги яма?", town.boris, NOW)
    asked = case.utterances.get()
    assert (asked.said_by, asked.kind) == ("official", "question")
    assert asked.outgoing is not None and asked.outgoing.kind == "ask"
    Term.objects.filter(case=case, stopped_at=None).update(is_inner=True, paused_at=NOW)
    take(town, vk, comment(5, "Со стороны школы", parent=1))
    case.refresh_from_db()
    assert case.state == "in_work"
    assert not Term.objects.filter(case=case, paused_at__isnull=False, stopped_at=None).exists()
    assert last_said(case).kind == "reply"


def test_a_reply_told_to_a_clerk_is_in_the_talk_and_the_first_text_stays(town: Town, vk: Channel) -> None:
    take(town, vk, comment(1, PIT))
    case = assigned(town)
    services.ask_applicant(case, "С какой стороны?", town.boris, NOW)
    services.take_reply(case, "Со стороны дома 5, звоните 8 900 123-45-67", NOW)
    said = last_said(case)
    assert (said.kind, said.masked_text) == ("reply", "Со стороны дома 5, звоните [телефон]")
    case.original.refresh_from_db()
    assert case.original.text == PIT


def test_the_talk_goes_on_in_private_after_a_private_answer(town: Town, vk: Channel) -> None:
    take(town, vk, comment(1, PIT))
    case = assigned(town)
    services.take_case(case, town.boris, NOW)
    services.save_draft(
        case, "Яму заделали 21.10.2026.", "interim", NOW.date() + timedelta(days=16), 0, town.boris, "message"
    )
    services.submit_answer(case, town.boris, NOW)
    services.approve_answer(case, town.vera, NOW)
    services.sign_answer(case, town.galina, NOW)
    sent = Outgoing.objects.get(about=case.number, kind="answer")
    assert (sent.way, sent.recipient, sent.reply_to) == ("message", ANNA, f"{POST}_r1")
    assert take(town, vk, private(9, "А когда точно закончите?")) == 0
    assert case.utterances.filter(said_by="applicant", raw__outer_id="msg-501-9").exists()
    assert take(town, vk, private(10, WASTE, OLGA)) == 1


def test_a_public_comment_takes_no_personal_data_and_no_more_signs_than_the_network(
    town: Town, vk: Channel
) -> None:
    take(town, vk, comment(1, PIT))
    case = assigned(town)
    services.take_case(case, town.boris, NOW)
    services.save_draft(case, "Анна Петровна Сидорова, яму заделали.", "solved", None, 0, town.boris)
    with pytest.raises(Refused, match="личные сообщения"):
        services.submit_answer(case, town.boris, NOW)
    services.save_draft(case, "Яму заделали. " * 400, "solved", None, 1, town.boris)
    with pytest.raises(Refused, match="уберите"):
        services.submit_answer(case, town.boris, NOW)
    services.save_draft(
        case, "Анна Петровна Сидорова, яму заделали.", "solved", None, 2, town.boris, "message"
    )
    services.submit_answer(case, town.boris, NOW)
    case.refresh_from_db()
    assert case.state == "on_approval"


def test_a_connected_network_sends_by_itself_and_the_answer_needs_no_placing(
    town: Town, vk: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("otklik.channels.standing.sends_by_itself", lambda channel: True)
    Feed.objects.create(municipality=town.municipality, channel=vk, is_on=True)
    take(town, vk, comment(1, PIT))
    case = assigned(town)
    services.take_case(case, town.boris, NOW)
    services.save_draft(case, "Яму заделали 21.10.2026.", "solved", None, 0, town.boris)
    services.submit_answer(case, town.boris, NOW)
    services.approve_answer(case, town.vera, NOW)
    services.sign_answer(case, town.galina, NOW)
    case.refresh_from_db()
    assert (case.state, case.answered_at) == ("sent", NOW)


def test_an_edit_a_removal_and_reach_stand_on_the_card_and_the_first_text_stays(
    town: Town, vk: Channel
) -> None:
    take(town, vk, comment(1, PIT, reach={"views": 10}), comment(2, "Там ещё и люк открыт"))
    first, second = RawMessage.objects.order_by("id")
    for raw, kind, text, reach in [
        (first, "edited", "Яма на Гагарина, 12. Звоните 8 900 123-45-67", {}),
        (second, "removed", "", {}),
        (first, "reach", "", {"views": 250, "likes": 4}),
    ]:
        RawChange.objects.create(
            municipality=town.municipality,
            raw=raw,
            kind=kind,
            at=NOW + timedelta(hours=1),
            text=text,
            reach=reach,
        )
    assert apply_changes(town.municipality, NOW) == 3
    assert apply_changes(town.municipality, NOW) == 0
    case = only_case(town)
    assert case.reach == {"views": 250, "likes": 4}
    assert PIT in case.original.text
    kinds = dict(case.utterances.exclude(kind="remark").values_list("kind", "masked_text"))
    assert kinds == {"edited": "Яма на Гагарина, 12. Звоните [телефон]", "removed": ""}


def test_an_outer_system_finds_the_state_of_a_message_that_joined(town: Town, vk: Channel) -> None:
    take(town, vk, comment(1, PIT), comment(2, "Там ещё и люк открыт"))
    joined = outer_state(vk, f"{POST}_r2")
    assert joined is not None
    assert joined.number == only_case(town).number


def test_a_message_that_nobody_has_to_answer_makes_no_case(town: Town, vk: Channel) -> None:
    assert take(town, vk, comment(1, "Я в отпуске до понедельника", skip="ответ машины")) == 0
    assert RawMessage.objects.get().state == "skipped"


def test_a_photograph_without_words_joins_the_talk(town: Town, vk: Channel) -> None:
    assert take(town, vk, comment(1, PIT), comment(2, "")) == 1
    assert only_case(town).utterances.get().masked_text == "(без слов)"
    assert take(town, vk, comment(3, "", OLGA)) == 0
    assert RawMessage.objects.get(outer_id=f"{POST}_r3").state == "failed"


def test_a_batch_asks_for_its_conversations_once_and_an_import_asks_nothing(town: Town, vk: Channel) -> None:
    def queries(*incomings: Incoming) -> int:
        keep_many(incomings, vk)
        with CaptureQueriesContext(connection) as seen:
            register_waiting(town.municipality, NOW)
        return sum("json_to_recordset" in query["sql"] for query in seen.captured_queries)

    many = [comment(n, f"{PIT} Номер {n}", f"https://vk.com/id{n}") for n in range(1, 30)]
    assert queries(*many) == 1
    plain = [Incoming(f"row-{n}", f"{WASTE} Номер {n}", NOW) for n in range(1, 10)]
    assert queries(*plain) == 0


def test_the_talk_is_forgotten_with_the_person(town: Town, vk: Channel) -> None:
    take(town, vk, private(1, PIT), private(2, "Мой номер 8 900 123-45-67"))
    case = only_case(town)
    assert "8 900 123-45-67" in shown_of(case)["слова 1"]
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    assert erase_old(town.municipality, timezone.now() + timedelta(days=365 * 3 + 2)) == 1
    case = only_case(town)
    assert {row.text for row in UtteranceText.objects.all()} == {ERASED}
    assert (author_of(case).outer_author, case.outer_link, case.outer_id) == ("", "", "")
    assert not Thread.objects.exists()
    left = json.dumps(list(RawMessage.objects.values("outer_id", "payload")))
    assert "501" not in left and "123-45-67" not in left
