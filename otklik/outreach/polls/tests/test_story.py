"""Polls from the draft to the decision whose execution voters see; discussions; polls run in ПОС."""

from datetime import timedelta

import pytest
from django.db.models import F
from pytest_django import Settings

from otklik.accounts.models import Notice
from otklik.audit.models import JournalEntry
from otklik.charter.evidence import evidence_for
from otklik.charter.selectors import forget_remembered
from otklik.charter.services import change_parameter
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.outreach.polls import selectors, services
from otklik.outreach.polls.models import Ballot, Choice, Poll, Sign
from otklik.outreach.polls.results import results
from otklik.outreach.polls.rules import Mark
from otklik.outreach.polls.services import DecisionText, Vote
from otklik.outreach.polls.services.box import seal_of
from otklik.outreach.polls.services.reading import read_words
from otklik.outreach.polls.tests.cast import AFTER, NOW, OPTIONS, QUESTIONS, TEXT, Cast, receipt, said, vote

PERIOD = Period(NOW.date() - timedelta(days=1), AFTER.date())


def summed(cast: Cast, poll: Poll) -> Poll:
    services.close(poll, None, AFTER)
    for sign in Sign.objects.filter(poll=poll):
        services.look_at(sign, "сверено: голосовали из школы", cast.head, AFTER)
    return services.sum_up(poll, "Большинство за сквер у школы.", cast.head, AFTER)


def test_a_poll_goes_from_the_draft_to_the_decision_and_its_execution(cast: Cast) -> None:
    poll = cast.running()
    for number in range(24):
        age, option = "young" if number % 2 else "old", OPTIONS[0 if number < 15 else 1]
        vote(poll, f"device:{number}", option, ("Света",), "4", age=age)
    assert results(poll).is_open
    assert (results(poll).people, results(poll).questions) == (24, ())
    poll = summed(cast, poll)
    told = results(poll)
    first = told.questions[0]
    assert (told.people, told.response, told.by_day) == (24, 0.0024, [(NOW.date(), 24)])
    assert [(row.text, row.votes) for row in first.rows] == [*zip(OPTIONS, (15, 9, 0), strict=True)]
    assert first.leader and first.leader.text == OPTIONS[0]
    assert first.rows[0].share == pytest.approx(62.5)
    assert first.rows[0].low and first.rows[0].high and first.rows[0].low < 62.5 < first.rows[0].high
    assert told.weighing.is_done, told.weighing.words
    assert told.questions[2].mean == 4
    decision = services.decide(
        poll, DecisionText("Внести сквер в программу", "так ответили"), cast.head, AFTER
    )
    step = services.add_step(decision, "заказать проект", AFTER.date() + timedelta(days=30), cast.head)
    services.finish_step(step, "проект принят", cast.head, AFTER)
    with pytest.raises(Refused, match="уже исполнен"):
        services.finish_step(step, "ещё раз", cast.head, AFTER)
    codes = JournalEntry.objects.filter(code__startswith="polls.").values_list("code", flat=True)
    assert {"polls.drafted", "polls.approved", "polls.closed", "polls.summed", "polls.step_done"} <= set(
        codes
    )


def test_nobody_approves_his_own_and_nothing_incomplete_is_approved(cast: Cast) -> None:
    mine = services.submit(cast.drafted(), cast.author, NOW)
    with pytest.raises(Refused, match="у кого есть это право"):
        services.approve(mine, cast.author, NOW)
    own = services.submit(services.draft(mine.municipality, TEXT, cast.head, NOW), cast.head, NOW)
    with pytest.raises(Refused, match="Свой опрос не утверждают"):
        services.approve(own, cast.head, NOW)
    with pytest.raises(Refused, match="Назовите территорию"):
        services.submit(cast.drafted(territory=""), cast.author, NOW)
    with pytest.raises(Refused, match="Вход через Госуслуги не подключён"):
        services.submit(cast.drafted(access="esia"), cast.author, NOW)
    services.send_back(mine, "назовите срок решения", cast.head)
    mine.refresh_from_db()
    assert (mine.state, mine.returned_why) == ("draft", "назовите срок решения")


def test_the_charter_says_how_surely_a_voter_is_known(cast: Cast, request: pytest.FixtureRequest) -> None:
    request.addfinalizer(forget_remembered)
    whose = cast.town.municipality
    change_parameter(whose, "polls.vote_least_access", "code", "протокол № 4", cast.head, NOW.date())
    with pytest.raises(Refused, match="Положение требует не слабее: по коду"):
        services.submit(cast.drafted(form="vote"), cast.author, NOW)
    assert services.submit(cast.drafted(form="vote", access="code"), cast.author, NOW).state == "approval"
    assert services.submit(cast.drafted(), cast.author, NOW).state == "approval"


