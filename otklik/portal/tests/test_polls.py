"""Polls as a resident meets them: no script, one vote, a receipt, results with the decision."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from otklik.channels.models import Outgoing
from otklik.common.words import tie
from otklik.outreach.polls import services
from otklik.outreach.polls.models import Admission, Ballot, Choice, Envelope, Poll, Proposal
from otklik.outreach.polls.services import DecisionText, ProposalText, QuestionText
from otklik.outreach.polls.tests.cast import OPTIONS, Cast
from otklik.portal import flood, poll_page
from otklik.portal.codes import code_for, hash_of
from tests.fixtures.lived import back_in, made_once
from tests.town import Town, build_town

NOW = timezone.now()
HIDDEN = re.compile(r'name="once" value="([^"]+)"')
RECEIPT = re.compile(r'class="code">([0-9A-Z-]{14})<')


lived = made_once(build_town)


@pytest.fixture
def cast(lived: Town, db: None) -> Cast:
    cache.clear()
    return Cast(back_in(lived))


def running(cast: Cast, **more: object) -> Poll:
    """A poll open today by the real clock, for the page asks it."""
    today = timezone.localdate(NOW)
    days = {"opens_on": today, "closes_on": today + timedelta(days=9)}
    poll = cast.drafted(**{**days, **more})
    services.approve(services.submit(poll, cast.author, NOW), cast.head, NOW)
    return services.open_poll(poll, None, NOW)


def path(poll: Poll, tail: str = "") -> str:
    return f"/p/borovichi/polls/{poll.number}/{tail}"


def ballot(poll: Poll, option: str = OPTIONS[0], **more: str) -> dict[str, str]:
    asked = poll.questions.get(kind="single")
    return {f"q{asked.pk}": str(asked.options.get(text=option).pk), **more}


def words_of(page: Any) -> str:
    return str(page.content.decode()).replace("\xa0", " ")


def voted(client: Client, poll: Poll, **more: str) -> Any:
    once = HIDDEN.search(client.get(path(poll)).content.decode())
    assert once
    return client.post(path(poll), {**ballot(poll), "once": once[1], **more})


def test_a_resident_votes_once_from_a_device_and_keeps_a_receipt(client: Client, cast: Cast) -> None:
    poll = running(cast)
    assert poll.title in client.get("/p/borovichi/polls/").content.decode()
    answer = voted(client, poll, age="young", area="nowhere")
    found = RECEIPT.search(answer.content.decode())
    assert answer.status_code == 200
    assert found
    assert (Admission.objects.count(), Envelope.objects.count()) == (1, 1)
    assert "Вы уже проголосовали" in client.get(path(poll)).content.decode()
    again = client.post(path(poll), {**ballot(poll, OPTIONS[1]), "once": "other"})
    assert (again.status_code, Envelope.objects.count()) == (422, 1)
    assert "Ваш голос уже принят" in again.content.decode()
    said = client.post(path(poll, "receipt/"), {"code": found[1].lower()}).content.decode()
    assert "Ваш бюллетень в урне" in said
    assert client.get(path(poll, "receipts.txt")).status_code == 404
    assert client.post(path(poll, "receipt/"), {"code": "AAAA-BBBB-CCCC"}).status_code == 404
    services.close(poll, cast.author, NOW, "хватило ответов")
    assert "учтён" in client.post(path(poll, "receipt/"), {"code": found[1]}).content.decode()
    listed = client.get(path(poll, "receipts.txt")).content.decode()
    assert listed.split() == [Ballot.objects.get().receipt_hash]
    assert (Ballot.objects.get().age, Ballot.objects.get().area) == ("young", "")


def test_the_same_sending_is_taken_once_and_shows_the_same_receipt(client: Client, cast: Cast) -> None:
    poll = running(cast)
    first = voted(client, poll, once="4f6c0f1e-0000-4000-8000-000000000001")
    second = client.post(path(poll), {**ballot(poll), "once": "4f6c0f1e-0000-4000-8000-000000000001"})
    codes = [RECEIPT.search(one.content.decode()) for one in (first, second)]
    assert codes[0] and codes[1] and codes[0][1] == codes[1][1]
    assert Envelope.objects.count() == 1


def test_a_browser_without_cookies_is_told_so(client: Client, cast: Cast) -> None:
    poll = running(cast)
    answer = client.post(path(poll), ballot(poll))
    assert answer.status_code == 422
    assert "Разрешите куки" in answer.content.decode()
    assert not Admission.objects.exists()


def test_what_is_missing_is_said_beside_its_question_and_nothing_typed_is_lost(
    client: Client, cast: Cast
) -> None:
    poll = running(cast)
    client.get(path(poll))
    text = poll.questions.get(kind="text")
    answer = client.post(path(poll), {f"q{text.pk}": "Больше света"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Выберите один ответ." in page
    assert "Больше света" in page
    assert f'href="#q{poll.questions.get(kind="single").pk}"' in page


def test_one_address_gives_so_many_votes_an_hour(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flood, "VOTE", flood.Limit("vote", 1, "Слишком часто."))
    poll = running(cast)
    assert voted(client, poll).status_code == 200
    other = voted(Client(), poll)
    assert (other.status_code, Envelope.objects.count()) == (422, 1)
    assert "Слишком часто." in other.content.decode()


def test_one_address_gives_any_number_of_votes_where_each_voter_is_proved(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flood, "VOTE", flood.Limit("vote", 1, "Слишком часто."))
    poll = running(cast, access="code")
    for device, contact in ((client, "anna@example.org"), (Client(), "boris@example.org")):
        device.post(path(poll, "code/"), {"contact": contact})
        code = Outgoing.objects.latest("pk").body.split("Код для участия: ")[1][:6]
        device.post(path(poll, "code/"), {"contact": contact, "code": code})
        assert voted(device, poll).status_code == 200
    assert Envelope.objects.count() == 2


def test_a_lost_key_of_the_installation_is_told_to_a_voter_in_one_sentence(
    client: Client, cast: Cast, settings: Settings
) -> None:
    poll = running(cast, form="discussion")
    settings.SECRET_KEY = "another-key-of-the-installation"
    for _ in range(2):  # with the mark of the device and without
        page = client.get(path(poll))
        assert page.status_code == 503
        assert "Голосование временно не принимает голоса" in words_of(page)
        assert "Проголосовать" not in words_of(page)
    vote = client.post(path(poll), ballot(poll))
    assert (vote.status_code, Envelope.objects.count()) == (503, 0)
    assert "SECRET_KEY" not in words_of(vote)


def test_a_code_by_mail_lets_one_address_vote_once_from_any_device(client: Client, cast: Cast) -> None:
    poll = running(cast, access="code")
    page = client.get(path(poll)).content.decode()
    assert "Получить код" in page
    assert 'class="ask"' not in page
    assert client.post(path(poll), ballot(poll)).status_code == 422
    assert client.post(path(poll, "code/"), {"contact": "что-то"}).status_code == 422
    for device in (client, Client()):
        device.post(path(poll, "code/"), {"contact": "anna@example.org"})
        code = Outgoing.objects.latest("pk").body.split("Код для участия: ")[1][:6]
        wrong = device.post(path(poll, "code/"), {"contact": "anna@example.org", "code": "abc"})
        assert "не подошёл" in wrong.content.decode()
        device.post(path(poll, "code/"), {"contact": "anna@example.org", "code": code})
        if device is client:
            assert voted(device, poll).status_code == 200
        else:
            assert "Вы уже проголосовали" in device.get(path(poll)).content.decode()
    assert Envelope.objects.count() == 1


def test_only_a_confirmed_person_of_gosuslugi_votes_where_the_poll_asks_so(
    client: Client, cast: Cast
) -> None:
    poll = running(cast)
    Poll.objects.filter(pk=poll.pk).update(access="esia")
    session = client.session
    until = (timezone.now() + timedelta(minutes=30)).isoformat()
    person = {"name": "Анна", "email": "", "phone": "", "is_confirmed": False, "account": "a1"}
    session["citizen"] = {"town": "borovichi", "until": until, "person": person}
    session.save()
    assert client.post(path(poll), ballot(poll)).status_code == 422
    session["citizen"] = {"town": "borovichi", "until": until, "person": {**person, "is_confirmed": True}}
    session.save()
    assert client.post(path(poll), ballot(poll)).status_code == 200
    assert client.post(path(poll), {**ballot(poll), "once": "2"}).status_code == 422
    kept = Envelope.objects.get().receipt_hash
    assert kept != hash_of(code_for(f"poll:{poll.pk}:esia:a1:")), (
        "the receipt is not made of the person alone"
    )


def test_a_place_named_by_words_gets_its_point(client: Client, cast: Cast) -> None:
    poll = running(cast)
    point = poll.questions.get(kind="point")
    assert voted(client, poll, **{f"q{point.pk}": "г. Боровичи"}).status_code == 200
    services.close(poll, cast.author, NOW, "хватило ответов")
    marked = Choice.objects.get(question=point)
    assert marked.text
    assert marked.lat and marked.lon


def test_results_are_shown_when_summed_up_and_the_decision_with_its_steps(client: Client, cast: Cast) -> None:
    poll = running(cast, strata=())
    voted(client, poll)
    services.close(poll, cast.author, NOW, "хватило ответов")
    page = client.get(path(poll)).content.decode()
    assert "итоги готовим" in page
    assert tie("хватило ответов") in page
    assert tie(OPTIONS[0]) not in page
    late = client.post(path(poll), ballot(poll))
    assert (late.status_code, Ballot.objects.count()) == (422, 1)
    assert "Новый голос не принят" in late.content.decode()
    services.sum_up(poll, "Все за сквер у школы.", cast.head, NOW)
    page = client.get(path(poll)).content.decode()
    assert tie(OPTIONS[0]) in page
    assert "100" in page
    decision = services.decide(poll, DecisionText("Внести в план", "так ответили"), cast.head, NOW)
    step = services.add_step(decision, "Заказать проект", timezone.localdate(), cast.head)
    services.finish_step(step, "Проект принят", cast.head, NOW)
    page = client.get(path(poll)).content.decode()
    assert tie("Внести в план") in page
    assert "Проект принят" in page


def test_drafts_and_training_polls_are_seen_by_nobody(client: Client, cast: Cast) -> None:
    hidden = [cast.drafted(), running(cast, is_training=True)]
    assert [client.get(path(one)).status_code for one in hidden] == [404, 404]
    assert "Сейчас ничего не идёт" in client.get("/p/borovichi/polls/").content.decode()


def test_a_discussion_takes_a_proposal_shows_it_after_the_check_and_counts_supporters(
    client: Client, cast: Cast
) -> None:
    poll = running(cast, form="discussion", questions=())
    client.get(path(poll))
    said = {"title": "Лавки у школы", "text": "Поставить десять лавок", "author": "anna@example.org"}
    assert client.post(path(poll, "propose/"), said).status_code == 422
    answer = client.post(path(poll, "propose/"), {**said, "consent": "1", "once": "1"})
    code = RECEIPT.search(answer.content.decode())
    assert code
    made = Proposal.objects.get()
    assert made.title not in client.get(path(poll)).content.decode()
    assert client.post(path(poll, "support/1/")).status_code == 404
    services.refuse_proposal(made, "пункт 3: реклама", cast.author, NOW)
    mine = client.post(path(poll, "mine/"), {"code": code[1]}).content.decode()
    assert "пункт 3: реклама" in mine
    client.post(path(poll, "propose/"), {"title": "Фонари", "text": "Заменить фонари", "once": "2"})
    shown = services.show_proposal(Proposal.objects.get(number=2), cast.author, NOW)
    assert shown.title in client.get(path(poll)).content.decode()
    for _ in range(2):
        assert client.post(path(poll, "support/2/")).status_code == 302
    shown.refresh_from_db()
    assert shown.supports == 1
    assert "и вы тоже" in client.get(path(poll)).content.decode()


def test_the_least_supported_proposal_is_found_and_supported_too(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poll_page, "ON_PAGE", 2)
    poll = running(cast, form="discussion", questions=())
    for number in (1, 2, 3):
        said = ProposalText(f"Предложение {number}", "Поставить лавки", f"hash-{number}")
        services.show_proposal(services.propose(poll, said, NOW), cast.author, NOW)
    first = client.get(path(poll)).content.decode()
    assert tie("Предложение 3") not in first and 'href="?offers=2#proposals"' in first
    second = client.get(path(poll), {"offers": "2"}).content.decode()
    assert tie("Предложение 3") in second and "support/3/?offers=2" in second
    supported = client.post(path(poll, "support/3/?offers=2"))
    assert supported.headers["Location"] == path(poll, "?offers=2#p3")
    services.close(poll, cast.author, NOW, "хватило предложений")
    ended = client.get(path(poll)).content.decode().replace("\xa0", " ")
    assert "3 предложения, поддержали 1 раз." in ended and "Участвовали" not in ended


def test_a_poll_of_pos_leads_there(client: Client, cast: Cast) -> None:
    poll = cast.drafted(
        place="pos",
        opens_on=timezone.localdate(),
        closes_on=timezone.localdate(),
        questions=[QuestionText("За что", "single", ("А", "Б"))],
    )
    services.approve(services.submit(poll, cast.author, NOW), cast.head, NOW)
    services.publish_outside(poll, "https://pos.example.ru/poll/7", cast.authorised, NOW)
    page = client.get(path(poll)).content.decode()
    assert "https://pos.example.ru/poll/7" in page
    assert client.post(path(poll), {}).status_code == 200
    assert not Admission.objects.exists()


def test_pages_ask_the_database_as_often_for_many_polls_and_proposals_as_for_one(
    client: Client, cast: Cast
) -> None:
    talk = running(cast, form="discussion", questions=())
    counts = []
    for number in (1, 2, 3):
        said = ProposalText(f"Предложение {number}", "Поставить лавки", f"hash-{number}")
        services.show_proposal(services.propose(talk, said, NOW), cast.author, NOW)
        running(cast)
        client.get(path(talk))
        with CaptureQueriesContext(connection) as seen:
            client.get("/p/borovichi/polls/")
            client.get(path(talk))
        counts.append(len(seen))
    assert counts == counts[:1] * 3
    assert counts[0] <= 26