def test_it_takes_one_vote_of_a_person_and_the_same_sending_twice(cast: Cast) -> None:
    poll = cast.running()
    kept = vote(poll, "device:1", OPTIONS[0])
    services.cast(poll, "device:1", Vote(said(poll, OPTIONS[0]), kept), NOW)
    with pytest.raises(Refused, match="уже принят"):
        vote(poll, "device:1", OPTIONS[1])
    assert selectors.took_part(poll, "device:1")
    assert selectors.receipt_state(poll, kept) == "in_box"
    with pytest.raises(Refused, match="больше не принимаем"):
        vote(poll, "device:2", OPTIONS[1], now=AFTER)
    services.close(poll, None, AFTER)
    poll.refresh_from_db()
    assert selectors.receipt_state(poll, kept) == "counted"
    assert selectors.receipt_state(poll, receipt()) == ""
    assert selectors.receipts_of(poll) == [kept]
    assert not JournalEntry.objects.filter(thing_kind__in=["polls.ballot", "polls.envelope"]).exists()


def test_a_ballot_put_in_later_breaks_the_seal_of_the_box(cast: Cast) -> None:
    poll = cast.running()
    vote(poll, "device:1", OPTIONS[0])
    services.close(poll, None, AFTER)
    poll.refresh_from_db()
    assert poll.seal == seal_of(poll)
    Ballot.objects.create(municipality=poll.municipality, poll=poll, receipt_hash=receipt())
    assert poll.seal != seal_of(poll)


def test_it_opens_and_closes_by_dates_and_early_only_with_a_reason(cast: Cast) -> None:
    poll = cast.approved(opens_on=NOW.date() + timedelta(days=1))
    assert services.run_due(poll.municipality, NOW) == 0
    with pytest.raises(Refused, match="раньше голоса не принимаем"):
        services.open_poll(poll, cast.author, NOW)
    assert services.run_due(poll.municipality, NOW + timedelta(days=1)) == 1
    with pytest.raises(Refused, match="закрывают с причиной"):
        services.close(poll, cast.author, NOW + timedelta(days=1))
    with pytest.raises(Refused, match="Срок дольше года"):
        services.prolong(poll, AFTER.date() + timedelta(days=400), "мало ответов", cast.author, NOW)
    services.prolong(poll, AFTER.date() + timedelta(days=5), "мало ответов", cast.author, NOW)
    assert services.run_due(poll.municipality, AFTER) == 0
    assert services.run_due(poll.municipality, AFTER + timedelta(days=6)) == 1
    poll.refresh_from_db()
    assert poll.state == "closed"


def test_a_box_sealed_by_a_lost_key_keeps_no_other_poll_open(cast: Cast, settings: Settings) -> None:
    sealed, empty = cast.running(), cast.running()
    vote(sealed, "device:1", OPTIONS[0])
    settings.SECRET_KEY, known = "another key of the installation", settings.SECRET_KEY
    assert [services.run_due(sealed.municipality, AFTER) for _ in range(2)] == [1, 0]
    told = Notice.objects.filter(user=cast.author, text__contains="SECRET_KEY_FALLBACKS")
    assert [one.link for one in told] == [f"/polls/{sealed.pk}/"]
    assert dict(Poll.objects.values_list("pk", "state")) == {sealed.pk: "open", empty.pk: "closed"}
    settings.SECRET_KEY_FALLBACKS = [known]
    assert services.run_due(sealed.municipality, AFTER) == 1
    assert Ballot.objects.filter(poll=sealed).count() == 1


def test_signs_of_fraud_wait_for_words_and_take_no_vote_away(cast: Cast) -> None:
    poll = cast.running()
    copied = "Прошу оставить всё как есть, менять ничего не нужно"
    for number in range(30):
        network = "10.0.0.1" if number < 20 else f"10.0.1.{number}"
        services.cast(poll, f"device:{number}", _copied(poll, copied, network), NOW)
    services.find_signs(poll, NOW)
    assert set(Sign.objects.values_list("kind", flat=True)) == {"network"}
    services.close(poll, None, AFTER)
    signs = {one.kind: one for one in selectors.signs_of(poll)}
    assert set(signs) == {"network", "text", "place"}
    assert (signs["network"].votes, signs["text"].votes, signs["place"].votes) == (20, 30, 30)
    with pytest.raises(Refused, match="неразобранные признаки"):
        services.sum_up(poll, "итоги", cast.head, AFTER)
    assert results(Poll.objects.get(pk=poll.pk)).people == 30
    done = summed_by_hand(cast, poll)
    assert results(done).questions[0].rows[0].votes == 30


def _copied(poll: Poll, text: str, network: str) -> Vote:
    marks = said(poll, OPTIONS[0], "", "", text)
    point = poll.questions.get(kind="point")
    return Vote([*marks, Mark(point.pk, lat=43.1, lon=131.9)], receipt(), network=network)


def summed_by_hand(cast: Cast, poll: Poll) -> Poll:
    for sign in Sign.objects.filter(poll=poll):
        services.look_at(sign, "разобрано", cast.head, AFTER)
    return services.sum_up(poll, "Все за сквер.", cast.head, AFTER)


def test_words_are_masked_and_groups_by_age_are_not_shown_when_small(cast: Cast) -> None:
    poll = cast.running()
    for number in range(12):
        words = "Позвоните Ивановой Марии Петровне, 8 900 123-45-67" if not number else ""
        vote(poll, f"device:{number}", OPTIONS[0], (), "", words, age="old" if number < 3 else "young")
    services.close(poll, None, AFTER)
    text = Choice.objects.exclude(text="").get().text
    assert "123-45-67" not in text
    assert "Петровне" not in text
    told = results(Poll.objects.get(pk=poll.pk))
    assert {one.title: one.count for one in told.groups} == {"до 35 лет": None, "35 лет и старше": None}
    assert not told.weighing.is_done
    assert told.weighing.words == "Итоги не взвешены: в группе «до 35 лет» меньше 10 ответов."


def test_a_poll_of_pos_is_kept_here_with_its_link_and_its_results(cast: Cast) -> None:
    poll = cast.approved(place="pos", questions=QUESTIONS[:3])
    with pytest.raises(Refused, match="начинается с https"):
        services.publish_outside(poll, "опубликовано", cast.authorised, NOW)
    with pytest.raises(Refused, match="муниципальный уполномоченный"):
        services.publish_outside(poll, "https://pos.example.ru/poll/7", cast.author, NOW)
    services.publish_outside(poll, "https://pos.example.ru/poll/7", cast.authorised, NOW)
    assert services.run_due(poll.municipality, AFTER + timedelta(days=1)) == 0
    one, many, scale = selectors.questions_of(poll)
    first, second, _ = one.options.all()
    counts = {(one.pk, first.pk, None): 70, (one.pk, second.pk, None): 30, (scale.pk, None, 5): 90}
    with pytest.raises(Refused, match="которого нет"):
        services.bring_results(poll, 100, {(one.pk, 0, None): 1}, cast.authorised, AFTER)
    with pytest.raises(Refused, match="муниципальный уполномоченный"):
        services.bring_results(poll, 100, counts, cast.author, AFTER)
    services.bring_results(poll, 100, counts, cast.authorised, AFTER)
    told = results(services.sum_up(poll, "За сквер у школы.", cast.head, AFTER))
    assert told.people == 100
    assert [row.votes for row in told.questions[0].rows] == [70, 30, 0]
    assert told.questions[2].mean == 5
    assert many.options.count() == 3


@pytest.mark.slow
def test_free_answers_are_told_apart_by_topics_also_after_the_summing_up(cast: Cast) -> None:
    poll = cast.running()
    for number in range(10):
        text = "У школы не горит уличный фонарь, вечером темно" if number else "да"
        vote(poll, f"device:{number}", OPTIONS[0], (), "", f"{text}{'.' * number}")
    poll = summed(cast, poll)
    assert [one["count"] for one in poll.summary["questions"][3]["groups"]] == [10]
    assert read_words(poll.municipality) == 10
    assert read_words(poll.municipality) == 0
    poll.refresh_from_db()
    first, rest = poll.summary["questions"][3]["groups"]
    assert (first["count"], rest["count"], rest["topic"]) == (9, 1, "")
    assert "фонар" in first["title"]


def test_clauses_are_proved_by_opened_polls_and_never_by_training_ones(cast: Cast) -> None:
    whose = cast.town.municipality
    cast.running(is_training=True)
    cast.approved()
    assert counts(cast) == [0, 0, 0, 0]
    for form in ("poll", "vote", "discussion"):
        cast.running(form=form)
    assert counts(cast) == [1, 1, 1, 3]
    Poll.objects.filter(form="vote", municipality=whose).update(opened_at=F("opened_at") - timedelta(days=60))
    assert counts(cast) == [1, 0, 1, 0]


def counts(cast: Cast) -> list[int]:
    keys = ("polls.surveys", "polls.votes", "polls.discussions", "polls.all_forms")
    found = [evidence_for(key, cast.town.municipality, PERIOD) for key in keys]
    return [one.count for one in found if one is not None]
